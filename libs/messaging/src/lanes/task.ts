import type { KafkaRecord } from '../kafka/kafka.js';
import type { Load } from './pressure.js';
import type { Place, Watermark } from './watermark.js';

/** One partition during one assignment: a partition that comes back starts with a new one, and what still ran for the old one is void. */
export interface PartitionState {
  readonly topic: string;
  readonly partition: number;
  readonly watermark: Watermark;
  readonly load: Load;
  /** The offset of the furthest record that a handler was called for. */
  reached: bigint;
  paused: boolean;
  committed: bigint | undefined;
}

/** A record on its way through the lanes. */
export interface Task {
  readonly key: string;
  readonly record: KafkaRecord;
  readonly place: Place;
  readonly partition: PartitionState;
  readonly bytes: number;
}

/** Room that a record takes beside its value: objects, headers, key; in bytes. */
const OVERHEAD = 500;

export function taskOf(record: KafkaRecord, partition: PartitionState): Task {
  return {
    key: record.key?.toString() ?? '',
    record,
    place: partition.watermark.add(record.offset),
    partition,
    bytes: (record.value?.length ?? 0) + OVERHEAD,
  };
}
