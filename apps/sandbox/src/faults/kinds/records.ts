import { DEAD_LETTERS, TOPICS, topicOnTheWire } from '@baton/contracts';
import { createKafka, type Kafka } from '@baton/messaging/kafka';
import { eventually } from '@baton/testing';
import type { Scenario } from '../scenario.js';

/** What nobody can understand, each in its own way. */
const POISON: readonly { readonly what: string; readonly value: Buffer }[] = [
  { what: 'no JSON', value: Buffer.from([0, 255, 1, 254, 123, 10]) },
  { what: 'JSON that breaks off', value: Buffer.from('{"type":"message","text":"half of it') },
  { what: 'an event of nobody', value: Buffer.from('{"type":"no.such.event","id":{"deep":[[[[]]]]}}') },
  { what: 'half a megabyte of zeros', value: Buffer.alloc(512 * 1024) },
];
/** The roads of people's words; each has at least one reader that must put aside what it cannot read. */
const ROADS = ['crisp-webhooks', 'visitor-messages', 'bot-events', 'deliveries'];
const PUT_ASIDE_WITHIN_MS = 20_000;

/** Records that no service can understand lie between people's words, on every topic. */
export const poison: Scenario = {
  name: 'poison',
  title: `${POISON.length} records that nobody understands on each of ${TOPICS.length} topics`,
  talk: 'handovers',
  lasts: 5,
  async inject({ platform }) {
    const kafka = createKafka({ brokers: platform.local.brokers, clientId: 'faults', topicPrefix: platform.topicPrefix });
    const before = await deadLetters(kafka);
    const producer = kafka.producer();
    await producer.connect();
    try {
      for (const topic of TOPICS)
        await producer.send(
          POISON.map(({ what, value }) => ({
            topic: topicOnTheWire(topic.name, platform.topicPrefix),
            key: `poison-${what}`,
            value,
            headers: {},
          })),
        );
    } finally {
      await producer.disconnect();
    }
    const due = ROADS.length * POISON.length;
    const isPutAside = async () => (await deadLetters(kafka)) - before >= due;
    const wrong = await eventually(isPutAside, { within: PUT_ASIDE_WITHIN_MS, every: 250, what: `${due} records being put aside` }).then(
      () => [],
      (error: Error) => [error.message],
    );
    return { what: `${POISON.length * TOPICS.length} records that nobody understands`, backAfter: 0, wrong };
  },
};

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
