import { setTimeout as pause } from 'node:timers/promises';
import { settings, topicOnTheWire } from '@baton/contracts';
import { createKafka, followTopic } from '@baton/messaging/kafka';
import type { Following, KafkaConfig, KafkaRecord, MessagingLog } from '@baton/messaging/kafka';
import { HeldSettings } from './held-settings.js';
import type { SettingsProblem } from './held-settings.js';
import type { SecretKeys } from './secrets/seal.js';
import { SettingsView } from './settings-view.js';

export interface SettingsStoreOptions {
  readonly kafka: KafkaConfig;
  /** The keys of the secrets that this service opens. */
  readonly keys: SecretKeys;
  /** Told of each record that is broken or of an unknown version (the older good one stays), or whose secrets cannot be opened. */
  readonly onProblem?: (problem: SettingsProblem) => void;
  readonly log?: MessagingLog;
}

const RETRY_MS = { first: 100, cap: 3_000 };

/** The settings of every bot and connection, held in memory and kept current from the compacted settings topic. */
export class SettingsStore extends SettingsView {
  private readonly stopping = new AbortController();
  private following: Following | undefined;
  private connecting: Promise<void> | undefined;
  private lastError: unknown;

  constructor(private readonly options: SettingsStoreOptions) {
    super(new HeldSettings(options.keys));
  }

  /**
   * Begins to follow the topic and resolves when all that was there has been read, however long Kafka takes to come; never rejects.
   * Who must serve meanwhile does not wait for it and asks `caughtUp`.
   */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.stopping.signal.addEventListener('abort', () => resolve(), { once: true });
      this.connecting ??= this.connect(() => {
        this.markCaughtUp();
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.connecting;
    await this.following?.stop();
  }

  /** Why settings cannot be relied on yet, in words for a readiness check; undefined once they can. */
  get notReady(): string | undefined {
    if (this.caughtUp) return undefined;
    const why = this.lastError instanceof Error ? `: ${this.lastError.message}` : '';
    return `the settings have not been read to their end${why}`;
  }

  /**
   * Why nothing comes from the topic though Kafka answers, in words for a liveness check; undefined while all is well, while Kafka is away,
   * and before it has begun.
   */
  get stuck(): string | undefined {
    return this.following?.health();
  }

  private async connect(onCaughtUp: () => void): Promise<void> {
    const { kafka, log } = this.options;
    const topic = topicOnTheWire(settings.name, kafka.topicPrefix);
    for (let waitMs = RETRY_MS.first; !this.stopping.signal.aborted; waitMs = Math.min(waitMs * 2, RETRY_MS.cap)) {
      try {
        this.following = await followTopic({
          kafka: createKafka(kafka, log),
          topic,
          onRecord: (record) => this.take(record),
          onCaughtUp,
          ...(log && { log }),
        });
        return;
      } catch (error) {
        this.lastError = error;
        log?.warn(
          { topic, error: error instanceof Error ? error.message : String(error), retryInMs: waitMs },
          'the settings cannot be read yet',
        );
        await pause(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private take(record: KafkaRecord): void {
    const { changed, problem } = this.held.apply(record);
    if (problem) {
      const { settingId, reason, message } = problem;
      this.options.log?.error({ settingId, reason }, `a setting is not as it was meant: ${message}`);
      this.options.onProblem?.(problem);
    }
    if (changed !== undefined) this.tell(changed);
  }
}
