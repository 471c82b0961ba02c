import type { KafkaAdmin } from '../kafka/kafka.js';
import type { Finding } from './drift.js';
import { stillUnread } from './still-unread.js';
import { survey } from './survey.js';
import type { Survey } from './survey.js';
import type { TopicShape } from './topic-shape.js';
import type { KafkaUser } from './topic-table.js';

export interface Orders {
  /** Also sets settings that differ. */
  readonly alterSettings: boolean;
  /** Also raises partition counts; refused while a group has not read a topic to its end. */
  readonly growPartitions: boolean;
  /** Services that this installation does not have: nothing waits for them. */
  readonly without?: readonly KafkaUser[];
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
  const behind = await stillUnread(admin, prefix, new Set(growing.map(({ topic }) => topic)), orders.without);
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
