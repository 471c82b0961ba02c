import { prepared } from '@baton/messaging';
import type { EntityManager } from 'typeorm';
import type { CameBefore } from './hints.js';
import type { Echo, Happening, Progress } from './what-happened.js';

const MOVE = {
  name: 'dispatcher-messenger-move',
  text: `
    INSERT INTO messenger_threads AS t (conversation_id, last_user_action_at, delivered_until, seen_until, came_by)
    SELECT c.id, g."lastUserActionAt", g."deliveredUntil", g."seenUntil", g."cameBy"
    FROM json_to_recordset($1) AS g(id uuid, "lastUserActionAt" timestamptz, "deliveredUntil" timestamptz, "seenUntil" timestamptz,
                                    "cameBy" text)
    JOIN conversations c ON c.id = g.id
    ON CONFLICT (conversation_id) DO UPDATE
    SET came_by = CASE WHEN excluded.last_user_action_at > coalesce(t.last_user_action_at, '-infinity')
                       THEN coalesce(excluded.came_by, t.came_by) ELSE t.came_by END,
        last_user_action_at = greatest(t.last_user_action_at, excluded.last_user_action_at),
        delivered_until = greatest(t.delivered_until, excluded.delivered_until),
        seen_until = greatest(t.seen_until, excluded.seen_until)
    RETURNING conversation_id AS id, profile_at AS "askedAt", profile_name AS name`,
};

const ERASED = {
  name: 'dispatcher-messenger-erased',
  text: 'SELECT id, erased_at AS at FROM conversations WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
};

const CONFIRM = {
  name: 'dispatcher-messenger-confirm',
  text: `
    UPDATE messenger_parts p
    SET state = 'sent', content = NULL, mid = coalesce(p.mid, e.mid),
        sent_at = CASE WHEN p.mid IS NULL OR p.mid = e.mid THEN e.at ELSE p.sent_at END
    FROM json_to_recordset($1) AS e("conversationId" uuid, "messageId" uuid, part int, mid text, at timestamptz)
    WHERE p.conversation_id = e."conversationId" AND p.message_id = e."messageId" AND p.part = e.part
    RETURNING p.mid <> e.mid AS twice`,
};

interface Locked extends CameBefore {
  readonly floor: string;
  /** When somebody else was last heard to write as the page; null when nobody is known to have. */
  readonly elsewhereAt: Date | null;
}

/** Who the person of a conversation is, as far as Meta told. */
export interface KnownPerson {
  readonly id: string;
  readonly askedAt: Date | null;
  readonly name: string | null;
}

/** What Meta tells of the person's side. Whoever writes holds the row locks of the conversations. */
export class ThreadsStore {
  /** Locks those of the conversations that are there, in the order of their ids, and says where their floor is. */
  async lock(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Locked>> {
    const rows = await manager.query<(Locked & { id: string })[]>(
      `SELECT c.id, c.floor, (SELECT max(e.noted_at) FROM messenger_elsewhere e WHERE e.conversation_id = c.id) AS "elsewhereAt",
              t.came_by AS "cameBy", t.last_user_action_at AS "lastUserActionAt"
       FROM conversations c LEFT JOIN messenger_threads t ON t.conversation_id = c.id
       WHERE c.id = ANY($1::uuid[]) ORDER BY c.id FOR UPDATE OF c`,
      [ids],
    );
    return new Map(rows.map(({ id, ...locked }) => [id, locked]));
  }

  /** Without what happened before its conversation was erased; locks the conversations in the order of their ids. */
  async notOfBefore(manager: EntityManager, happenings: readonly Happening[]): Promise<readonly Happening[]> {
    const rows = await prepared<{ id: string; at: Date | null }>(manager, ERASED, [[...new Set(happenings.map(({ of }) => of.id))]]);
    const erased = new Map(rows.map(({ id, at }) => [id, at?.getTime() ?? 0]));
    return happenings.filter(({ of, fact }) => fact.at > (erased.get(of.id) ?? 0));
  }

  /** It was told by which link or ad they came. */
  async toldOfComing(manager: EntityManager, ids: readonly string[]): Promise<void> {
    await manager.query(`UPDATE messenger_threads SET came_by = NULL WHERE conversation_id = ANY($1::uuid[])`, [ids]);
  }

  /** Only ever forward; a link or ad that is told again, after he did something else, is not remembered anew. Returns what is known of who these people are. */
  async move(manager: EntityManager, progress: readonly Progress[]): Promise<KnownPerson[]> {
    const time = (ms: number): string | null => (ms === 0 ? null : new Date(ms).toISOString());
    const given = progress.map(({ of, lastUserActionAt, deliveredUntil, seenUntil, opened }) => ({
      id: of.id,
      lastUserActionAt: time(lastUserActionAt),
      deliveredUntil: time(deliveredUntil),
      seenUntil: time(seenUntil),
      cameBy: opened?.ref,
    }));
    const known = await prepared<KnownPerson>(manager, MOVE, [JSON.stringify(given)]);
    const mids = progress.flatMap(({ of, deliveredMids }) => deliveredMids.map((mid) => ({ conversationId: of.id, mid })));
    if (mids.length === 0) return known;
    await manager.query(
      `UPDATE messenger_parts p SET delivered = true FROM json_to_recordset($1) AS d("conversationId" uuid, mid text)
       WHERE p.conversation_id = d."conversationId" AND p.mid = d.mid AND NOT p.delivered`,
      [JSON.stringify(mids)],
    );
    return known;
  }

  /** It is being asked who they are. */
  async asked(manager: EntityManager, ids: readonly string[], now: Date): Promise<void> {
    await manager.query(`UPDATE messenger_threads SET profile_at = $2 WHERE conversation_id = ANY($1::uuid[])`, [ids, now]);
  }

  /** Meta said who he is. */
  async named(manager: EntityManager, conversationId: string, name: string, at: Date): Promise<void> {
    // What is told of a conversation is told in the order in which its row was locked.
    await manager.query('SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE', [conversationId]);
    await manager.query(`UPDATE messenger_threads SET profile_name = $2, profile_at = $3 WHERE conversation_id = $1`, [
      conversationId,
      name,
      at,
    ]);
  }

  /** What we sent was told back: it did happen. Returns how many parts turn out to have been sent twice. */
  async confirm(manager: EntityManager, echoes: readonly Echo[]): Promise<number> {
    // The first echo of a part counts; one of another message means that it was sent again.
    const first = new Map<string, object>();
    let twice = 0;
    const firstMids = new Map<string, string>();
    for (const { conversationId, mark, mid, at } of echoes) {
      const key = [conversationId, mark.messageId, mark.part].join(' ');
      const known = firstMids.get(key);
      if (known !== undefined && known !== mid) twice += 1;
      if (known !== undefined) continue;
      firstMids.set(key, mid);
      first.set(key, { conversationId, ...mark, mid, at: new Date(at).toISOString() });
    }
    const rows = await prepared<{ twice: boolean }>(manager, CONFIRM, [JSON.stringify([...first.values()])]);
    return twice + rows.filter((row) => row.twice).length;
  }

  /** Notes what somebody else wrote as the page; returns the keys of what was not known. */
  async noteElsewhere(
    manager: EntityManager,
    said: readonly { readonly conversationId: string; readonly mid: string }[],
    now: Date,
  ): Promise<Set<string>> {
    const rows = await manager.query<{ conversationId: string; mid: string }[]>(
      `INSERT INTO messenger_elsewhere (conversation_id, mid, noted_at)
       SELECT "conversationId", mid, $2 FROM json_to_recordset($1) AS e("conversationId" uuid, mid text)
       ON CONFLICT DO NOTHING RETURNING conversation_id AS "conversationId", mid`,
      [JSON.stringify(said), now],
    );
    return new Set(rows.map(({ conversationId, mid }) => `${conversationId} ${mid}`));
  }
}
