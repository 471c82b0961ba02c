import { derivedId } from '@baton/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { readHistoryToken, signHistoryToken } from './history-token.js';

export interface HistoryLinkOptions {
  readonly dataSource: DataSource;
  /** 32 bytes. */
  readonly key: Buffer;
  /** Where this service is reached from outside, without a slash at its end. */
  readonly publicUrl: string;
}

export type OpenedLink =
  | { readonly is: 'open'; readonly linkId: string; readonly conversationId: string; readonly expiresAt: Date }
  | { readonly is: 'expired' | 'revoked'; readonly linkId: string }
  /** We did not make it, or do not know it (any more): one answer for both. */
  | { readonly is: 'unknown' };

interface LinkRow {
  readonly conversation_id: string;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

/** Links to the whole conversation: one for each handover, signed, expiring, and revocable at any time. */
export class HistoryLinks {
  constructor(private readonly options: HistoryLinkOptions) {}

  /** The link of a handover: asked again, it is the same one. */
  async linkFor(of: { conversationId: string; handoverId: string }, days: number, now: number): Promise<string> {
    const { dataSource, key, publicUrl } = this.options;
    const linkId = derivedId('history-link', of.handoverId);
    const expiresAt = new Date(Math.ceil(now / 1_000) * 1_000 + days * 86_400_000);
    await dataSource.query(
      'INSERT INTO history_links (id, conversation_id, handover_id, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING',
      [linkId, of.conversationId, of.handoverId, expiresAt],
    );
    const rows: LinkRow[] = await dataSource.query('SELECT conversation_id, expires_at, revoked_at FROM history_links WHERE id = $1', [
      linkId,
    ]);
    const until = rows[0]?.expires_at ?? expiresAt;
    return `${publicUrl}/history/${signHistoryToken(key, { linkId, expiresAt: Math.floor(until.getTime() / 1_000) })}`;
  }

  async open(token: string, now: number): Promise<OpenedLink> {
    const pass = readHistoryToken(this.options.key, token);
    if (!pass) return { is: 'unknown' };
    const rows: LinkRow[] = await this.options.dataSource.query(
      'SELECT conversation_id, expires_at, revoked_at FROM history_links WHERE id = $1',
      [pass.linkId],
    );
    const row = rows[0];
    if (!row) return { is: 'unknown' };
    const { linkId } = pass;
    if (row.revoked_at) return { is: 'revoked', linkId };
    if (Math.min(pass.expiresAt * 1_000, row.expires_at.getTime()) <= now) return { is: 'expired', linkId };
    return { is: 'open', linkId, conversationId: row.conversation_id, expiresAt: row.expires_at };
  }

  /** Notes who read: the answer given and the reader's network, never a whole address. */
  async noteAccess(linkId: string, answer: string, address: string | undefined): Promise<void> {
    await this.options.dataSource.query('INSERT INTO history_accesses (link_id, answer, network) VALUES ($1, $2, $3)', [
      linkId,
      answer,
      networkOf(address),
    ]);
  }

  /** From now on no link to this conversation opens; returns how many were taken back. */
  async revoke(conversationId: string, manager: Pick<EntityManager, 'query'> = this.options.dataSource): Promise<number> {
    const rows: unknown[] = await manager.query(
      'WITH revoked AS (UPDATE history_links SET revoked_at = now() WHERE conversation_id = $1 AND revoked_at IS NULL RETURNING id) SELECT id FROM revoked',
      [conversationId],
    );
    return rows.length;
  }
}

/** The first three numbers of an IPv4 address, the first three groups of an IPv6 one. */
export function networkOf(address: string | undefined): string | null {
  if (!address) return null;
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes('.') ? plain.split('.').slice(0, 3).join('.') : plain.split(':').slice(0, 3).join(':');
}
