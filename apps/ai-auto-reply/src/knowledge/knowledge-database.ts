import { setTimeout as pause } from 'node:timers/promises';
import { createDataSource } from '@baton/persistence';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';

export interface KnowledgeDatabaseOptions {
  readonly url: string;
  readonly schema: string;
  readonly poolSize: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

const RETRY_MS = { first: 250, cap: 10_000 };

/**
 * The data source of chunks and their index, apart from the service's own: nothing else lies there. Until it is open every question to it
 * fails as transient, and the service goes on without: it says that it has trouble, and hands over to humans.
 */
export class KnowledgeDatabase {
  readonly dataSource: DataSource;
  private readonly stopping = new AbortController();
  private opening: Promise<void> | undefined;

  constructor(private readonly o: KnowledgeDatabaseOptions) {
    const { log, ...database } = o;
    this.dataSource = createDataSource({
      ...database,
      applicationName: 'ai-auto-reply-knowledge',
      onPoolError: (err) => log.warn({ err }, 'a connection to the knowledge database broke'),
    });
  }

  /** Once open it stays so: connections that break are replaced. */
  get isOpen(): boolean {
    return this.dataSource.isInitialized;
  }

  /** Resolves when it is open or closed, however long the database takes to come; never rejects. */
  open(): Promise<void> {
    return (this.opening ??= this.keepOpening());
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.opening;
    if (this.isOpen) await this.dataSource.destroy();
  }

  private async keepOpening(): Promise<void> {
    const { log } = this.o;
    const { signal } = this.stopping;
    for (let waitMs = RETRY_MS.first; !signal.aborted; waitMs = Math.min(waitMs * 2, RETRY_MS.cap)) {
      try {
        await this.dataSource.initialize();
        return log.info('the knowledge database is open');
      } catch (error) {
        log.warn({ err: error, retryInMs: waitMs }, 'the knowledge database cannot be opened yet: nothing can be answered from it');
        await pause(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
