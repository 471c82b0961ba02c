import type { Channel } from '@baton/contracts';
import { prepared, preparedCount } from '@baton/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { freshTalk } from './talk.js';
import type { Talk } from './talk.js';

interface Row {
  readonly conversation_id: string;
  readonly bot_id: string;
  readonly channel: Channel;
  readonly state: Partial<Talk>;
}

/** Whose conversation it is, where it may be met for the first time. */
export type Beginning = Pick<Talk, 'conversationId' | 'botId' | 'channel'>;

/** A talk whose answer this process is to make, and how often that was begun. */
export interface Taken {
  readonly talk: Talk;
  readonly attempts: number;
}

const BEGIN = {
  name: 'talks-begin',
  text: `INSERT INTO talks (conversation_id, bot_id, channel, state)
    SELECT id, bot_id, channel, '{}' FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(id, bot_id, channel)
    ORDER BY id ON CONFLICT DO NOTHING`,
};
// In the order of ids, as everybody who locks several: two of them never wait for each other.
const LOCK = {
  name: 'talks-lock',
  text: 'SELECT conversation_id, bot_id, channel, state FROM talks WHERE conversation_id = ANY($1::uuid[]) ORDER BY conversation_id FOR UPDATE',
};
/** $4: the answer that is being made is overtaken, or nothing waits any more, so that whoever makes it holds nothing. */
const SAVE = {
  name: 'talks-save',
  text: `UPDATE talks SET state = $2::jsonb, due_at = $3, updated_at = $5,
      leased_by = CASE WHEN $4 THEN NULL ELSE leased_by END, leased_until = CASE WHEN $4 THEN NULL ELSE leased_until END,
      attempts = CASE WHEN $4 THEN 0 ELSE attempts END
    WHERE conversation_id = $1`,
};
const CLAIM = {
  name: 'talks-claim',
  text: `UPDATE talks t SET leased_by = $1, leased_until = $3, attempts = attempts + 1
    FROM (SELECT conversation_id FROM talks WHERE due_at <= $2 AND (leased_until IS NULL OR leased_until < $2)
          ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED) due
    WHERE t.conversation_id = due.conversation_id
    RETURNING t.conversation_id, t.bot_id, t.channel, t.state, t.attempts`,
};
const RENEW = {
  name: 'talks-renew',
  text: `UPDATE talks SET leased_until = $2 WHERE leased_by = $1 AND conversation_id = ANY($3::uuid[])`,
};
const NEXT_DUE = {
  name: 'talks-next-due',
  text: `SELECT due_at FROM talks WHERE due_at IS NOT NULL AND (leased_until IS NULL OR leased_until < $1) ORDER BY due_at LIMIT 1`,
};
const RELEASE = {
  name: 'talks-release',
  text: `UPDATE talks SET leased_by = NULL, leased_until = NULL, due_at = $3
    WHERE conversation_id = $1 AND leased_by = $2 AND due_at IS NOT NULL`,
};
const PRUNE = {
  name: 'talks-prune',
  text: `DELETE FROM talks WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM talks WHERE updated_at < $1 AND due_at IS NULL LIMIT $2))`,
};

/** The rows of the conversations in front of which the assistant stands. */
export class TalkStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Locks these conversations until the transaction ends; those met for the first time are made. */
  async lock(manager: EntityManager, beginnings: readonly Beginning[]): Promise<Map<string, Talk>> {
    const each = [...new Map(beginnings.map((one) => [one.conversationId, one])).values()];
    const columns = [each.map((one) => one.conversationId), each.map((one) => one.botId), each.map((one) => one.channel)];
    await prepared(manager, BEGIN, columns);
    return talksOf(await prepared<Row>(manager, LOCK, [columns[0]]));
  }

  /** Locks one that is known; undefined where it is not. */
  async lockOne(manager: EntityManager, conversationId: string): Promise<Talk | undefined> {
    return talksOf(await prepared<Row>(manager, LOCK, [[conversationId]])).get(conversationId);
  }

  /** Under the lock. */
  async save(manager: EntityManager, before: Talk, after: Talk, at: Date): Promise<void> {
    if (after === before) return;
    const { conversationId, botId: _bot, channel: _channel, ...state } = after;
    const frees = after.generation !== before.generation || after.answered !== before.answered;
    const dueAt = after.dueAt === null ? null : new Date(after.dueAt);
    await prepared(manager, SAVE, [conversationId, JSON.stringify(state), dueAt, frees, at]);
  }

  /** Takes talks whose answer is due at `now`, for this process alone until then. */
  async claim(instanceId: string, now: Date, until: Date, limit: number): Promise<Taken[]> {
    const rows = await prepared<Row & { attempts: number }>(this.dataSource, CLAIM, [instanceId, now, until, limit]);
    return rows.map((row) => ({ talk: talkOf(row), attempts: row.attempts }));
  }

  async renew(instanceId: string, until: Date, conversationIds: readonly string[]): Promise<void> {
    await preparedCount(this.dataSource, RENEW, [instanceId, until, conversationIds]);
  }

  /** When the next answer is due that nobody makes (ms). */
  async nextDue(now: Date): Promise<number | undefined> {
    const [row] = await prepared<{ due_at: Date }>(this.dataSource, NEXT_DUE, [now]);
    return row?.due_at.getTime();
  }

  /** What could not be answered now is due again at that time, by whomever. */
  async release(instanceId: string, conversationId: string, dueAt: Date): Promise<void> {
    await preparedCount(this.dataSource, RELEASE, [conversationId, instanceId, dueAt]);
  }

  /** Forgets up to `limit` conversations in which nothing happened since; returns how many. One that goes on begins anew. */
  prune(olderThan: Date, limit: number): Promise<number> {
    return preparedCount(this.dataSource, PRUNE, [olderThan, limit]);
  }
}

function talksOf(rows: readonly Row[]): Map<string, Talk> {
  return new Map(rows.map((row) => [row.conversation_id, talkOf(row)]));
}

/** Fields that a newer version knows and the row does not yet are as in a fresh talk. */
function talkOf({ conversation_id: conversationId, bot_id: botId, channel, state }: Row): Talk {
  return { ...freshTalk({ conversationId, botId, channel }), ...state };
}
