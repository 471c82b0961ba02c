import type { TopicName } from '@baton/contracts';
import type { Headers, Kafka } from '../kafka/kafka.js';

/** What can be produced: an OutgoingRecord of the contracts, or one whose key and headers are bytes. */
export interface ProducibleRecord {
  readonly topic: TopicName;
  readonly key: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers: Headers;
}

export interface GatheringProducerOptions {
  /** Records that may wait at once; above it a call is refused with `kafka.queue-full`. */
  readonly maxQueuedRecords?: number;
  readonly maxQueuedBytes?: number;
  /** Default of a call's deadline, in milliseconds. */
  readonly deadlineMs?: number;
}

export class GatheringProducer {
  constructor(
    private readonly kafka: Kafka,
    private readonly options: GatheringProducerOptions = {},
  ) {}
  get healthy(): boolean {
    return Boolean(this.kafka && this.options);
  }
  async connect(): Promise<void> {
    throw new Error('not built yet');
  }
  async send(records: readonly ProducibleRecord[], options: { deadlineMs?: number } = {}): Promise<void> {
    throw new Error(`not built yet ${records.length} ${options.deadlineMs}`);
  }
  async close(): Promise<void> {}
}
