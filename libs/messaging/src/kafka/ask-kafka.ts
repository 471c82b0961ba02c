import type { Kafka } from './kafka.js';
import { within } from './within.js';

export interface AskKafkaOptions {
  /** Whoever reads these topics (as they are called on the wire) in this group: the leader of each partition and the group's coordinator are asked. */
  readonly reader?: { readonly topics: readonly string[]; readonly groupId: string };
  /** An answer that takes longer is none, in milliseconds. */
  readonly withinMs: number;
}

/**
 * Asks by a fresh connection whether Kafka can be used at this moment: a broker answers, and for a reader all that it needs. A reader needs
 * no more rights for that than for reading.
 * @throws when it cannot, for whatever reason: away, for a reader also in part, too slow, no such topic, not allowed
 */
export async function askKafka(kafka: Kafka, { reader, withinMs }: AskKafkaOptions): Promise<void> {
  await within(withinMs, ask(kafka, reader));
}

async function ask(kafka: Kafka, reader: AskKafkaOptions['reader']): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.brokers();
    for (const topic of reader?.topics ?? []) {
      await admin.bounds(topic);
      await admin.committed(reader!.groupId, topic);
    }
  } finally {
    await admin.disconnect().catch(() => undefined); // nothing more is asked of it
  }
}
