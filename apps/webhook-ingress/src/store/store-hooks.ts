import type { OutgoingRecord } from '@baton/contracts';
import { ProduceError } from '@baton/messaging/kafka';
import { refusal } from '../http/refusal.js';
import type { Refusal } from '../http/refusal.js';

/** Where hooks go; resolves when Kafka has acknowledged all of them. */
export interface HookSink {
  /** Whether Kafka answered when it was last asked. */
  readonly healthy: boolean;
  send(records: readonly OutgoingRecord[], options: { readonly deadlineMs: number }): Promise<void>;
}

/** While Kafka is known to be away it gets one chance to be back, and the caller a quick word. */
const STORE_WHILE_AWAY_MS = 1_000;

const KAFKA_AWAY = refusal('kafka.away');

/** Stores the records of one web hook, all or none being promised: `accepted` when Kafka has acknowledged each, within `withinMs`. */
export async function storeHooks(sink: HookSink, records: readonly OutgoingRecord[], withinMs: number): Promise<'accepted' | Refusal> {
  const deadlineMs = sink.healthy ? withinMs : STORE_WHILE_AWAY_MS;
  try {
    await sink.send(records, { deadlineMs });
    return 'accepted';
  } catch (error) {
    // Also when Kafka refused the record: a hook within our bounds is not to blame for that, a topic that is missing or too tight is.
    if (error instanceof ProduceError) return KAFKA_AWAY;
    throw error;
  }
}
