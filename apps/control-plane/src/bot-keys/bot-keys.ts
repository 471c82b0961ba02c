import { createHash, randomBytes } from 'node:crypto';
import { MOST_BOT_KEYS } from '@baton/control-api';
import type { Author, BotKey } from '@baton/control-api';
import type { DataSource } from 'typeorm';
import { ApiRefusal } from '../api/problem.js';
import { liveBot } from '../bots/live-bot.js';
import type { Documents } from '../documents/documents.js';
import { addressOf } from '../documents/versions.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';

const PUBLISHED_WITHIN_MS = 3_000;
const FINGERPRINT_LENGTH = 12;

interface Named {
  readonly hash: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly createdBy: Author;
}

interface OfBot {
  readonly workspaceId: string;
  readonly botId: string;
  /** The network address it comes from, for the audit log. */
  readonly address?: string | undefined;
}

/** The keys with which bots' programs call our HTTP interface. A bot's document has their hashes, whatever made them. */
export class BotKeys {
  constructor(
    private readonly o: {
      readonly dataSource: DataSource;
      readonly documents: Documents;
      readonly publishing: PublishDocuments;
      readonly now?: () => Date;
    },
  ) {}

  /** @throws ApiRefusal where this workspace has no such bot */
  async list({ workspaceId, botId }: OfBot): Promise<{ items: BotKey[] }> {
    const bot = liveBot(await this.o.documents.find('bot', botId), workspaceId);
    const named: Named[] = await this.o.dataSource.query(
      'SELECT hash, name, created_at AS "createdAt", created_by AS "createdBy" FROM bot_keys WHERE bot_id = $1',
      [botId],
    );
    const names = new Map(named.map((one) => [one.hash, one]));
    return { items: bot.body.apiKeyHashes.map((hash) => shown(hash, names.get(hash))) };
  }

  /** @returns the key itself, which nobody can read again */
  async create({ workspaceId, botId, name, by, address }: OfBot & { readonly name: string; readonly by: Author }) {
    const key = `bot_${randomBytes(32).toString('base64url')}`;
    const hash = createHash('sha256').update(key).digest('hex');
    const createdAt = this.now();
    await this.o.documents.change({ kind: 'bot', id: botId, by, at: createdAt, ...addressOf({ address }) }, async (before, manager) => {
      const { body } = liveBot(before, workspaceId);
      if (body.apiKeyHashes.length >= MOST_BOT_KEYS)
        throw new ApiRefusal('conflict', `A bot has ${MOST_BOT_KEYS} keys at most. Take one away that is no longer used.`);
      await manager.query('INSERT INTO bot_keys (bot_id, hash, name, created_at, created_by) VALUES ($1, $2, $3, $4, $5)', [
        ...[botId, hash, name, createdAt, JSON.stringify(by)],
      ]);
      return { workspaceId, body: { ...body, apiKeyHashes: [...body.apiKeyHashes, hash] }, cause: 'key-created' };
    });
    return { ...shown(hash, { hash, name, createdAt, createdBy: by }), key, published: await this.published() };
  }

  /** @throws ApiRefusal where the bot has no such key */
  async delete({
    workspaceId,
    botId,
    fingerprint,
    by,
    address,
  }: OfBot & { readonly fingerprint: string; readonly by: Author }): Promise<void> {
    await this.o.documents.change({ kind: 'bot', id: botId, by, at: this.now(), ...addressOf({ address }) }, async (before, manager) => {
      const { body } = liveBot(before, workspaceId);
      const apiKeyHashes = body.apiKeyHashes.filter((hash) => fingerprintOf(hash) !== fingerprint);
      if (apiKeyHashes.length === body.apiKeyHashes.length) throw new ApiRefusal('not-found', 'This bot has no such key (any more).');
      await manager.query('DELETE FROM bot_keys WHERE bot_id = $1 AND left(hash, $2) = $3', [botId, FINGERPRINT_LENGTH, fingerprint]);
      return { workspaceId, body: { ...body, apiKeyHashes }, cause: 'key-revoked' };
    });
    await this.published();
  }

  private async published(): Promise<boolean> {
    await this.o.publishing.refresh();
    return this.o.publishing.published(PUBLISHED_WITHIN_MS);
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}

function shown(hash: string, named: Named | undefined): BotKey {
  return {
    fingerprint: fingerprintOf(hash),
    name: named?.name ?? null,
    createdAt: named ? new Date(named.createdAt).toISOString() : null,
    createdBy: named?.createdBy ?? null,
  };
}

/** Of a key's hash, which is public inside of the installation and leads back to no key. */
function fingerprintOf(hash: string): string {
  return hash.slice(0, FINGERPRINT_LENGTH);
}
