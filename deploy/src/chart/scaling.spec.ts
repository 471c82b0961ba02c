import { describe, expect, it } from '@jest/globals';
import { groupOnTheWire, topicOnTheWire } from '@baton/contracts';
import { TOPIC_TABLE } from '@baton/messaging/kafka';
import { cases } from './chart.js';
import { readGolden } from './golden.js';
import { type Manifest, podsOf } from './manifest.js';

const PARTITIONS = 24;

interface Trigger {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef?: { readonly name: string };
}

const targetOf = ({ spec }: Manifest): string => (spec!['scaleTargetRef'] as { name: string }).name;
const of = (manifests: readonly Manifest[], kind: string): Manifest[] => manifests.filter((one) => one.kind === kind);

describe.each(cases())('in the case %s', (name) => {
  const manifests = readGolden(name);
  const deployments = of(manifests, 'Deployment').filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'service');
  const scalers = [...of(manifests, 'ScaledObject'), ...of(manifests, 'HorizontalPodAutoscaler')];

  it('a Deployment has one autoscaler or a number of replicas, never both', () => {
    for (const { metadata, spec } of deployments) {
      const own = scalers.filter((scaler) => targetOf(scaler) === metadata.name).length;
      expect({ name: metadata.name, own, given: spec!['replicas'] !== undefined }).toEqual({
        name: metadata.name,
        own: own > 0 ? 1 : 0,
        given: own === 0,
      });
    }
  });

  it('no service has more replicas than its topics have partitions', () => {
    for (const { spec } of scalers) {
      const most = (spec!['maxReplicaCount'] ?? spec!['maxReplicas']) as number;
      const least = (spec!['minReplicaCount'] ?? spec!['minReplicas']) as number;
      expect(most).toBeLessThanOrEqual(PARTITIONS);
      expect(least).toBeGreaterThanOrEqual(1);
      expect(least).toBeLessThanOrEqual(most);
    }
  });

  it('where more than one replica runs, one may be away at a time', () => {
    const budgets = new Map(of(manifests, 'PodDisruptionBudget').map(({ metadata, spec }) => [metadata.name, spec]));
    for (const { metadata, spec } of deployments) {
      const scaler = scalers.find((one) => targetOf(one) === metadata.name)?.spec;
      const least = (scaler?.['minReplicaCount'] ?? scaler?.['minReplicas'] ?? spec!['replicas']) as number;
      const budget = budgets.get(metadata.name);
      expect({ name: metadata.name, away: budget?.['maxUnavailable'] }).toEqual({ name: metadata.name, away: least > 1 ? 1 : undefined });
      if (budget) {
        const { matchLabels } = budget['selector'] as { matchLabels: object };
        expect(matchLabels).toEqual((spec!['selector'] as { matchLabels: object }).matchLabels);
      }
    }
  });

  it('replicas stand on different nodes and zones as far as that is possible', () => {
    for (const { spec } of podsOf(deployments)) {
      const spread = (spec as unknown as { topologySpreadConstraints: { topologyKey: string; whenUnsatisfiable: string }[] })
        .topologySpreadConstraints;
      expect(spread.map(({ topologyKey, whenUnsatisfiable }) => `${topologyKey} ${whenUnsatisfiable}`)).toEqual([
        'kubernetes.io/hostname ScheduleAnyway',
        'topology.kubernetes.io/zone ScheduleAnyway',
      ]);
    }
  });
});

describe('by Kafka lag', () => {
  const manifests = readGolden('production');
  const scaled = of(manifests, 'ScaledObject');

  it('each service is scaled by every topic that its group reads, and by no other', () => {
    expect(scaled.length).toBe(4);
    for (const one of scaled) {
      const service = one.metadata.labels!['app.kubernetes.io/name']!;
      const triggers = one.spec!['triggers'] as Trigger[];
      const read = TOPIC_TABLE.filter(({ readers }) => readers.some(({ group }) => group === service)).map(({ name }) =>
        topicOnTheWire(name, 'care'),
      );
      const lag = triggers.filter(({ type }) => type === 'kafka').map(({ metadata }) => metadata);
      expect(lag.map(({ topic }) => topic).sort()).toEqual(read.sort());
      for (const { consumerGroup } of lag) expect(consumerGroup).toBe(groupOnTheWire(service, 'care'));
      expect(triggers.filter(({ type }) => type === 'cpu')).toHaveLength(1);
    }
  });

  it('KEDA names itself to Kafka with a user of its own and the same authority', () => {
    const [authentication] = of(manifests, 'TriggerAuthentication');
    const parameters = (authentication!.spec!['secretTargetRef'] as { parameter: string; name: string }[]).map(
      ({ parameter, name }) => `${parameter} ${name}`,
    );
    expect(parameters).toEqual([
      'username baton-keda-user',
      'password baton-keda-user',
      'ca baton-kafka-tls',
      'cert baton-kafka-tls',
      'key baton-kafka-tls',
    ]);
    for (const trigger of scaled.flatMap(({ spec }) => spec!['triggers'] as Trigger[]).filter(({ type }) => type === 'kafka')) {
      expect(trigger).toMatchObject({
        metadata: { tls: 'enable', sasl: 'scram_sha512' },
        authenticationRef: { name: authentication!.metadata.name },
      });
    }
  });

  it('one Pod comes at a time, and one goes only after ten quiet minutes, because each is a rebalance', () => {
    for (const { spec } of scaled) {
      const { horizontalPodAutoscalerConfig } = spec!['advanced'] as {
        horizontalPodAutoscalerConfig: {
          behavior: Record<string, { stabilizationWindowSeconds: number; policies: { type: string; value: number }[] }>;
        };
      };
      const { scaleUp, scaleDown } = horizontalPodAutoscalerConfig.behavior;
      expect(scaleUp!.policies).toMatchObject([{ type: 'Pods', value: 1 }]);
      expect(scaleDown!.policies).toMatchObject([{ type: 'Pods', value: 1 }]);
      expect(scaleDown!.stabilizationWindowSeconds).toBeGreaterThanOrEqual(600);
    }
  });
});
