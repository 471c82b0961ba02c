import { TOPICS, topicOnTheWire } from '@baton/contracts';
import { createKafka, readTopic } from '@baton/messaging/kafka';
import type { KafkaConfig } from '@baton/messaging/kafka';

/** A topic on which something of somebody still lies. */
export interface TopicRemains {
  readonly topic: string;
  readonly records: number;
  /** When Kafka deletes the last of them at the latest, a segment's time aside; null where nothing is deleted by time. */
  readonly until: Date | null;
}

export interface SearchedTopics {
  readonly topics: number;
  /** Topics of Baton that are not there, or not for this user. */
  readonly missing: readonly string[];
  readonly remains: readonly TopicRemains[];
}

const RETENTION = 'retention.ms';
const POLICY = 'cleanup.policy';

/**
 * Looks for texts in every record of every topic of Baton, the dead letters included: keys, values and headers.
 * @param texts letters' case does not matter
 * @throws when Kafka does not answer
 */
export async function searchTopics(config: KafkaConfig, texts: readonly string[]): Promise<SearchedTopics> {
  const kafka = createKafka(config);
  const admin = kafka.admin();
  await admin.connect();
  const wanted = [...TOPICS.map(({ name }) => name), 'dead-letters' as const].map((name) => topicOnTheWire(name, config.topicPrefix));
  const there = await admin.describe(wanted, [RETENTION, POLICY]).finally(() => admin.disconnect());
  const forms = [...new Set(texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]))].map((text) => text.toLowerCase());
  const search = async ({ topic, settings }: (typeof there)[number]): Promise<TopicRemains[]> => {
    let records = 0;
    let newest = 0;
    await readTopic(kafka, topic, ({ key, value, headers, timestamp }) => {
      const said = [key, value, ...Object.values(headers).flat()]
        .map((part) => part?.toString() ?? '')
        .join('\n')
        .toLowerCase();
      if (!forms.some((form) => said.includes(form))) return;
      records += 1;
      newest = Math.max(newest, timestamp);
    });
    return records > 0 ? [{ topic, records, until: endOf(newest, settings) }] : [];
  };
  const missing = wanted.filter((topic) => !there.some((one) => one.topic === topic));
  return { topics: there.length, missing, remains: (await Promise.all(there.map(search))).flat() };
}

function endOf(newest: number, settings: Readonly<Record<string, string>> | undefined): Date | null {
  const keptMs = Number(settings?.[RETENTION] ?? NaN);
  const byTime = settings?.[POLICY]?.includes('delete') === true && keptMs >= 0;
  return byTime ? new Date(newest + keptMs) : null;
}
