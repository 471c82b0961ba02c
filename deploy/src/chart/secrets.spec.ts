import { describe, expect, it } from '@jest/globals';
import { cases } from './chart.js';
import { readGolden } from './golden.js';
import { type EnvVariable, type Manifest, podsOf } from './manifest.js';

const SECRET = /(KEY|PASSWORD|SECRET|TOKEN)|DATABASE_URL/;
/** Paths of files are no secrets; what lies there is one. */
const PATH = /^KAFKA_TLS_(CA|CERT|KEY)$/;
const HOOK = 'helm.sh/hook';

const isFirst = ({ metadata }: Manifest): boolean => metadata.annotations?.[HOOK] === 'pre-install,pre-upgrade';
const weightOf = ({ metadata }: Manifest): number => Number(metadata.annotations?.['helm.sh/hook-weight'] ?? 0);
const secretsOf = (env: readonly EnvVariable[]): string[] => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []);

describe.each(cases())('in the case %s', (name) => {
  const manifests = readGolden(name);
  const pods = podsOf(manifests);

  it('everything secret comes by reference', () => {
    const secret = pods
      .flatMap(({ spec }) => spec.containers.flatMap(({ env = [] }) => env))
      .filter((one) => SECRET.test(one.name) && !PATH.test(one.name));
    expect(secret.length).toBeGreaterThan(10);
    expect(secret.filter(({ value, valueFrom }) => value !== undefined || valueFrom?.secretKeyRef === undefined)).toEqual([]);
  });

  it('a Secret with something in it is made for a sandbox only', () => {
    const made = manifests.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name);
    expect(made).toEqual(name === 'sandbox' ? ['baton-dev', 'baton-hooks'] : []);
  });

  it('a service gets no key of another one', () => {
    for (const { from, spec, labels } of pods) {
      if (labels['app.kubernetes.io/component'] !== 'service') continue;
      const databases = (spec.containers[0]!.env ?? []).flatMap(({ name: variable, valueFrom }) =>
        variable === 'DATABASE_URL' ? (valueFrom?.secretKeyRef?.key ?? []) : [],
      );
      const service = labels['app.kubernetes.io/name'];
      expect({ of: from.metadata.name, databases: databases.filter((key) => key !== service) }).toEqual({
        of: from.metadata.name,
        databases: [],
      });
    }
  });

  it('what a Job before an install needs is there before it, or was made by somebody else', () => {
    const jobs = pods.filter(({ from }) => from.kind === 'Job');
    expect(jobs.length).toBeGreaterThanOrEqual(4);
    const find = (kind: string, named: string): Manifest | undefined =>
      manifests.find((one) => one.kind === kind && one.metadata.name === named);
    for (const { from, spec } of jobs) {
      expect(isFirst(from)).toBe(true);
      const needs = [
        ['ServiceAccount', spec.serviceAccountName] as const,
        ...spec.containers.flatMap(({ env = [] }) => secretsOf(env)).map((secret) => ['Secret', secret] as const),
        ...(spec.volumes ?? []).flatMap(({ secret, configMap, projected }) => [
          ...(secret ? [['Secret', secret.secretName] as const] : []),
          ...(projected?.sources ?? []).flatMap((source) => (source.secret ? [['Secret', source.secret.name] as const] : [])),
          ...(configMap ? [['ConfigMap', configMap.name] as const] : []),
        ]),
      ];
      for (const [kind, named] of needs) {
        const made = find(kind, named);
        if (made === undefined) continue;
        expect({ job: from.metadata.name, kind, named, before: isFirst(made) && weightOf(made) < weightOf(from) }).toMatchObject({
          before: true,
        });
      }
    }
  });

  it('topics are there before tables, and both may run twice', () => {
    const jobs = manifests.filter(({ kind }) => kind === 'Job');
    const topics = jobs.filter(({ metadata }) => metadata.name.endsWith('-topics'));
    expect(topics).toHaveLength(1);
    for (const job of jobs) {
      expect(job.metadata.annotations?.['helm.sh/hook-delete-policy']).toBe('before-hook-creation,hook-succeeded');
      if (job !== topics[0]) expect(weightOf(job)).toBeGreaterThan(weightOf(topics[0]!));
    }
  });

  it('no Job has rights that it does not need: those for tables know no Kafka, those for topics no Postgres', () => {
    for (const { from, spec } of pods.filter((pod) => pod.from.kind === 'Job')) {
      const names = spec.containers.flatMap(({ env = [] }) => env.map((one) => one.name));
      const forTopics = from.metadata.name.endsWith('-topics');
      expect(names.filter((one) => (forTopics ? /DATABASE/ : /KAFKA|KEY/).test(one))).toEqual([]);
      expect(names.length).toBeGreaterThan(0);
    }
  });
});

it('Jobs that make tables have a role of their own where one is wanted', () => {
  const keys = (name: string, kind: string): string[] =>
    podsOf(readGolden(name))
      .filter(({ from }) => from.kind === kind)
      .flatMap(({ spec }) => spec.containers.flatMap(({ env = [] }) => env))
      .flatMap(({ name: variable, valueFrom }) => (/DATABASE_URL/.test(variable) ? (valueFrom?.secretKeyRef?.key ?? []) : []))
      .sort();
  const services = ['ai-auto-reply', 'channel-dispatcher', 'control-plane', 'escalation-orchestrator', 'knowledge'];
  expect(keys('production', 'Deployment')).toEqual(services);
  expect(keys('production', 'Job')).toEqual(services.map((service) => `${service}.migrate`));
  expect(keys('hpa', 'Job')).toEqual(keys('hpa', 'Deployment'));
});
