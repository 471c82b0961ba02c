import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { cases, CHART, valuesOf } from './chart.js';

type Values = Record<string, unknown>;
const readYaml = (file: string): Values => parse(readFileSync(file, 'utf8')) as Values;
const schema = JSON.parse(readFileSync(path.join(CHART, 'values.schema.json'), 'utf8')) as object;
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(schema);

/** What helm checks: the chart's values with those of the user over them. */
function over(below: unknown, above: unknown): unknown {
  const isMap = (one: unknown): one is Values => typeof one === 'object' && one !== null && !Array.isArray(one);
  if (!isMap(below) || !isMap(above)) return above;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, key in above ? over(below[key], above[key]) : below[key]]));
}

const defaults = readYaml(path.join(CHART, 'values.yaml'));
const minimal = over(defaults, readYaml(valuesOf('minimal')));

/** The refusals of values that are right but for this. */
function refusals(wrong: Values): string[] {
  return validate(over(minimal, wrong)) ? [] : (validate.errors ?? []).map(({ instancePath }) => instancePath);
}

const service = (wrong: Values): Values => ({ services: { 'channel-dispatcher': wrong } });

describe('the values', () => {
  it.each(cases())('of the case %s are taken', (name) => {
    expect(validate(over(defaults, readYaml(valuesOf(name))))).toBe(true);
  });

  it('alone are not enough: somebody must say where Kafka is', () => {
    expect(validate(defaults)).toBe(false);
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toEqual(['/kafka/brokers']);
  });

  it.each<[string, Values, string]>([
    ['a value that the chart does not know', { replicas: 3 }, ''],
    ['a misspelt value of a service', service({ replica: 3 }), '/services/channel-dispatcher'],
    ['a service that there is not', { services: { 'chat-dispatcher': { replicas: 2 } } }, '/services'],
    ['a service that sleeps', service({ replicas: 0 }), '/services/channel-dispatcher/replicas'],
    ['replicas as a text', service({ replicas: '2' }), '/services/channel-dispatcher/replicas'],
    [
      'an autoscaler that sends a service to sleep',
      service({ autoscaling: { minReplicas: 0 } }),
      '/services/channel-dispatcher/autoscaling/minReplicas',
    ],
    ['two autoscalers', { autoscaling: { mode: 'keda,hpa' } }, '/autoscaling/mode'],
    ['an autoscaler that YAML reads as false', { autoscaling: { mode: false } }, '/autoscaling/mode'],
    ['a variable in small letters', service({ env: { max_sockets: '1' } }), '/services/channel-dispatcher/env'],
    ['a number where a variable is a text', service({ env: { MAX_SOCKETS: 5000 } }), '/services/channel-dispatcher/env/MAX_SOCKETS'],
    ['a port that needs rights', service({ port: 80 }), '/services/channel-dispatcher/port'],
    ['a digest that is none', service({ image: { digest: 'latest' } }), '/services/channel-dispatcher/image/digest'],
    ['memory in words', service({ resources: { limits: { memory: 'plenty' } } }), '/services/channel-dispatcher/resources/limits/memory'],
    ['brokers without a port', { kafka: { brokers: 'kafka' } }, '/kafka/brokers'],
    ['a password among the values', { kafka: { sasl: { password: 'x' } } }, '/kafka/sasl'],
    ['a SASL mechanism that nobody speaks', { kafka: { sasl: { mechanism: 'SCRAM-SHA-512' } } }, '/kafka/sasl/mechanism'],
    ['a key among the values', { secrets: { HISTORY_KEY: 'x' } }, '/secrets'],
    ['an address of Postgres among the values', { postgres: { url: 'postgres://x' } }, '/postgres'],
    ['a Secret with an impossible name', { secrets: { existingSecret: 'Baton Keys' } }, '/secrets/existingSecret'],
    ['a host with a scheme', { ingress: { hosts: { chat: 'https://chat.example.com' } } }, '/ingress/hosts/chat'],
    ['an address without a scheme', { urls: { chat: 'chat.example.com' } }, '/urls/chat'],
    ['a door that is not to be opened', { ingress: { hosts: { inner: 'x.example.com' } } }, '/ingress/hosts'],
    ['a value that does nothing: no service sleeps', { autoscaling: { keda: { cooldownSeconds: 300 } } }, '/autoscaling/keda'],
    ['a name that leaves too little for what it begins', { fullnameOverride: 'a'.repeat(32) }, '/fullnameOverride'],
    ['no partitions', { topics: { partitions: 0 } }, '/topics/partitions'],
    ['a peer that is everybody', { networkPolicy: { ingressFrom: [{}] } }, '/networkPolicy/ingressFrom/0'],
    ['a variable of tracing that is none', { tracing: { env: { PATH: '/' } } }, '/tracing/env'],
    ['a log level that there is not', { logLevel: 'verbose' }, '/logLevel'],
    ['a pull policy that there is not', { image: { pullPolicy: 'Sometimes' } }, '/image/pullPolicy'],
    ['pages that lead from nowhere to the runbook', { monitoring: { runbookBase: 'git.example.com/baton' } }, '/monitoring/runbookBase'],
    ['a budget that lets all go', { podDisruptionBudget: { maxUnavailable: 0 } }, '/podDisruptionBudget/maxUnavailable'],
  ])('are refused with %s', (_, wrong, where) => {
    expect(refusals(wrong)).toContain(where);
  });
});
