import { setTimeout as pause } from 'node:timers/promises';
import type { PublishPlan, Setting } from '@baton/settings';
import type { Logger } from '@baton/telemetry';

/** What publishes: `SettingsPublisher`. */
export interface Publisher {
  start(): Promise<void>;
  publish(wanted: readonly Setting[]): Promise<PublishPlan>;
}

const RETRY_MS = { first: 250, cap: 5_000 };

/** Brings the wanted settings to the topic, however often Kafka is away; what is wanted later replaces what waits. */
export class KeepPublished {
  private readonly stopping = new AbortController();
  private wanted: readonly Setting[] | undefined;
  private started = false;
  private working: Promise<void> | undefined;
  private lastError: string | undefined;
  private published = false;

  constructor(
    private readonly publisher: Publisher,
    private readonly logger: Logger,
  ) {}

  /** Why the topic does not say what is wanted, in words for a readiness check. */
  get notPublished(): string | undefined {
    if (this.published) return undefined;
    return `the settings are not published yet${this.lastError === undefined ? '' : `: ${this.lastError}`}`;
  }

  want(settings: readonly Setting[]): void {
    this.wanted = settings;
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  /** Waits until the topic says what is wanted. @returns false when that took longer; it is tried on all the same */
  async whenPublished(withinMs: number): Promise<boolean> {
    const waiting = new AbortController();
    await Promise.race([this.working, pause(withinMs, undefined, { signal: waiting.signal }).catch(() => undefined)]);
    waiting.abort();
    return this.wanted === undefined;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private async work(): Promise<void> {
    let waitMs = RETRY_MS.first;
    while (this.wanted && !this.stopping.signal.aborted) {
      const settings = this.wanted;
      try {
        await this.publish(settings);
        if (this.wanted === settings) this.wanted = undefined;
        waitMs = RETRY_MS.first;
      } catch (error) {
        this.lastError = error instanceof Error ? error.message : String(error);
        this.logger.warn({ error: this.lastError, retryInMs: waitMs }, 'the settings could not be published');
        await pause(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
        waitMs = Math.min(waitMs * 2, RETRY_MS.cap);
      }
    }
  }

  private async publish(settings: readonly Setting[]): Promise<void> {
    if (!this.started) await this.publisher.start();
    this.started = true;
    const { changed, removed, unchanged } = await this.publisher.publish(settings);
    if (this.published && changed.length + removed.length === 0) return;
    this.published = true;
    const revisions = changed.map(({ settingId, revision }) => `${settingId} revision ${revision}`);
    this.logger.info({ changed: revisions, removed, unchanged: unchanged.length }, 'the settings are published');
  }
}
