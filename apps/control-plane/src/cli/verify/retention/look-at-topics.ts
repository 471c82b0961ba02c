import { createKafka, readPlaces, topicsToBe } from '@baton/messaging/kafka';
import type { KafkaConfig, TopicShape } from '@baton/messaging/kafka';
import { SETTINGS } from './judge-topic.js';
import type { TopicFacts } from './judge-topic.js';

/**
 * Every topic of Baton as it should be and as it is, with the first record of each partition of those that delete by age. It reads a
 * megabyte of each partition at most, in a group of its own that commits nothing.
 * @throws when Kafka does not answer
 */
export async function lookAtTopics(config: KafkaConfig, shape: TopicShape): Promise<TopicFacts[]> {
  const wanted = topicsToBe(config.topicPrefix, shape);
  const admin = createKafka(config).admin();
  await admin.connect();
  try {
    const topics = wanted.map(({ topic }) => topic);
    const there = new Map((await admin.describe(topics, SETTINGS)).map((one) => [one.topic, one]));
    const byAge = wanted.filter(({ topic, settings }) => there.has(topic) && settings['cleanup.policy'] === 'delete');
    const bounds = (await Promise.all(byAge.map(({ topic }) => admin.bounds(topic)))).flat();
    const oldest = await firstRecords(config, bounds);
    return wanted.map(({ topic, settings }) => ({
      topic,
      wanted: settings['cleanup.policy'] === 'compact' ? 'compacted' : Number(settings['retention.ms']),
      settings: there.has(topic) ? there.get(topic)!.settings : 'missing',
      oldest: oldest.get(topic) ?? [],
    }));
  } finally {
    await admin.disconnect();
  }
}

type Bounds = Awaited<ReturnType<ReturnType<ReturnType<typeof createKafka>['admin']>['bounds']>>;

async function firstRecords(config: KafkaConfig, bounds: Bounds): Promise<Map<string, { partition: number; at: number }[]>> {
  const found = new Map<string, { partition: number; at: number }[]>();
  const places = bounds
    .filter(({ begin, end }) => end > begin)
    .map(({ topic, partition, begin: offset }) => ({ topic, partition, offset }));
  // One that is deleted meanwhile was the oldest a moment ago; the next look finds the one behind it.
  await readPlaces({
    config,
    places,
    onRecord: ({ topic, partition, timestamp: at }) => {
      found.set(topic, [...(found.get(topic) ?? []), { partition, at }]);
    },
  });
  return found;
}
