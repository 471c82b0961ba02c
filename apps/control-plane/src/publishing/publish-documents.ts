import type { SettingsPublisher } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { Documents, Kind } from '../documents/documents.js';
import { toSettings } from '../documents/to-setting.js';
import { Bell } from './bell.js';
import { PublisherLock } from './publisher-lock.js';

export interface PublishDocumentsOptions {
  readonly documents: Documents;
  readonly log: Logger;
  readonly database: { readonly url: string; readonly instance: string };
  /** Done by whoever begins to publish, and from time to time. */
  readonly prepare: () => Promise<void>;
  /** A new one that has read the topic. @throws while Kafka is away */
  readonly publisher: () => Promise<Pick<SettingsPublisher, 'publish' | 'stop' | 'healthy'>>;
  /** Tells the other replicas, on any connection. */
  readonly tellPublished: () => Promise<void>;
}

const RETRY_MS = { first: 250, cap: 5_000 };
/** For what nobody told. */
const LOOK_EVERY_MS = 3_000;
/** So often everything is held against the topic, also where nothing changed: somebody else may have written there. */
const COMPARE_EVERY_MS = 15_000;
const ASK_EVERY_MS = 250;
const PREPARE_EVERY_MS = 3_600_000;

/**
 * Brings what the documents say to the topic, right after they changed, however often Kafka or Postgres is away. Of several replicas one
 * does; whichever changed a document, it is told.
 */
export class PublishDocuments {
  private readonly changed = new Bell();
  private readonly listeners = new Set<() => void>();
  private readonly lock: PublisherLock;
  private publisher: Awaited<ReturnType<PublishDocumentsOptions['publisher']>> | undefined;
  private working: Promise<void> | undefined;
  private stopped = false;
  private done = false;
  private lastError: string | undefined;
  private preparedAt = -Infinity;
  private comparedAt = -Infinity;

  constructor(private readonly o: PublishDocumentsOptions) {
    this.lock = new PublisherLock({
      ...o.database,
      log: o.log,
      onChanged: () => this.changed.ring(),
      onPublished: () => this.tellListeners(),
    });
  }

  /** Why it is not known that the topic says what is wanted, in words for a readiness check; whoever waits for another replica is ready. */
  get notPublished(): string | undefined {
    if (this.done || this.lock.isHeldByAnother) return undefined;
    return `the settings are not published yet${this.lastError === undefined ? '' : `: ${this.lastError}`}`;
  }

  /** Why Kafka does not take what is published, in words for an alarm. */
  get notTaken(): string | undefined {
    return this.publisher?.healthy === false ? 'Kafka does not take records' : undefined;
  }

  start(): void {
    this.lock.start();
    this.working ??= this.work();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.changed.ring();
    await this.working;
    await this.publisher?.stop();
    await this.lock.stop();
  }

  /** There is something new. Whoever changes a document need not say it: the change itself does. */
  async refresh(): Promise<void> {
    this.changed.ring();
  }

  /**
   * Waits until the newest version, of this document or of all of them, is on the topic.
   * @returns false when that took longer; it is tried on all the same
   */
  async published(withinMs: number, of?: { readonly kind: Kind; readonly id: string }): Promise<boolean> {
    const bell = new Bell();
    const ring = () => bell.ring();
    this.listeners.add(ring);
    try {
      for (const until = performance.now() + withinMs; ; await bell.heard(ASK_EVERY_MS)) {
        if (await this.o.documents.isPublished(of)) return true;
        if (performance.now() >= until) return false;
      }
    } finally {
      this.listeners.delete(ring);
    }
  }

  private tellListeners(): void {
    for (const listener of this.listeners) listener();
  }

  private async work(): Promise<void> {
    let retryMs = RETRY_MS.first;
    while (!this.stopped) {
      let waitMs = LOOK_EVERY_MS;
      try {
        await this.turn();
        retryMs = RETRY_MS.first;
      } catch (error) {
        this.lastError = error instanceof Error ? error.message : String(error);
        this.o.log.warn({ error: this.lastError, retryInMs: retryMs }, 'the settings could not be published');
        waitMs = retryMs;
        retryMs = Math.min(retryMs * 2, RETRY_MS.cap);
      }
      await this.changed.heard(waitMs);
    }
  }

  private async turn(): Promise<void> {
    if (this.lock.isHeldByAnother) return this.rest();
    if (!this.lock.isHeld) return;
    this.publisher ??= await this.o.publisher();
    if (performance.now() - this.preparedAt > PREPARE_EVERY_MS) {
      await this.o.prepare();
      this.preparedAt = performance.now();
    }
    const isToBeCompared = !this.done || performance.now() - this.comparedAt >= COMPARE_EVERY_MS;
    if (!isToBeCompared && (await this.o.documents.isPublished())) return;
    this.comparedAt = performance.now();
    const documents = await this.o.documents.toPublish();
    const former = await this.o.documents.formerBots();
    if (!(await this.lock.isStillHeld())) return;
    const { changed, removed, unchanged } = await this.publisher.publish(toSettings(documents, former));
    await this.o.documents.markPublished(documents);
    this.tellListeners();
    if (this.done && changed.length + removed.length === 0) return;
    this.done = true;
    await this.o.tellPublished();
    const revisions = changed.map(({ settingId, revision }) => `${settingId} revision ${revision}`);
    this.o.log.info({ changed: revisions, removed, unchanged: unchanged.length }, 'the settings are published');
  }

  /** Another one publishes now, and its heart beats. */
  private async rest(): Promise<void> {
    const { publisher } = this;
    this.publisher = undefined;
    this.done = false;
    this.preparedAt = -Infinity;
    await publisher?.stop();
  }
}
