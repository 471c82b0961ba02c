import { createHash } from 'node:crypto';
import type { BotSettings } from '@baton/contracts';
import { CrispClient, CrispError } from '@baton/crisp';
import type { DataSource } from 'typeorm';
import type { TokenSeen, TokenState } from '../alarms/snapshot.js';
import { ApiRefusal } from '../api/problem.js';
import type { Services } from '../services/services.js';

/** A token that works is tried so often (ms): about a hundred calls of its day. */
const EVERY_MS = 15 * 60_000;
/** One that does not, or of which nobody knows, so often (ms). */
const AGAIN_MS = 2 * 60_000;
const AT_ONCE = 4;

/** A bot with a connection to Crisp. */
export interface ConnectedBot {
  readonly botId: string;
  readonly workspaceId: string;
  readonly crisp: NonNullable<BotSettings['crisp']>;
}

interface Row {
  readonly botId: string;
  readonly mark: string;
  readonly state: TokenState;
  readonly since: Date;
  readonly triedAt: Date;
}

/** Tries the token of each connection with one cheap call now and then, and right after it was set. */
export class TryTokens {
  constructor(
    private readonly o: {
      readonly dataSource: DataSource;
      readonly services: Pick<Services, 'json'>;
      /** @throws when the secret cannot be opened */
      readonly open: (botId: string, sealed: string) => string;
      readonly now?: () => Date;
    },
  ) {}

  /** Tries those that are due, and tells how it stands with all. */
  async run(bots: readonly ConnectedBot[]): Promise<TokenSeen[]> {
    const { dataSource } = this.o;
    await dataSource.query('DELETE FROM crisp_tokens WHERE bot_id <> ALL($1::text[])', [bots.map(({ botId }) => botId)]);
    const rows = new Map((await this.rows()).map((row) => [row.botId, row]));
    const due = bots.filter((bot) => isDue(rows.get(bot.botId), markOf(bot), this.now().getTime()));
    for (let at = 0; at < due.length; at += AT_ONCE) await Promise.all(due.slice(at, at + AT_ONCE).map((bot) => this.try(bot)));
    const now = due.length === 0 ? rows : new Map((await this.rows()).map((row) => [row.botId, row]));
    return bots.flatMap(({ botId, workspaceId, crisp }) => {
      const row = now.get(botId);
      const { websiteId } = crisp;
      return row
        ? [{ botId, workspaceId, websiteId, state: row.state, at: row.triedAt.toISOString(), since: row.since.toISOString() }]
        : [];
    });
  }

  private async try(bot: ConnectedBot): Promise<void> {
    const state = await this.stateOf(bot);
    await this.o.dataSource.query(
      `INSERT INTO crisp_tokens AS t (bot_id, mark, state, since, tried_at) VALUES ($1, $2, $3, $4, $4)
       ON CONFLICT (bot_id) DO UPDATE SET mark = $2, state = $3, tried_at = $4,
         since = CASE WHEN t.state = $3 AND t.mark = $2 THEN t.since ELSE $4 END`,
      [bot.botId, markOf(bot), state, this.now()],
    );
  }

  private async stateOf({ botId, workspaceId, crisp }: ConnectedBot): Promise<TokenState> {
    const { apiUrl, tier, tokenId, tokenKey, websiteId } = crisp;
    let key: string;
    try {
      key = this.o.open(botId, tokenKey);
    } catch {
      return 'unreadable';
    }
    let calls = 0;
    try {
      await new CrispClient({ apiUrl, tier, tokenId, tokenKey: key, onAnswer: () => void (calls += 1) }).getWebsite(websiteId);
      return 'taken';
    } catch (error) {
      return tokenStateOf(error);
    } finally {
      if (calls > 0) await this.count(workspaceId, botId, calls);
    }
  }

  /** These calls are part of the token's day, too; when the orchestrator is away, a handful is not counted. */
  private async count(workspaceId: string, botId: string, calls: number): Promise<void> {
    const pass = { workspaceId, errand: 'operations', may: 'write', by: 'baton' } as const;
    try {
      await this.o.services.json('orchestrator', pass, { method: 'POST', path: '/signals/crisp-calls', body: { botId, calls } });
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
    }
  }

  private rows(): Promise<Row[]> {
    return this.o.dataSource.query(`SELECT bot_id AS "botId", mark, state, since, tried_at AS "triedAt" FROM crisp_tokens`);
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}

/** What an answer of Crisp's says of the token. */
export function tokenStateOf(error: unknown): TokenState {
  if (!(error instanceof CrispError)) return 'no-answer';
  const { code, reason } = error;
  if (code === 'crisp.rate-limited') return 'limited';
  if (reason === 'not_subscribed' || reason === 'website_not_found' || code === 'crisp.not-found') return 'not-bound';
  // Whoever is told that he may not read this was known: what a token lacks, the check of the connection says.
  if (reason === 'not_allowed' || reason === 'restricted_route_tier') return 'taken';
  return code === 'crisp.unauthorized' ? 'refused' : 'no-answer';
}

/** @param now ms */
export function isDue(row: Pick<Row, 'mark' | 'state' | 'triedAt'> | undefined, mark: string, now: number): boolean {
  if (row?.mark !== mark) return true;
  return now - row.triedAt.getTime() >= (row.state === 'taken' ? EVERY_MS : AGAIN_MS);
}

/** Another one when the connection is another one. */
function markOf({ crisp: { apiUrl, tier, tokenId, tokenKey, websiteId } }: ConnectedBot): string {
  return createHash('sha256')
    .update(JSON.stringify([apiUrl, tier, tokenId, tokenKey, websiteId]))
    .digest('hex')
    .slice(0, 16);
}
