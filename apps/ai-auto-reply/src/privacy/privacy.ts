import { CrispError } from '@baton/crisp';
import type { CrispConnections } from '@baton/crisp';
import { MOST_OF_ONE } from '@baton/passes';
import type { Erase, Erased, Found, PersonKnownBy, Subjects } from '@baton/passes';
import { HELD_OF_CONVERSATIONS, SESSION_IS_HELD, stillPast } from '@baton/persistence/retention';
import type { HeldOfConversations } from '@baton/persistence/retention';
import type { SettingsStore } from '@baton/settings';
import type { DataSource, EntityManager } from 'typeorm';
import { freshSession, stateOf } from '../inbox/session.js';
import type { Session } from '../inbox/session.js';

/** $2: the address. */
const HAS_EMAIL = `EXISTS (SELECT FROM jsonb_array_elements_text(coalesce(session #> '{visitor,emails}', '[]')) AS email
  WHERE lower(email) = lower($2))`;

/** What the AI remembers of one person of a workspace: talks of channels, sessions of Crisp's chat box, receipts of answers. */
export class Privacy {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: Pick<SettingsStore, 'botIdsOf'>,
    private readonly connections: Pick<CrispConnections, 'of'>,
  ) {}

  /** Talks are found by the orchestrator; sessions here, page by page, by their id or by the address that Crisp knew. */
  async find(workspaceId: string, { by, value }: PersonKnownBy, after?: string): Promise<Found> {
    if (by !== 'crisp-session' && by !== 'email') return { conversations: [], sessions: [] };
    const whose = by === 'email' ? HAS_EMAIL : 'session_id = $2';
    const rows: (Found['sessions'][number] & { until: Date })[] = await this.dataSource.query(
      `SELECT website_id AS "websiteId", session_id AS "sessionId", bot_id AS "botId", touched_at AS until FROM inbox_sessions
       WHERE workspace_id = $1 AND ${SESSION_IS_HELD} AND (${whose}) AND session_id > $3 ORDER BY session_id LIMIT ${MOST_OF_ONE}`,
      [workspaceId, value, after ?? ''],
    );
    const sessions = rows.map((row) => ({ ...row, until: row.until.toISOString() }));
    const last = sessions.length < MOST_OF_ONE ? undefined : sessions.at(-1);
    return { conversations: [], sessions, ...(last && { next: last.sessionId }) };
  }

  async export(workspaceId: string, { conversationIds, sessionIds }: Subjects): Promise<object> {
    const of = (table: string, key: string, ids: readonly string[], also: string): Promise<{ row: object }[]> =>
      this.dataSource.query(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${key}::text = ANY($1::text[]) AND ${also}`, [
        ids,
        also.includes('workspace_id') ? workspaceId : this.settings.botIdsOf(workspaceId),
      ]);
    const [talks, sessions, receipts] = await Promise.all([
      of('talks', 'conversation_id', conversationIds, 'bot_id = ANY($2)'),
      of('inbox_sessions', 'session_id', sessionIds, 'workspace_id = $2'),
      of('receipts', 'talk_id', [...conversationIds, ...sessionIds], 'workspace_id = $2'),
    ]);
    const rows = (all: readonly { row: object }[]) => all.map(({ row }) => row);
    return { talks: rows(talks), sessions: rows(sessions), receipts: rows(receipts) };
  }

  /** @param only those in which nothing was said since `at`, when that is why they are erased */
  async erase(workspaceId: string, { conversationIds, sessionIds, at, atCrisp, numbering }: Erase, only?: 'past'): Promise<Erased> {
    let rows = 0;
    const bots = this.settings.botIdsOf(workspaceId);
    for (const id of conversationIds) {
      const { turn = 0, epoch = 0 } = numbering.find(({ conversationId }) => conversationId === id) ?? {};
      rows += await this.dataSource.transaction((manager) => eraseTalk(manager, { id, workspaceId, bots, turn, epoch, at, only }));
    }
    const crisp: Erased['crisp'] = [];
    for (const id of sessionIds) crisp.push(...(await this.atCrisp(workspaceId, id, atCrisp)));
    for (const id of sessionIds)
      rows += await this.dataSource.transaction((manager) => eraseSession(manager, { id, workspaceId, at, only }));
    return { rows, crisp, numbering: [] };
  }

  /** One that is not there any more is deleted, too. */
  private async atCrisp(workspaceId: string, id: string, isWanted: boolean): Promise<Erased['crisp']> {
    const [row]: { websiteId: string; sessionId: string; botId: string }[] = await this.dataSource.query(
      `SELECT website_id AS "websiteId", session_id AS "sessionId", bot_id AS "botId" FROM inbox_sessions
       WHERE session_id = $1 AND workspace_id = $2 AND ${SESSION_IS_HELD}`,
      [id, workspaceId],
    );
    if (!row) return [];
    const { websiteId, sessionId, botId } = row;
    const connection = isWanted ? this.connections.of(websiteId, botId) : null;
    try {
      await connection?.client.removeConversation({ websiteId, sessionId });
      return [{ websiteId, sessionId, deleted: !!connection }];
    } catch (error) {
      if (!(error instanceof CrispError)) throw error;
      return [{ websiteId, sessionId, deleted: error.code === 'crisp.not-found' }];
    }
  }
}

const count = async (manager: EntityManager, statement: string, values: unknown[]): Promise<number> =>
  ((await manager.query(statement, values)) as [unknown, number])[1];

interface Erasing {
  readonly id: string;
  readonly workspaceId: string;
  readonly at: string;
  readonly only: 'past' | undefined;
}

const { talks, sessions } = HELD_OF_CONVERSATIONS;

/** Somebody said something in it since, or it is nobody's. */
async function isAlive(manager: EntityManager, held: HeldOfConversations, whose: unknown, { id, at }: Erasing): Promise<boolean> {
  return ((await manager.query(stillPast(held), [whose, at, id])) as unknown[]).length === 0;
}

/** Its numbering stays: turns of before are not taken for new. */
async function eraseTalk(
  manager: EntityManager,
  o: Erasing & { readonly bots: readonly string[]; readonly turn: number; readonly epoch: number },
): Promise<number> {
  const known: unknown[] = await manager.query('SELECT 1 FROM talks WHERE conversation_id = $1 AND bot_id = ANY($2) FOR UPDATE', [
    o.id,
    o.bots,
  ]);
  if (o.only && (await isAlive(manager, talks, o.bots, o))) return 0;
  const receipts = await count(manager, 'DELETE FROM receipts WHERE talk_id = $1 AND workspace_id = $2', [o.id, o.workspaceId]);
  if (known.length === 0) return receipts;
  await manager.query(
    `UPDATE talks SET due_at = NULL, leased_by = NULL, leased_until = NULL, attempts = 0, state = jsonb_build_object(
       'turn', greatest((state ->> 'turn')::integer, $2::integer), 'answered', greatest((state ->> 'answered')::integer, $2::integer),
       'epoch', greatest((state ->> 'epoch')::integer, $3::integer), 'generation', coalesce((state ->> 'generation')::integer, 0) + 1)
     WHERE conversation_id = $1`,
    [o.id, o.turn, o.epoch],
  );
  return receipts + 1;
}

/**
 * What is told of it later and happened before is passed over. Whether the assistant may speak in it stays as agents and handovers said;
 * who comes back is read anew, without the lines of before.
 */
async function eraseSession(manager: EntityManager, o: Erasing): Promise<number> {
  const [row]: { session: Session }[] = await manager.query(
    'SELECT session FROM inbox_sessions WHERE session_id = $1 AND workspace_id = $2 FOR NO KEY UPDATE',
    [o.id, o.workspaceId],
  );
  if (o.only && (await isAlive(manager, sessions, o.workspaceId, o))) return 0;
  const receipts = await count(manager, 'DELETE FROM receipts WHERE talk_id = $1 AND workspace_id = $2', [o.id, o.workspaceId]);
  if (!row) return receipts;
  const { session } = row;
  const effects = await count(manager, `DELETE FROM effects WHERE lane = $1 OR payload ->> 'sessionId' = $1`, [o.id]);
  await manager.query('DELETE FROM effect_lanes WHERE lane = $1', [o.id]);
  const { handover, removed, onAt, offAt, epoch } = session;
  const said = { ...freshSession(session), handover, removed, onAt, offAt };
  const left: Session = { ...said, epoch: epoch + 1, erasedAt: Date.parse(o.at) };
  await manager.query(
    `UPDATE inbox_sessions SET state = $2, epoch = $3, due_at = NULL, lease_owner = NULL, lease_until = NULL, session = $4 WHERE session_id = $1`,
    [o.id, stateOf(left), left.epoch, JSON.stringify(left)],
  );
  return receipts + effects + 1;
}
