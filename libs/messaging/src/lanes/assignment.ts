import type { KafkaRecord, Partition, PartitionOffset } from '../kafka/kafka.js';
import { pressureOn } from './pressure.js';
import type { Load, PressureLimits } from './pressure.js';
import { taskOf } from './task.js';
import type { PartitionState, Task } from './task.js';
import { Watermark } from './watermark.js';

/** The partitions that are ours at this moment: what of them is at work, what may be committed, which should pause. */
export class Assignment {
  private partitions = new Map<string, PartitionState>();
  private pausedCount = 0;
  readonly load: Load = { records: 0, bytes: 0 };

  constructor(private readonly limits: PressureLimits) {}

  get size(): number {
    return this.partitions.size;
  }

  get paused(): number {
    return this.pausedCount;
  }

  /** Begins anew: what is still at work for the old assignment can no longer move an offset of the new one. */
  begin(partitions: readonly Partition[]): void {
    this.end();
    for (const { topic, partition } of partitions) {
      this.partitions.set(nameOf(topic, partition), {
        topic,
        partition,
        watermark: new Watermark(),
        load: { records: 0, bytes: 0 },
        reached: -1n,
        paused: false,
        committed: undefined,
      });
    }
  }

  end(): void {
    this.partitions = new Map();
    this.pausedCount = 0;
  }

  /** Takes in what was read; nothing when the partition is not ours (any more). */
  take(records: readonly KafkaRecord[], { topic, partition }: Partition): Task[] {
    const state = this.partitions.get(nameOf(topic, partition));
    if (!state) return [];
    return records.map((record) => {
      const task = taskOf(record, state);
      this.weigh(task, 1);
      return task;
    });
  }

  /** A record came to its end: handled or parked. */
  finish(task: Task): void {
    task.partition.watermark.finish(task.place);
  }

  /** A record left the lanes, finished or not. */
  release(task: Task): void {
    this.weigh(task, -1);
  }

  /** Which partitions to pause and which to resume now; remembers that it was said. */
  relieve(): { pause: Partition[]; resume: Partition[] } {
    const pause: Partition[] = [];
    const resume: Partition[] = [];
    // Nothing can be over a bound while all together are below the smallest one.
    const { records, bytes, partitionShare } = this.limits;
    if (this.pausedCount === 0 && this.load.records < records * partitionShare && this.load.bytes < bytes * partitionShare)
      return { pause, resume };
    for (const state of this.partitions.values()) {
      const verdict = pressureOn(state.load, this.load, state.paused, this.limits);
      if (verdict === 'stay') continue;
      state.paused = verdict === 'pause';
      (state.paused ? pause : resume).push(state);
      this.pausedCount += state.paused ? 1 : -1;
    }
    return { pause, resume };
  }

  /** What can be committed and is not yet. */
  due(): PartitionOffset[] {
    const due: PartitionOffset[] = [];
    for (const { topic, partition, watermark, committed } of this.partitions.values()) {
      const offset = watermark.committable;
      if (offset !== undefined && offset !== committed) due.push({ topic, partition, offset });
    }
    return due;
  }

  /** A commit of what was due has been taken. */
  committed(offsets: readonly PartitionOffset[]): void {
    for (const { topic, partition, offset } of offsets) {
      const state = this.partitions.get(nameOf(topic, partition));
      if (state) state.committed = offset;
    }
  }

  private weigh(task: Task, sign: 1 | -1): void {
    for (const load of [task.partition.load, this.load]) {
      load.records += sign;
      load.bytes += sign * task.bytes;
    }
  }
}

function nameOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
