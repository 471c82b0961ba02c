import { setTimeout as pause } from 'node:timers/promises';
import type { SecretKeys } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import type { Documents } from '../documents/documents.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import { applyFile } from './apply-file.js';
import type { SettingsFile } from './file-schema.js';
import { loadSettings, WrongSettings } from './load-settings.js';
import { watchFile } from './watch-file.js';

const RETRY_MS = { first: 250, cap: 5_000 };
/** For what another replica changed. */
const LOOK_EVERY_MS = 10_000;

export interface FollowFileOptions {
  /** Absent where there is no settings file: then the documents alone are published. */
  readonly path: string | undefined;
  readonly first: SettingsFile | undefined;
  readonly documents: Documents;
  readonly dataSource: DataSource;
  readonly publishing: PublishDocuments;
  readonly keys: Required<SecretKeys>;
  readonly log: Logger;
}

/** Takes the settings file over when it changes, and has the documents published, however often Postgres is away. */
export class FollowFile {
  private readonly stopping = new AbortController();
  private wanted: SettingsFile | undefined;
  private working: Promise<void> | undefined;
  private waiting = new AbortController();
  private unwatch: () => void = () => undefined;

  constructor(private readonly o: FollowFileOptions) {
    this.wanted = o.first;
  }

  start(): void {
    const { path } = this.o;
    if (path !== undefined) this.unwatch = watchFile(path, () => void this.reload(path));
    this.working = this.work();
  }

  async stop(): Promise<void> {
    this.unwatch();
    this.stopping.abort();
    this.waiting.abort();
    await this.working;
  }

  private async reload(path: string): Promise<void> {
    try {
      this.wanted = await loadSettings(path, process.env);
      this.waiting.abort();
    } catch (error) {
      if (!(error instanceof WrongSettings)) throw error;
      for (const sentence of error.sentences) this.o.log.error(`the changed settings are not taken, those of before stay: ${sentence}`);
    }
  }

  private async work(): Promise<void> {
    let retryMs = RETRY_MS.first;
    while (!this.stopping.signal.aborted) {
      this.waiting = new AbortController();
      let waitMs = LOOK_EVERY_MS;
      try {
        await this.once();
        retryMs = RETRY_MS.first;
      } catch (error) {
        this.o.log.warn({ err: error, retryInMs: retryMs }, 'the settings could not be taken over');
        waitMs = retryMs;
        retryMs = Math.min(retryMs * 2, RETRY_MS.cap);
      }
      await pause(waitMs, undefined, { signal: this.waiting.signal }).catch(() => undefined);
    }
  }

  private async once(): Promise<void> {
    const file = this.wanted;
    if (file) {
      const { documents, dataSource, keys, log } = this.o;
      const refused = (sentence: string) => log.error(`an entry of the settings file is not taken, what was there stays: ${sentence}`);
      const changed = await applyFile(file, { documents, dataSource, keys, now: new Date(), refused });
      if (this.wanted === file) this.wanted = undefined;
      if (changed > 0) log.info({ changed }, 'the settings file was taken over');
    }
    await this.o.publishing.refresh();
  }
}
