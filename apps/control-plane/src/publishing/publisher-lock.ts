import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseClient } from '@baton/persistence';
import type { Logger } from '@baton/telemetry';
import type pg from 'pg';
import { CHANGED_CHANNEL } from '../documents/documents.js';

/** Told by whoever published, with nothing in it. */
export const PUBLISHED_CHANNEL = 'baton_published';
/** Told by whoever gives the lock back. */
const FREE_CHANNEL = 'baton_publisher_free';
const LOCK = 'baton.settings-publisher';

const TRY_EVERY_MS = 2_000;
const PATIENCE_MS = 5_000;
const RETRY_MS = { first: 250, cap: 5_000 };

export interface PublisherLockOptions {
  /** A session of its own: a pooler in between that shares sessions takes the lock away. */
  readonly url: string;
  readonly instance: string;
  readonly log: Logger;
  /** Some replica changed a document, or this one got or lost the lock. */
  readonly onChanged: () => void;
  /** Some replica published. */
  readonly onPublished: () => void;
}

/**
 * One of several replicas publishes. It holds an advisory lock on a connection of its own, so that Postgres gives it to another one when it
 * dies. On the same connection each replica hears what the others did.
 */
export class PublisherLock {
  private readonly stopping = new AbortController();
  private client: pg.Client | undefined;
  private mine = false;
  private another = false;
  private working: Promise<void> | undefined;
  private again = new AbortController();

  constructor(private readonly o: PublisherLockOptions) {}

  get isHeld(): boolean {
    return this.mine;
  }

  /** Another replica publishes. */
  get isHeldByAnother(): boolean {
    return this.another;
  }

  /** Asks Postgres: what is remembered may be a moment old. */
  async isStillHeld(): Promise<boolean> {
    const { client } = this;
    if (!client || !this.mine) return false;
    try {
      await client.query('SELECT 1');
      return this.mine && this.client === client;
    } catch {
      return false;
    }
  }

  start(): void {
    this.working ??= this.work();
  }

  /** Gives the lock back, and tells the others. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.again.abort();
    await this.working;
  }

  private async work(): Promise<void> {
    for (let waitMs = RETRY_MS.first; !this.stopping.signal.aborted; waitMs = Math.min(waitMs * 2, RETRY_MS.cap)) {
      const client = new DatabaseClient({
        connectionString: this.o.url,
        application_name: `control-plane-${this.o.instance}-publisher`,
        keepAlive: true,
        connectionTimeoutMillis: PATIENCE_MS,
        query_timeout: PATIENCE_MS,
      });
      client.on('error', () => this.again.abort());
      client.on('end', () => this.again.abort());
      try {
        await this.hold(client, () => (waitMs = RETRY_MS.first));
      } catch (error) {
        this.o.log.warn({ err: error, retryInMs: waitMs }, 'the connection of the publisher of settings broke');
      }
      const wasMine = this.mine;
      this.mine = this.another = false;
      this.client = undefined;
      if (wasMine) this.o.onChanged();
      await client.end().catch(() => undefined);
      await pause(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async hold(client: pg.Client, onOpen: () => void): Promise<void> {
    await client.connect();
    client.on('notification', ({ channel }) => {
      if (channel === CHANGED_CHANNEL) this.o.onChanged();
      else if (channel === PUBLISHED_CHANNEL) this.o.onPublished();
      else this.again.abort();
    });
    for (const channel of [CHANGED_CHANNEL, PUBLISHED_CHANNEL, FREE_CHANNEL]) await client.query(`LISTEN ${channel}`);
    this.client = client;
    onOpen();
    while (!this.stopping.signal.aborted) {
      this.again = new AbortController();
      if (this.mine) await client.query('SELECT 1');
      else await this.tryFor(client);
      await pause(TRY_EVERY_MS, undefined, { signal: this.again.signal }).catch(() => undefined);
    }
    if (this.mine) await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0)), pg_notify($2, $3)', [LOCK, FREE_CHANNEL, '']);
  }

  private async tryFor(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [LOCK]);
    this.mine = rows[0]?.mine === true;
    this.another = !this.mine;
    if (this.mine) {
      this.o.log.info({}, 'this replica publishes the settings');
      this.o.onChanged();
    }
  }
}
