import { setTimeout as pause } from 'node:timers/promises';
import { createDataSource } from '@baton/persistence';
import type { Logger } from '@baton/telemetry';
import { ConnectionStore } from './connection-store.js';
import { SCHEMA } from './connections.migration.js';

const RETRY_MS = { first: 250, cap: 5_000 };
/** For secrets whose time is over, and for what another process changed. */
const LOOK_EVERY_MS = 10_000;
const POOL_SIZE = 3;

/** The database of the connections: waits for it, looks at it now and then, and lets go of it. */
export class Connections {
  readonly store: ConnectionStore;
  private readonly dataSource;
  private readonly stopping = new AbortController();
  private looking: Promise<void> | undefined;
  private lastError = '';
  private wasRead = false;

  constructor(
    url: string,
    instance: string,
    private readonly logger: Logger,
  ) {
    this.dataSource = createDataSource({
      url,
      schema: SCHEMA,
      applicationName: `control-plane-${instance}`,
      poolSize: POOL_SIZE,
      onPoolError: (err) => logger.warn({ err }, 'a connection to Postgres broke'),
    });
    this.store = new ConnectionStore(this.dataSource);
  }

  /** Why the connections are not known, in words for a readiness check. */
  get notRead(): string | undefined {
    return this.wasRead ? undefined : `the connections could not be read from the database yet${this.lastError}`;
  }

  /** Calls `refresh` when the database is there, and every few seconds from then on. */
  start(refresh: () => Promise<void>): void {
    this.looking = this.look(refresh);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.looking;
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async look(refresh: () => Promise<void>): Promise<void> {
    let waitMs = RETRY_MS.first;
    while (!this.stopping.signal.aborted) {
      try {
        if (!this.dataSource.isInitialized) await this.dataSource.initialize();
        await refresh();
        this.wasRead = true;
        waitMs = LOOK_EVERY_MS;
      } catch (error) {
        this.lastError = `: ${error instanceof Error ? error.message : String(error)}`;
        this.logger.warn({ err: error, retryInMs: waitMs }, 'the connections could not be read');
        waitMs = Math.min(waitMs === LOOK_EVERY_MS ? RETRY_MS.first : waitMs * 2, RETRY_MS.cap);
      }
      await pause(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
