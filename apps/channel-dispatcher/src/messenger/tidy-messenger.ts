import type { Effects } from '@baton/effects';
import type { DataSource } from 'typeorm';
import type { MessengerPages } from './messenger-pages.js';
import type { Personas } from './out/personas.js';

const DAY_MS = 86_400_000;
/** How effects ended, for whoever asks why. */
const EFFECT_DAYS = 14;
/** Receipts and edits of older messages are not followed any more. */
const SEND_DAYS = 30;
/** Longer than the topic keeps what could be told again (7 days). */
const ELSEWHERE_DAYS = 9;
const AT_ONCE = 2_000;
const MAX_ROUNDS = 50;

/** Forgets, in small portions, what can not be asked for any more; the visitors' logs are not touched. */
export class TidyMessenger {
  constructor(
    private readonly dataSource: DataSource,
    private readonly effects: Pick<Effects, 'prune'>,
    private readonly personas: Pick<Personas, 'forgetUnused'>,
    private readonly pages: Pick<MessengerPages, 'anyOf' | 'areKnown'>,
  ) {}

  async run(now: Date): Promise<void> {
    const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const { dataSource } = this;
    await repeat(() => this.effects.prune(dataSource.manager, before(EFFECT_DAYS), AT_ONCE));
    await repeat(() => this.deleteSends(before(SEND_DAYS)));
    await repeat(async () => {
      const [, count] = await dataSource.query<[unknown[], number]>(
        `DELETE FROM messenger_elsewhere WHERE ctid = ANY (ARRAY(SELECT ctid FROM messenger_elsewhere WHERE noted_at < $1 LIMIT $2))`,
        [before(ELSEWHERE_DAYS), AT_ONCE],
      );
      return count;
    });
    await this.personas.forgetUnused(this.pages, now);
  }

  private async deleteSends(before: Date): Promise<number> {
    const rows = await this.dataSource.query<{ count: number }[]>(
      `WITH old AS (
         DELETE FROM messenger_messages WHERE ctid = ANY (ARRAY(SELECT ctid FROM messenger_messages WHERE planned_at < $1 LIMIT $2))
         RETURNING conversation_id, message_id
       ), parts AS (
         DELETE FROM messenger_parts p USING old WHERE p.conversation_id = old.conversation_id AND p.message_id = old.message_id
       )
       SELECT count(*)::integer AS count FROM old`,
      [before, AT_ONCE],
    );
    return rows[0]?.count ?? 0;
  }
}

async function repeat(portion: () => Promise<number>): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) if ((await portion()) < AT_ONCE) return;
}
