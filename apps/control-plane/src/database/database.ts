import { setTimeout as pause } from 'node:timers/promises';
import { createDataSource } from '@baton/persistence';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';

export const SCHEMA = 'control_plane';
const RETRY_MS = { first: 250, cap: 5_000 };
const POOL_SIZE = 8;

/** The database of the control plane: waits for it however long it takes. */
export class Database {
  readonly dataSource: DataSource;
  private readonly stopping = new AbortController();
  private opening: Promise<void> | undefined;
  private lastError = '';

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
  }

  /** Why it cannot be used, in words for a readiness check. */
  get notOpen(): string | undefined {
    return this.dataSource.isInitialized ? undefined : `Postgres cannot be reached yet${this.lastError}`;
  }

  /** Resolves when it is there, or when it is no longer wanted. */
  open(): Promise<void> {
    return (this.opening ??= this.tryToOpen());
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.opening;
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async tryToOpen(): Promise<void> {
    for (let waitMs = RETRY_MS.first; !this.stopping.signal.aborted; waitMs = Math.min(waitMs * 2, RETRY_MS.cap)) {
      try {
        await this.dataSource.initialize();
        return;
      } catch (error) {
        this.lastError = `: ${error instanceof Error ? error.message : String(error)}`;
        this.logger.warn({ err: error, retryInMs: waitMs }, 'Postgres cannot be reached yet');
        await pause(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }
}
