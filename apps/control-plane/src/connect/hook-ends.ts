import { setTimeout as pause } from 'node:timers/promises';
import type { Author } from '@baton/control-api';
import { LIMITS, pastMoment } from '@baton/persistence/retention';
import { botSettingId, open, SecretError } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { DataSource, EntityManager } from 'typeorm';
import type { Documents } from '../documents/documents.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import { hashOfSecret, withoutEnded } from './hook-secrets.js';

const BY: Author = { kind: 'baton', name: 'Baton' };
const LOOK_EVERY_MS = 2_000;

export interface HookEndsOptions {
  readonly dataSource: DataSource;
  readonly documents: Documents;
  readonly publishing: PublishDocuments;
  readonly keys: Required<SecretKeys>;
  readonly log: Logger;
  readonly now?: () => Date;
}

/** When old secrets of web hooks end, and the timer that takes them out of the documents: any replica may, one does. */
export class HookEnds {
  private readonly stopping = new AbortController();
  private working: Promise<void> | undefined;

  constructor(private readonly o: HookEndsOptions) {}

  /** Part of the change that rotates. */
  async remember(manager: EntityManager, botId: string, sealed: string, endsAt: Date): Promise<void> {
    const hash = this.hashOf(botId, sealed);
    if (hash === undefined) return;
    await manager.query(
      `INSERT INTO hook_secret_ends (bot_id, secret_hash, ends_at) VALUES ($1, $2, $3)
       ON CONFLICT (bot_id, secret_hash) DO UPDATE SET ends_at = excluded.ends_at`,
      [botId, hash, endsAt],
    );
  }

  /** When the old secret of each of these bots ends; absent for bots without one. */
  async of(botIds: readonly string[], secretsOf: (botId: string) => readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const rows: { botId: string; hash: string; endsAt: Date }[] = await this.o.dataSource.query(
      'SELECT bot_id AS "botId", secret_hash AS hash, ends_at AS "endsAt" FROM hook_secret_ends WHERE bot_id = ANY($1)',
      [botIds],
    );
    const ends = new Map<string, Date>();
    for (const { botId, hash, endsAt } of rows) {
      const old = secretsOf(botId).slice(1);
      if (old.some((sealed) => this.hashOf(botId, sealed) === hash)) ends.set(botId, endsAt);
    }
    return ends;
  }

  /** Takes out what has ended by now. @returns the bots that lost a secret */
  async endNow(): Promise<string[]> {
    const now = this.o.now?.() ?? new Date();
    const due: { botId: string }[] = await this.o.dataSource.query(
      `SELECT DISTINCT e.bot_id AS "botId" FROM hook_secret_ends e
       JOIN documents d ON d.kind = 'bot' AND d.id = e.bot_id AND jsonb_array_length(d.body->'crisp'->'hookSecrets') > 1
       WHERE e.ends_at <= $1`,
      [now],
    );
    const changed: string[] = [];
    for (const { botId } of due) if (await this.endFor(botId, now)) changed.push(botId);
    if (changed.length > 0) await this.o.publishing.refresh();
    return changed;
  }

  start(): void {
    this.working ??= this.work();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private async endFor(botId: string, now: Date): Promise<boolean> {
    let ended = false;
    await this.o.documents.change({ kind: 'bot', id: botId, by: BY, at: now }, async (before, manager) => {
      const crisp = before?.body?.crisp;
      if (!crisp) return undefined;
      const rows: { hash: string }[] = await manager.query(
        'SELECT secret_hash AS hash FROM hook_secret_ends WHERE bot_id = $1 AND ends_at <= $2',
        [botId, now],
      );
      const hashes = new Set(rows.map(({ hash }) => hash));
      const hookSecrets = withoutEnded(crisp.hookSecrets, (sealed) => hashes.has(this.hashOf(botId, sealed) ?? ''));
      if (hookSecrets.length === crisp.hookSecrets.length) return undefined;
      ended = true;
      return { workspaceId: before.workspaceId, body: { ...before.body!, crisp: { ...crisp, hookSecrets } }, cause: 'secret-ended' };
    });
    return ended;
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        for (const botId of await this.endNow()) this.o.log.info({ botId }, 'the old secret of a web hook has ended');
        await this.forget();
      } catch (error) {
        this.o.log.warn({ err: error }, 'secrets of web hooks that ended could not be taken out');
      }
      await pause(LOOK_EVERY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private forget(): Promise<unknown> {
    // Remembered long, so that a rollback does not bring it back unseen.
    const before = pastMoment(LIMITS.control_plane.hookSecrets, this.o.now?.() ?? new Date());
    return this.o.dataSource.query('DELETE FROM hook_secret_ends WHERE ends_at < $1', [before]);
  }

  /** Undefined for one that was sealed with a key that is not ours. */
  private hashOf(botId: string, sealed: string): string | undefined {
    try {
      return hashOfSecret(open(botSettingId(botId), this.o.keys, sealed));
    } catch (error) {
      if (error instanceof SecretError) return undefined;
      throw error;
    }
  }
}
