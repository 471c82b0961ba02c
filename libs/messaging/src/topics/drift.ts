import type { TopicThere, TopicToBe } from '../kafka/kafka.js';

/** One thing in which a topic is not as it should be. `setting` is `topic` when it is missing, `partitions`, `replication`, or a setting of Kafka. */
export interface Finding {
  readonly topic: string;
  readonly setting: string;
  readonly wanted: string;
  /** Undefined when there is none. */
  readonly there: string | undefined;
  /** How it can be put right: `create`, `alter` (settings), `grow` (partitions; keys move), or only `by-hand`. */
  readonly remedy: 'create' | 'alter' | 'grow' | 'by-hand';
}

export interface DriftOptions {
  /** False leaves the number of partitions of topics with many unjudged: nobody said how many there should be. */
  readonly judgePartitions: boolean;
}

/** In what the topics that are there differ from those that should be; settings that may not be seen are not judged. */
export function driftOf(wanted: readonly TopicToBe[], there: readonly TopicThere[], { judgePartitions }: DriftOptions): Finding[] {
  const found = new Map(there.map((one) => [one.topic, one]));
  return wanted.flatMap((want) => {
    const have = found.get(want.topic);
    return have ? differences(want, have, judgePartitions) : [missing(want)];
  });
}

function missing({ topic, partitions, replication }: TopicToBe): Finding {
  return { topic, setting: 'topic', wanted: `${partitions} partitions, ${replication} replicas`, there: undefined, remedy: 'create' };
}

function differences(want: TopicToBe, have: TopicThere, judgePartitions: boolean): Finding[] {
  const { topic } = want;
  const findings: Finding[] = [];
  if (have.partitions !== want.partitions && (judgePartitions || want.partitions === 1)) {
    const remedy = have.partitions < want.partitions ? 'grow' : 'by-hand';
    findings.push({ topic, setting: 'partitions', wanted: String(want.partitions), there: String(have.partitions), remedy });
  }
  if (have.replication < want.replication) {
    const counts = { wanted: String(want.replication), there: String(have.replication) };
    findings.push({ topic, setting: 'replication', ...counts, remedy: 'by-hand' });
  }
  for (const [setting, wanted] of Object.entries(want.settings)) {
    if (have.settings === undefined) break;
    const is = have.settings[setting];
    if (is !== wanted) findings.push({ topic, setting, wanted, there: is, remedy: 'alter' });
  }
  return findings;
}

/** A finding in one line. */
export function inWords({ topic, setting, wanted, there, remedy }: Finding): string {
  if (remedy === 'create') return `${topic} is missing, or this user may not see it (${wanted})`;
  const is = there ?? 'not set';
  const how = { alter: 'apply --alter-settings', grow: 'apply --grow-partitions', 'by-hand': BY_HAND[setting] ?? 'by hand' }[remedy];
  return `${topic}: ${setting} is ${is}, wanted ${wanted} (${how})`;
}

const BY_HAND: Readonly<Record<string, string>> = {
  partitions: 'Kafka takes none away: say the number that is there, or make the topic anew',
  replication: 'with kafka-reassign-partitions.sh',
};
