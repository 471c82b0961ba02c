import { describe, expect, it } from '@jest/globals';
import { cases } from './chart.js';
import { readGolden } from './golden.js';
import { type Manifest, type Pod, podsOf } from './manifest.js';

const MOUNT = '/etc/baton/kafka/';
const envOf = ({ spec }: Pod) => spec.containers[0]!.env ?? [];
const named = ({ labels }: Pod): string => labels['app.kubernetes.io/name']!;

/** The Secrets behind a volume, with the files that each gives; undefined where it gives everything it has. */
function filesOf({ spec }: Pod, name: string): (readonly [string, readonly string[] | undefined])[] {
  const volume = spec.volumes?.find((one) => one.name === name);
  if (volume?.secret) return [[volume.secret.secretName, undefined]];
  return (volume?.projected?.sources ?? []).map(({ secret }) => [secret!.name, secret!.items.map(({ path }) => path)]);
}

/** As whom a Pod comes to Kafka: its user, and the Secret with its certificate. */
function whoIs(pod: Pod): string {
  const user = envOf(pod).find(({ name }) => name === 'KAFKA_SASL_USERNAME');
  const password = envOf(pod).find(({ name }) => name === 'KAFKA_SASL_PASSWORD');
  const [certificate] = filesOf(pod, 'kafka-tls').find(([, files]) => files === undefined || files.includes('user.crt')) ?? [];
  return `${user?.value ?? user?.valueFrom?.secretKeyRef?.key}, ${password?.valueFrom?.secretKeyRef?.name}, ${certificate}`;
}

const onKafka = (manifests: readonly Manifest[]): Pod[] =>
  podsOf(manifests).filter((pod) => envOf(pod).some(({ name }) => name === 'KAFKA_BROKERS'));

describe.each(cases())('in the case %s', (name) => {
  it('each file that a client of Kafka is told to read lies in a volume that it mounts', () => {
    const pods = onKafka(readGolden(name));
    expect(pods.length).toBeGreaterThanOrEqual(5);
    for (const pod of pods) {
      const told = envOf(pod).flatMap(({ value }) => (value?.startsWith(MOUNT) ? [value.slice(MOUNT.length)] : []));
      const given = filesOf(pod, 'kafka-tls').flatMap(([, files]) => files ?? told);
      expect({ pod: pod.from.metadata.name, without: told.filter((file) => !given.includes(file)) }).toMatchObject({ without: [] });
    }
  });
});

describe('with a user and a certificate for each', () => {
  const manifests = readGolden('edges');

  it('every Pod comes as itself; who has none of its own comes as everybody does', () => {
    const users = Object.fromEntries(onKafka(manifests).map((pod) => [named(pod), whoIs(pod)]));
    const services = ['webhook-ingress', 'escalation-orchestrator', 'channel-dispatcher', 'control-plane', 'ai-auto-reply'];
    expect(users).toEqual({
      ...Object.fromEntries(services.map((one) => [one, `baton-${one}, baton-${one}, baton-${one}-cert`])),
      topics: 'baton-topics, baton-topics, baton-topics-cert',
      walk: 'baton-scaler, baton-scaler, baton-scaler-cert',
    });
    expect(new Set(onKafka(readGolden('production')).map(whoIs))).toContain('username, baton-kafka-user, baton-kafka-tls');
  });

  it('all trust the same authority, which is not that of their own certificates', () => {
    for (const pod of onKafka(manifests)) {
      expect(filesOf(pod, 'kafka-tls')).toEqual([
        ['events-cluster-ca-cert', ['ca.crt']],
        [expect.stringMatching(/-cert$/), ['user.crt', 'user.key']],
      ]);
    }
  });

  it('KEDA, too, comes with the name that its Secret does not hold', () => {
    const [authentication] = manifests.filter(({ kind }) => kind === 'TriggerAuthentication');
    const { configMapTargetRef, secretTargetRef } = authentication!.spec as Record<
      string,
      { parameter: string; name: string; key: string }[]
    >;
    const [user] = configMapTargetRef!;
    const map = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === user!.name);
    expect([user!.parameter, (map?.['data'] as Record<string, string>)[user!.key]]).toEqual(['username', 'baton-scaler']);
    expect(secretTargetRef!.map(({ parameter, name, key }) => `${parameter} ${name} ${key}`)).toEqual([
      'password baton-scaler password',
      'ca events-cluster-ca-cert ca.crt',
      'cert baton-scaler-cert user.crt',
      'key baton-scaler-cert user.key',
    ]);
  });
});
