import { groupOnTheWire, topicOnTheWire } from '@baton/contracts';
import type { KafkaAdmin, PartitionBounds, PartitionOffset } from '../kafka/kafka.js';
import { TOPIC_TABLE } from './topic-table.js';
import type { KafkaUser } from './topic-table.js';

/** A group that reads a topic. */
export interface Reading {
  readonly group: string;
  readonly topic: string;
  /** What it committed there: nothing when it has read nothing yet. */
  readonly committed: readonly PartitionOffset[];
}

/** Who has how many records of a topic before it, in words; those who have read to the end are left out. */
export function unreadOf(readings: readonly Reading[], bounds: ReadonlyMap<string, readonly PartitionBounds[]>): string[] {
  return readings.flatMap(({ group, topic, committed }) => {
    const done = new Map(committed.map(({ partition, offset }) => [partition, offset]));
    // Where a reader has committed nothing, it has read nothing. What it has not read and retention took is before nobody.
    const lag = bounds
      .get(topic)!
      .reduce((sum, { partition, begin, end }) => sum + positive(end - larger(begin, done.get(partition) ?? begin)), 0n);
    if (lag === 0n) return [];
    const never = committed.length === 0 ? ', for it has committed nothing yet' : '';
    return [`${group} has ${lag} records of ${topic} before it${never}`];
  });
}

/**
 * Which groups have not read these topics to their ends, and by how much: those that Baton's services read in, whether they have ever come or
 * not, and every other one that has committed something.
 * @param without services that this installation does not have
 */
export async function stillUnread(
  admin: KafkaAdmin,
  prefix: string,
  topics: ReadonlySet<string>,
  without: readonly KafkaUser[] = [],
): Promise<string[]> {
  if (topics.size === 0) return [];
  const bounds = new Map<string, PartitionBounds[]>();
  for (const topic of topics) bounds.set(topic, await admin.bounds(topic));
  const groups = (await admin.groups()).filter((group) => group.startsWith(groupOnTheWire('', prefix)) && !group.includes('.reader-'));
  const committed = new Map<string, readonly PartitionOffset[]>();
  for (const group of groups) committed.set(group, await admin.committedOf(group));
  const readings = new Map<string, Reading>();
  const note = (group: string, topic: string): void => {
    const of = (committed.get(group) ?? []).filter((one) => one.topic === topic);
    if (topics.has(topic)) readings.set(`${group} ${topic}`, { group, topic, committed: of });
  };
  for (const [group, offsets] of committed) for (const { topic } of offsets) note(group, topic);
  for (const { group, topic } of readersOf(prefix, without)) note(group, topic);
  return unreadOf([...readings.values()], bounds);
}

/** In which groups Baton's services read which topics. Bots are known only by what they have committed. */
function readersOf(prefix: string, without: readonly KafkaUser[]): { group: string; topic: string }[] {
  return TOPIC_TABLE.flatMap(({ name, readers }) =>
    readers
      .filter(({ user }) => user !== 'bot' && !without.includes(user))
      .map(({ group }) => ({ group: groupOnTheWire(group, prefix), topic: topicOnTheWire(name, prefix) })),
  );
}

const positive = (n: bigint): bigint => (n > 0n ? n : 0n);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
