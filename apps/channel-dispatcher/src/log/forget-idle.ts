import { LIMITS, pastMoment } from '@baton/persistence/retention';
import type { DataSource } from 'typeorm';

const LIMIT = LIMITS.dispatcher.lines;
/** Conversations that one run looks at; the next run goes on behind them. */
const LOOK_AT = LIMIT.lap.rows;
/** Conversations whose lines are deleted in one transaction. */
const ERASE_AT_ONCE = 20;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Deletes all lines of conversations in which nobody said anything for so many days. The conversation itself stays, without a word in
 * it: its numbering goes on when its visitor comes back.
 */
export class ForgetIdle {
  private after = FIRST;

  constructor(
    private readonly dataSource: DataSource,
    /** 0 keeps everything. */
    private readonly days: number,
  ) {}

  /** Looks at the next conversations in the order of their ids, and begins anew behind the last; returns how many it erased. */
  async run(now: Date): Promise<number> {
    if (this.days === 0) return 0;
    const before = pastMoment(LIMIT, now, { LOG_RETENTION_DAYS: this.days });
    const looked = await this.dataSource.query<{ id: string; isIdle: boolean }[]>(
      `SELECT c.id, c.next_seq - 1 > c.erased_up_to AND NOT c.present AND EXISTS (
         SELECT 1 FROM log l WHERE l.conversation_id = c.id AND l.seq = c.next_seq - 1 AND l.at < $3
       ) AS "isIdle"
       FROM conversations c WHERE c.id > $1 ORDER BY c.id LIMIT $2`,
      [this.after, LOOK_AT, before],
    );
    const idle = looked.filter(({ isIdle }) => isIdle).map(({ id }) => id);
    let erased = 0;
    for (let i = 0; i < idle.length; i += ERASE_AT_ONCE) erased += await this.erase(idle.slice(i, i + ERASE_AT_ONCE), before);
    this.after = looked.length < LOOK_AT ? FIRST : (looked.at(-1)?.id ?? FIRST);
    return erased;
  }

  private erase(ids: readonly string[], before: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const locked = await manager.query<{ id: string }[]>(
        `SELECT id FROM conversations WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED`,
        [ids],
      );
      // A statement of its own: it sees what was said, and who came, until the lock was there.
      const rows = await manager.query<{ id: string }[]>(`SELECT c.id FROM ${LIMIT.from} WHERE c.id = ANY($2::uuid[]) AND ${LIMIT.past}`, [
        before,
        locked.map(({ id }) => id),
      ]);
      const still = rows.map(({ id }) => id);
      await manager.query(`DELETE FROM log WHERE conversation_id = ANY($1::uuid[])`, [still]);
      await manager.query(`UPDATE conversations SET erased_up_to = next_seq - 1 WHERE id = ANY($1::uuid[])`, [still]);
      return still.length;
    });
  }
}
