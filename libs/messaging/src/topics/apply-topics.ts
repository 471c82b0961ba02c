import { groupOnTheWire } from '@baton/contracts';
import type { KafkaAdmin, PartitionBounds } from '../kafka/kafka.js';
import type { Finding } from './drift.js';
import { survey } from './survey.js';
import type { Survey } from './survey.js';
import type { TopicShape } from './topic-shape.js';

export interface Orders {
  /** Also sets settings that differ. */
  readonly alterSettings: boolean;
  /** Also raises partition counts; refused while a group has not read a topic to its end. */
  readonly growPartitions: boolean;
}

export interface Applied {
  /** What was done, a line each. */
  readonly done: readonly string[];
  /** Why nothing was grown, and nothing else done. */
  readonly refused?: string;
  /** How the topics stand afterwards. */
  readonly after: Survey;
}

/** Creates what is missing, and changes what it was ordered to change. Whoever does the same at the same time does no harm. */
export async function applyTopics(admin: KafkaAdmin, prefix: string, shape: TopicShape, orders: Orders): Promise<Applied> {
  const before = await survey(admin, prefix, shape);
  const growing = orders.growPartitions ? before.findings.filter(({ remedy }) => remedy === 'grow') : [];
  const behind = await stillUnread(admin, prefix, growing);
  if (behind.length > 0) {
    const refused = `Nothing was changed. Not read to the end yet: ${behind.join('; ')}. Stop what writes, wait, and grow then: docs/operations/kafka.md.`;
    return { done: [], refused, after: before };
  }

  const of = (remedy: Finding['remedy']) => before.findings.filter((one) => one.remedy === remedy);
  const missing = of('create');
  const altered = orders.alterSettings ? of('alter') : [];
  await admin.createTopics(before.wanted.filter(({ topic }) => missing.some((one) => one.topic === topic)));
  for (const [topic, settings] of Map.groupBy(altered, (one) => one.topic)) {
    await admin.alterSettings(topic, Object.fromEntries(settings.map(({ setting, wanted }) => [setting, wanted])));
  }
  for (const { topic, wanted } of growing) await admin.growPartitions(topic, Number(wanted));
  const done = [
    ...missing.map(({ topic }) => `created: ${topic}`),
    ...altered.map(({ topic, setting, there, wanted }) => `set: ${topic} ${setting} from ${there ?? 'nothing'} to ${wanted}`),
    ...growing.map(
      ({ topic, there, wanted }) => `grown: ${topic} from ${there} to ${wanted} partitions; start its writers and readers anew`,
    ),
  ];
  return { done, after: await settled(admin, prefix, shape, [...missing, ...altered, ...growing]) };
}

/** Which groups have not read these topics to their ends, and by how much. */
async function stillUnread(admin: KafkaAdmin, prefix: string, growing: readonly Finding[]): Promise<string[]> {
  if (growing.length === 0) return [];
  const topics = new Set(growing.map(({ topic }) => topic));
  const bounds = new Map<string, PartitionBounds[]>();
  for (const topic of topics) bounds.set(topic, await admin.bounds(topic));
  const groups = (await admin.groups()).filter((group) => group.startsWith(groupOnTheWire('', prefix)) && !group.includes('.reader-'));
  const behind: string[] = [];
  for (const group of groups) {
    const offsets = (await admin.committedOf(group)).filter(({ topic }) => topics.has(topic));
    for (const [topic, of] of Map.groupBy(offsets, (one) => one.topic)) {
      // Where a reader of the topic has committed nothing, it has read nothing.
      const done = new Map(of.map(({ partition, offset }) => [partition, offset]));
      const lag = bounds.get(topic)!.reduce((sum, { partition, begin, end }) => sum + positive(end - (done.get(partition) ?? begin)), 0n);
      if (lag > 0n) behind.push(`${group} has ${lag} records of ${topic} before it`);
    }
  }
  return behind;
}

const positive = (n: bigint): bigint => (n > 0n ? n : 0n);

const LOOKS = 30;
const LOOK_AGAIN_MS = 100;

/** A broker that is asked right after a change may not have heard of it yet. */
async function settled(admin: KafkaAdmin, prefix: string, shape: TopicShape, changed: readonly Finding[]): Promise<Survey> {
  const pending = new Set(changed.map(placeOf));
  for (let look = 1; ; look++) {
    const after = await survey(admin, prefix, shape);
    if (look === LOOKS || !after.findings.some((one) => pending.has(placeOf(one)))) return after;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

function placeOf({ topic, setting }: Finding): string {
  return `${topic} ${setting}`;
}
