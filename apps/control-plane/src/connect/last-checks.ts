import { createHash } from 'node:crypto';
import type { BotSettings } from '@baton/contracts';
import type { Findings } from '@baton/control-api';
import type { DataSource } from 'typeorm';

type Connection = NonNullable<BotSettings['crisp']>;

export interface LastCheck {
  readonly at: Date;
  readonly findings: Findings;
}

/** What the last check of each connection found: it holds for that connection only, not for one with another token. */
export class LastChecks {
  constructor(private readonly dataSource: DataSource) {}

  async keep(botId: string, connection: Connection, check: LastCheck): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO crisp_checks (bot_id, connection, at, findings) VALUES ($1, $2, $3, $4)
       ON CONFLICT (bot_id) DO UPDATE SET connection = excluded.connection, at = excluded.at, findings = excluded.findings
       WHERE crisp_checks.at <= excluded.at`,
      [botId, nameOf(connection), check.at, JSON.stringify(check.findings)],
    );
  }

  async of(bots: readonly { readonly botId: string; readonly crisp: Connection }[]): Promise<ReadonlyMap<string, LastCheck>> {
    const rows: (LastCheck & { botId: string; connection: string })[] = await this.dataSource.query(
      'SELECT bot_id AS "botId", connection, at, findings FROM crisp_checks WHERE bot_id = ANY($1)',
      [bots.map(({ botId }) => botId)],
    );
    const found = new Map(rows.map((row) => [row.botId, row]));
    const current = bots.filter(({ botId, crisp }) => found.get(botId)?.connection === nameOf(crisp));
    return new Map(current.map(({ botId }) => [botId, found.get(botId)!]));
  }
}

/** Another one when the website or the token is. */
function nameOf({ websiteId, tier, apiUrl, tokenId, tokenKey }: Connection): string {
  return createHash('sha256')
    .update(JSON.stringify([websiteId, tier, apiUrl, tokenId, tokenKey]))
    .digest('hex');
}
