import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkConfig, KafkaCommandSchema } from './config.js';

describe('the way to Kafka in the environment', () => {
  let directory: string;
  let pem: string;
  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'kafka-variables-'));
    pem = path.join(directory, 'ca.pem');
    writeFileSync(pem, 'certificate');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const check = (env: Record<string, string>) => checkConfig(KafkaCommandSchema, env);
  const told = (env: Record<string, string>) => check(env).problems ?? [];

  it('is plain and on this machine when nothing is said to a command', () => {
    expect(check({}).config).toEqual({ KAFKA_BROKERS: ['127.0.0.1:9092'], KAFKA_TOPIC_PREFIX: 'baton', KAFKA_TLS: 'off' });
  });

  it('is taken with TLS, a certificate of its own and a password together', () => {
    const env = {
      ...{ KAFKA_TLS: 'on', KAFKA_TLS_CA: pem, KAFKA_TLS_CERT: pem, KAFKA_TLS_KEY: pem },
      ...{ KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_USERNAME: 'baton', KAFKA_SASL_PASSWORD: 'secret' },
    };
    expect(check(env).config).toMatchObject(env);
  });

  it.each([
    ['a certificate without TLS', () => ({ KAFKA_TLS_CA: pem }), /^KAFKA_TLS_CA is set, but KAFKA_TLS is not on: set KAFKA_TLS=on, or/],
    ['a certificate without its key', () => ({ KAFKA_TLS: 'on', KAFKA_TLS_CERT: pem }), /^KAFKA_TLS_KEY is missing: KAFKA_TLS_CERT needs/],
    ['a key without its certificate', () => ({ KAFKA_TLS: 'on', KAFKA_TLS_KEY: pem }), /^KAFKA_TLS_CERT is missing: KAFKA_TLS_KEY needs/],
    [
      'a file that is not there',
      () => ({ KAFKA_TLS: 'on', KAFKA_TLS_CA: `${pem}.old` }),
      /^KAFKA_TLS_CA is wrong \(there is no such file\)\.$/,
    ],
    ['a directory for a file', () => ({ KAFKA_TLS: 'on', KAFKA_TLS_CA: directory }), /^KAFKA_TLS_CA is wrong \(it names no file\)\.$/],
    ['a mechanism without a user', () => ({ KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_PASSWORD: 'x' }), /^KAFKA_SASL_USERNAME is missing/],
    [
      'a mechanism without a password',
      () => ({ KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'x' }),
      /^KAFKA_SASL_PASSWORD is missing/,
    ],
    ['a password that nobody is told', () => ({ KAFKA_SASL_PASSWORD: 'x' }), /^KAFKA_SASL_MECHANISM is missing: without it nobody is told/],
    ['an unknown mechanism', () => ({ KAFKA_SASL_MECHANISM: 'gssapi' }), /^KAFKA_SASL_MECHANISM is wrong/],
    ['something else than on and off', () => ({ KAFKA_TLS: 'true' }), /^KAFKA_TLS is wrong/],
  ])('is refused with %s, in one sentence that names the variable', (_, env, sentence) => {
    expect(told(env())[0]).toMatch(sentence);
  });

  it('is never told by value', () => {
    const all = told({ KAFKA_SASL_USERNAME: 'hunter1', KAFKA_SASL_PASSWORD: 'hunter2', KAFKA_TLS_CA: '/hunter3' }).join(' ');
    expect(all).toContain('KAFKA_TLS_CA');
    expect(all).not.toContain('hunter');
  });
});
