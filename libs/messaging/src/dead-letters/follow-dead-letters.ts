import { DEAD_LETTERS, topicOnTheWire } from '@baton/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Kafka, KafkaRecord, MessagingLog, Partition } from '../kafka/kafka.js';
import { SupervisedConsumer } from '../kafka/supervised-consumer.js';
import { backOffMs } from '../lanes/back-off.js';
import { readDeadLetter } from './dead-letter.js';
import type { DeadLetter } from './dead-letter.js';
import { replayNotedIn } from './replay.js';

/** What was read from the topic of dead letters, in the order of its partition. */
export interface ReadLetters {
  readonly letters: readonly DeadLetter[];
  /** Letters of which somebody noted that they were sent again, by their place, and when (ISO 8601). */
  readonly replayed: readonly { readonly place: string; readonly at: string }[];
}

export interface FollowDeadLettersOptions {
  readonly kafka: Kafka;
  /** As it is called on the wire. */
  readonly groupId: string;
  /** Keeps what was read; when it throws, it is given the same again after a pause. May be given the same twice. */
  readonly keep: (read: ReadLetters) => Promise<void>;
  readonly log: MessagingLog;
}

const BACK_OFF = { firstMs: 250, capMs: 10_000 };

/** Reads the dead letters as a group of its own, and commits what was kept. */
export class FollowDeadLetters {
  private readonly consumer: SupervisedConsumer;
  private readonly stopping = new AbortController();
  private readonly working = new Set<Promise<void>>();
  /** Rises whenever partitions are given anew: what was begun before commits nothing any more. */
  private assignment = 0;

  constructor(private readonly options: FollowDeadLettersOptions) {
    const { kafka, groupId, log } = options;
    const anew = () => void (this.assignment += 1);
    this.consumer = new SupervisedConsumer(
      kafka,
      {
        groupId,
        topics: [topicOnTheWire(DEAD_LETTERS, kafka.config.topicPrefix)],
        events: {
          onAssigned: anew,
          onRevoking: async () => anew(),
          onLost: anew,
          onRecords: (records, from) => {
            this.consumer.pause([from]);
            const done: Promise<void> = this.take(records, from, this.assignment).finally(() => this.working.delete(done));
            this.working.add(done);
          },
        },
      },
      log,
    );
  }

  start(): void {
    this.consumer.start();
  }

  /** Undefined while all is well, else why the process should be replaced, in words. Kafka away is no such reason. */
  health(): string | undefined {
    return this.consumer.stuck;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.working);
    await this.consumer.stop();
  }

  private async take(records: readonly KafkaRecord[], from: Partition, assignment: number): Promise<void> {
    const { keep, log } = this.options;
    const isOurs = () => assignment === this.assignment && !this.stopping.signal.aborted;
    for (let attempt = 1; isOurs(); attempt++) {
      try {
        await keep(readLetters(records));
        if (!isOurs()) return;
        await this.consumer.commit([{ ...from, offset: records.at(-1)!.offset + 1n }]);
        this.consumer.resume([from]);
        return;
      } catch (error) {
        log.warn(
          { reason: error instanceof Error ? error.name : 'unknown', attempt },
          'dead letters could not be kept and are tried again',
        );
        await pause(backOffMs(BACK_OFF, attempt, Math.random()), undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }
}

function readLetters(records: readonly KafkaRecord[]): ReadLetters {
  const letters: DeadLetter[] = [];
  const replayed: { place: string; at: string }[] = [];
  for (const record of records) {
    const place = replayNotedIn(record);
    if (place === undefined) letters.push(readDeadLetter(record));
    else replayed.push({ place, at: record.headers['dl-at']?.toString() ?? new Date(record.timestamp).toISOString() });
  }
  return { letters, replayed };
}
