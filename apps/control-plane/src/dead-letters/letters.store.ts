import type { Author, DeadLetterState } from '@baton/control-api';
import type { ReadLetters } from '@baton/messaging/kafka';
import { cameBackFrom } from '@baton/messaging/kafka';
import type { DataSource, EntityManager } from 'typeorm';
import { contentToKeep } from './kept-letter.js';
import type { LetterRow } from './kept-letter.js';
import { hintsOf, workspaceOf } from './whose-letter.js';
import type { KnownBot } from './whose-letter.js';

/** Whose letters are asked for: a workspace's, and where he may see them those of nobody. */
export interface Viewer {
  readonly workspaceId: string;
  readonly seesUnowned: boolean;
}

export interface LetterFilter {
  readonly state?: DeadLetterState | undefined;
  /** As on the wire. */
  readonly topic?: string | undefined;
  readonly consumer?: string | undefined;
  readonly reason?: string | undefined;
  /** Older than this one. */
  readonly before?: { readonly at: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Of a letter that nobody owns yet, what an owner may be told by. */
export interface Unowned {
  readonly id: string;
  readonly conversationId: string | null;
  readonly sessionId: string | null;
}

const ENTRY = `l.id, l.at, l.place, l.topic, l.origin_partition AS "originPartition", l.origin_offset AS "originOffset", l.consumer, l.reason, l.error,
  l.size, l.is_incomplete AS "isIncomplete", l.event_type AS "eventType", l.bot_id AS "botId", l.conversation_id AS "conversationId",
  l.workspace_id AS "workspaceId", l.state, l.changed_at AS "changedAt", l.changed_by AS "changedBy", l.replays,
  l.came_back_from AS "cameBackFrom",
  (SELECT b.id FROM dead_letters b WHERE b.came_back_from = l.id AND b.state <> 'erased' ORDER BY b.at DESC LIMIT 1) AS "cameBackAs"`;
/** Of whom $1 and $2 say that he may see them. */
const VISIBLE = `l.state <> 'erased' AND (l.workspace_id = $1 OR ($2 AND l.workspace_id IS NULL))`;

type AlsoWrite = (manager: EntityManager) => Promise<void>;

/** A claim to send a letter again is void after so long (ms): whoever made it is gone. */
const CLAIM_LASTS_MS = 30_000;
/** So often an owner is asked for, every quarter of a minute. */
const OWNER_ASKED_AT_MOST = 20;

/** The dead letters as they are kept. */
export class LettersStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Keeps what was read; what is kept already stays as it is. */
  async keep({ letters, replayed }: ReadLetters): Promise<void> {
    const bots: KnownBot[] = letters.length === 0 ? [] : await this.dataSource.query(BOTS);
    for (const letter of letters) {
      const hints = hintsOf(letter);
      const { key, headers, value, size, isIncomplete } = contentToKeep(letter);
      const at = new Date(letter.at);
      await this.dataSource.query(KEEP, [
        ...[letter.id, Number.isNaN(at.getTime()) ? new Date() : at, letter.place, letter.topic, letter.partition, letter.offset],
        ...[letter.consumer, letter.reason, letter.error, key, JSON.stringify(headers), value, size, isIncomplete],
        ...[hints.eventType, hints.botId, hints.sessionId, hints.conversationId, workspaceOf(hints, bots) ?? null],
        cameBackFrom(letter) ?? null,
      ]);
    }
    for (const { place, at } of replayed) await this.dataSource.query(NOTED, [place, at]);
  }

  list({ workspaceId, seesUnowned }: Viewer, { state, topic, consumer, reason, before, limit }: LetterFilter): Promise<LetterRow[]> {
    return this.dataSource.query(
      `SELECT ${ENTRY} FROM dead_letters l WHERE ${VISIBLE}
         AND ($3::text IS NULL OR l.state = $3) AND ($4::text IS NULL OR l.topic = $4) AND ($5::text IS NULL OR l.consumer = $5)
         AND ($6::text IS NULL OR l.reason = $6) AND ($7::timestamptz IS NULL OR (l.at, l.id) < ($7, $8::uuid))
       ORDER BY l.at DESC, l.id DESC LIMIT $9`,
      [
        workspaceId,
        seesUnowned,
        state ?? null,
        topic ?? null,
        consumer ?? null,
        reason ?? null,
        before?.at ?? null,
        before?.id ?? null,
        limit,
      ],
    );
  }

  /** How many there are of each kind. */
  groups({
    workspaceId,
    seesUnowned,
  }: Viewer): Promise<{ state: DeadLetterState; topic: string; consumer: string; reason: string; count: number }[]> {
    return this.dataSource.query(
      `SELECT l.state, l.topic, l.consumer, l.reason, count(*)::int AS count FROM dead_letters l WHERE ${VISIBLE} GROUP BY 1, 2, 3, 4`,
      [workspaceId, seesUnowned],
    );
  }

  async find({ workspaceId, seesUnowned }: Viewer, id: string): Promise<LetterRow | undefined> {
    const [row]: LetterRow[] = await this.dataSource.query(
      `SELECT ${ENTRY}, l.key, l.headers, l.value FROM dead_letters l WHERE ${VISIBLE} AND l.id = $3`,
      [workspaceId, seesUnowned, id],
    );
    return row;
  }

  /** Takes the right to send it again. @returns false when somebody does so now, or did before and `again` was not said */
  async claim(id: string, { again, now }: { readonly again: boolean; readonly now: Date }): Promise<boolean> {
    const [, count]: [unknown, number] = await this.dataSource.query(
      `UPDATE dead_letters SET claimed_at = $2 WHERE id = $1 AND state <> 'erased' AND (state <> 'replayed' OR $3)
         AND (claimed_at IS NULL OR claimed_at < $4)`,
      [id, now, again, new Date(now.getTime() - CLAIM_LASTS_MS)],
    );
    return count > 0;
  }

  /** It could not be sent. */
  async release(id: string): Promise<void> {
    await this.dataSource.query('UPDATE dead_letters SET claimed_at = NULL WHERE id = $1', [id]);
  }

  /** @param then what is written with it, in the same transaction */
  async replayed(id: string, by: Author, at: Date, then: AlsoWrite): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `UPDATE dead_letters SET state = 'replayed', replays = replays + 1, claimed_at = NULL, changed_at = $2, changed_by = $3 WHERE id = $1`,
        [id, at, JSON.stringify(by)],
      );
      await then(manager);
    });
  }

  /** @param then what is written with it, in the same transaction; nothing is when it was dismissed before */
  async dismiss(id: string, by: Author, at: Date, then: AlsoWrite): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [, count]: [unknown, number] = await manager.query(
        `UPDATE dead_letters SET state = 'dismissed', changed_at = $2, changed_by = $3 WHERE id = $1 AND state NOT IN ('dismissed', 'erased')`,
        [id, at, JSON.stringify(by)],
      );
      if (count > 0) await then(manager);
    });
  }

  /** Some that name a conversation and belong to nobody yet, and for which an owner was not asked too often. */
  unowned(limit: number): Promise<Unowned[]> {
    return this.dataSource.query(
      `SELECT id, conversation_id AS "conversationId", session_id AS "sessionId" FROM dead_letters
       WHERE workspace_id IS NULL AND state <> 'erased' AND owner_asked < $1 AND (conversation_id IS NOT NULL OR session_id IS NOT NULL)
       ORDER BY at DESC LIMIT $2`,
      [OWNER_ASKED_AT_MOST, limit],
    );
  }

  /** Everybody was asked whose these are. */
  async asked(ids: readonly string[]): Promise<void> {
    await this.dataSource.query('UPDATE dead_letters SET owner_asked = owner_asked + 1 WHERE id = ANY($1::uuid[])', [ids]);
  }

  async own(id: string, o: { readonly workspaceId: string; readonly botId: string; readonly conversationId: string }): Promise<void> {
    await this.dataSource.query(
      `UPDATE dead_letters SET workspace_id = $2, bot_id = coalesce(bot_id, $3), conversation_id = $4 WHERE id = $1 AND state <> 'erased'`,
      [id, o.workspaceId, o.botId, o.conversationId],
    );
  }

  /** How many are open in each workspace; the empty name for nobody's. */
  async openByWorkspace(): Promise<ReadonlyMap<string, number>> {
    const rows: { workspaceId: string; count: number }[] = await this.dataSource.query(
      `SELECT coalesce(workspace_id, '') AS "workspaceId", count(*)::int AS count FROM dead_letters WHERE state = 'open' GROUP BY 1`,
    );
    return new Map(rows.map(({ workspaceId, count }) => [workspaceId, count]));
  }

  /**
   * Forgets what letters say of these conversations, for good: the row stays empty, so that a letter read twice does not come back.
   * @param keys under which they are known elsewhere, such as their sessions in Crisp
   * @returns how many there were
   */
  async erase(conversationIds: readonly string[], keys: readonly string[]): Promise<number> {
    const [, count]: [unknown, number] = await this.dataSource.query(
      `UPDATE dead_letters SET state = 'erased', key = NULL, headers = '[]', value = NULL, error = '', conversation_id = NULL, session_id = NULL
       WHERE state <> 'erased' AND (conversation_id = ANY($1::uuid[]) OR session_id = ANY($2::text[]) OR key = ANY($3::bytea[]))`,
      [conversationIds, keys, [...conversationIds, ...keys].map((key) => Buffer.from(key))],
    );
    return count;
  }

  async prune(before: Date): Promise<number> {
    const [, count]: [unknown, number] = await this.dataSource.query('DELETE FROM dead_letters WHERE at < $1', [before]);
    return count;
  }
}

const BOTS = `SELECT id AS "botId", workspace_id AS "workspaceId", body -> 'crisp' ->> 'websiteId' AS "websiteId",
  body -> 'messenger' ->> 'pageId' AS "pageId" FROM documents WHERE kind = 'bot'`;

const KEEP = `INSERT INTO dead_letters (id, at, place, topic, origin_partition, origin_offset, consumer, reason, error, key, headers, value, size,
    is_incomplete, event_type, bot_id, session_id, conversation_id, workspace_id, came_back_from)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) ON CONFLICT (id) DO NOTHING`;

/** Somebody on the command line sent it again; where it was done here, that is written already. */
const NOTED = `UPDATE dead_letters SET state = 'replayed', replays = replays + 1, changed_at = $2, changed_by = NULL
  WHERE id = (SELECT id FROM dead_letters WHERE place = $1 AND state IN ('open', 'dismissed') AND claimed_at IS NULL AND at <= $2 ORDER BY at DESC LIMIT 1)`;
