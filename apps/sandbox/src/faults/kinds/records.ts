import {
  DEAD_LETTERS,
  headersOf,
  type OutgoingRecord,
  TOPICS,
  type TopicDefinition,
  topicOnTheWire,
  typeOnTheWire,
} from '@baton/contracts';
import { createKafka, type Kafka } from '@baton/messaging/kafka';
import { eventually } from '@baton/testing';
import type { Scenario } from '../scenario.js';

/** What nobody can understand, each in its own way. */
const NONSENSE: readonly (string | Buffer)[] = [
  Buffer.from([0, 255, 1, 254, 123, 10]),
  '{"type":"message","text":"half of it',
  '{"type":"no.such.event","id":{"deep":[[[[]]]]}}',
  Buffer.alloc(512 * 1024),
];
/** Fields that are asked for their length, or to be text, and are neither. */
const HOSTILE = { length: { toString: 1 }, constructor: null };
/** The roads of people's words; each has at least one reader that must put aside what it cannot read. */
const ROADS: readonly string[] = ['crisp-webhooks', 'visitor-messages', 'bot-events', 'deliveries'];
const PUT_ASIDE_WITHIN_MS = 20_000;

/** Records that no service can understand lie between people's words, on every topic: some look like events until they are opened. */
export const poison: Scenario = {
  name: 'poison',
  title: `records that nobody understands on each of ${TOPICS.length} topics, with and without an event's headers`,
  talk: 'handovers',
  lasts: 5,
  recoversWithin: 30,
  async inject({ platform }) {
    const kafka = createKafka({ brokers: platform.local.brokers, clientId: 'faults', topicPrefix: platform.topicPrefix });
    const before = await deadLetters(kafka);
    const records = TOPICS.flatMap(poisonOn);
    const producer = kafka.producer();
    await producer.connect();
    try {
      for (const record of records) await producer.send([{ ...record, topic: topicOnTheWire(record.topic, platform.topicPrefix) }]);
    } finally {
      await producer.disconnect();
    }
    const due = records.filter(({ topic }) => ROADS.includes(topic)).length;
    const isPutAside = async () => (await deadLetters(kafka)) - before >= due;
    const wrong = await eventually(isPutAside, { within: PUT_ASIDE_WITHIN_MS, every: 250, what: `${due} records being put aside` }).then(
      () => [],
      (error: Error) => [error.message],
    );
    return { what: `${records.length} records that nobody understands`, backAfter: 0, wrong };
  },
};

/** No event at all, and for every event of the topic one that breaks off and one whose fields are not what they should be. */
function poisonOn(topic: TopicDefinition): OutgoingRecord[] {
  const noEvents = NONSENSE.map((value, n) => ({ topic: topic.name, key: `poison-${n}`, value, headers: {} }));
  const nearlyEvents = Object.entries(topic.events).flatMap(([type, { version, sample }]) =>
    [JSON.stringify(sample).slice(0, -1), JSON.stringify(hostile(sample))].map((value, n) => ({
      topic: topic.name,
      key: `poison-${type}-${n}`,
      value,
      headers: headersOf(typeOnTheWire(type, version), { id: `poison-${type}-${n}`, source: 'urn:baton:faults', time: new Date() }),
    })),
  );
  return [...noEvents, ...nearlyEvents];
}

function hostile(sample: unknown): unknown {
  return Object.fromEntries(Object.keys(sample as object).map((field) => [field, HOSTILE]));
}

async function deadLetters(kafka: Kafka): Promise<number> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const bounds = await admin.bounds(topicOnTheWire(DEAD_LETTERS, kafka.config.topicPrefix));
    return bounds.reduce((sum, { begin, end }) => sum + Number(end - begin), 0);
  } finally {
    await admin.disconnect();
  }
}
