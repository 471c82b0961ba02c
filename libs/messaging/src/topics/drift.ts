import type { TopicThere, TopicToBe } from '../kafka/kafka.js';
import { MIN_IN_SYNC, minInSyncOf } from './topic-shape.js';

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
  /** Somebody said how many partitions a topic with many should have; else any number will do. */
  readonly saidPartitions: boolean;
  /** Somebody said how many replicas must be in sync; else it follows from the replicas a topic has, and more than follow will do. */
  readonly saidMinInSync: boolean;
}

/** In what the topics that are there differ from those that should be; settings that may not be seen are not judged. */
export function driftOf(wanted: readonly TopicToBe[], there: readonly TopicThere[], said: DriftOptions): Finding[] {
  const found = new Map(there.map((one) => [one.topic, one]));
  return wanted.flatMap((want) => {
    const have = found.get(want.topic);
    return have ? differences(want, have, said) : [missing(want)];
  });
}

function missing({ topic, partitions, replication }: TopicToBe): Finding {
  return { topic, setting: 'topic', wanted: `${partitions} partitions, ${replication} replicas`, there: undefined, remedy: 'create' };
}

function differences(want: TopicToBe, have: TopicThere, { saidPartitions, saidMinInSync }: DriftOptions): Finding[] {
  const { topic } = want;
  const findings: Finding[] = [];
  if (have.partitions !== want.partitions && (saidPartitions || want.partitions === 1)) {
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
    const finding =
      setting === MIN_IN_SYNC ? inSyncJudged(wanted, is, have.replication, saidMinInSync) : { wanted, remedy: 'alter' as const };
    if (finding && is !== finding.wanted) findings.push({ topic, setting, there: is, ...finding });
  }
  return findings;
}

/**
 * The brokers that happen to be there say nothing about a topic that exists: with one of three away it would be made with fewer replicas, and
 * nothing may be lowered for that. More in-sync replicas than there are replicas would end all writing.
 */
function inSyncJudged(
  said: string,
  is: string | undefined,
  replication: number,
  isSaid: boolean,
): Pick<Finding, 'wanted' | 'remedy'> | undefined {
  if (isSaid) return { wanted: said, remedy: Number(said) > replication ? 'by-hand' : 'alter' };
  const wanted = minInSyncOf(replication);
  return Number(is ?? 0) >= wanted ? undefined : { wanted: String(wanted), remedy: 'alter' };
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
  [MIN_IN_SYNC]: 'more replicas first: with fewer than that nothing could be written',
};
