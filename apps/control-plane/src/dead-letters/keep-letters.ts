import { groupOnTheWire } from '@baton/contracts';
import { createKafka, FollowDeadLetters, SendAgain } from '@baton/messaging/kafka';
import type { KafkaConfig } from '@baton/messaging/kafka';
import { LIMITS, pastMoment } from '@baton/persistence/retention';
import { Jobs } from '@baton/telemetry';
import type { Job, Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import type { Audit } from '../audit/audit.js';
import type { NoteReading } from '../audit/note-reading.js';
import type { Services } from '../services/services.js';
import { DeadLetters } from './dead-letters.js';
import { FindOwners } from './find-owners.js';
import { LettersStore } from './letters.store.js';

const LIMIT = LIMITS.control_plane.deadLetters;

export interface KeepLettersOptions {
  readonly kafka: KafkaConfig;
  readonly dataSource: DataSource;
  readonly audit: Audit;
  readonly reading: NoteReading;
  readonly services: Services;
  readonly workspaces: () => Promise<readonly string[]>;
  /** Days that a letter is kept. */
  readonly keptDays: number;
  readonly logger: Logger;
}

/** Everything about dead letters that runs: they are read from their topic, find their owners, can be sent again, and go when their time is over. */
export class KeepLetters {
  readonly letters: DeadLetters;
  readonly store: LettersStore;
  private readonly following: FollowDeadLetters;
  private readonly sendAgain: SendAgain;
  private readonly jobs: Jobs;
  private started = false;
  private stopping: Promise<void> | undefined;

  constructor(private readonly o: KeepLettersOptions) {
    const kafka = createKafka(o.kafka, o.logger);
    this.store = new LettersStore(o.dataSource);
    this.sendAgain = new SendAgain(kafka);
    const { audit, reading } = o;
    this.letters = new DeadLetters({ store: this.store, sendAgain: this.sendAgain, prefix: o.kafka.topicPrefix, audit, reading });
    this.following = new FollowDeadLetters({
      kafka,
      groupId: groupOnTheWire('control-plane.dead-letters', o.kafka.topicPrefix),
      keep: (read) => this.store.keep(read),
      log: o.logger,
    });
    this.jobs = new Jobs(o.logger);
  }

  /** Why no dead letters are read though Kafka answers, in words for a liveness check; undefined while all is well or it has not begun. */
  get stuck(): string | undefined {
    return this.started ? this.following.health() : undefined;
  }

  /** Database and topics must be there. */
  start(): void {
    if (this.started || this.stopping) return;
    this.started = true;
    this.following.start();
    const { store, o } = this;
    const prune: Job = {
      what: 'forget old dead letters',
      everyMs: LIMIT.everyMs,
      run: async () => void (await store.prune(pastMoment(LIMIT, new Date(), { DEAD_LETTER_DAYS: o.keptDays }))),
    };
    this.jobs.start([new FindOwners({ store, services: o.services, workspaces: o.workspaces }).job, prune]);
  }

  /** What was read may still be looked at and sent again. */
  stopReading(): Promise<void> {
    return (this.stopping ??= this.started
      ? Promise.all([this.jobs.stop(), this.following.stop()]).then(() => undefined)
      : Promise.resolve());
  }

  async stop(): Promise<void> {
    await this.stopReading();
    await this.sendAgain.close();
  }
}
