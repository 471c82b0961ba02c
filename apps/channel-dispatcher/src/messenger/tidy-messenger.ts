import type { Effects } from '@baton/effects';
import { forgetPortion, LIMITS, pastMoment } from '@baton/persistence/retention';
import type { DataSource } from 'typeorm';
import type { MessengerPages } from './messenger-pages.js';
import type { Personas } from './out/personas.js';

const AT_ONCE = 2_000;
const MAX_ROUNDS = 50;
const { effects: EFFECTS, sends: SENDS, elsewhere: ELSEWHERE } = LIMITS.dispatcher;

/** Forgets, in small portions, what can not be asked for any more; the visitors' logs are not touched. */
export class TidyMessenger {
  constructor(
    private readonly dataSource: DataSource,
    private readonly effects: Pick<Effects, 'prune'>,
    private readonly personas: Pick<Personas, 'forgetUnused'>,
    private readonly pages: Pick<MessengerPages, 'anyOf' | 'areKnown'>,
  ) {}

  async run(now: Date): Promise<void> {
    const { dataSource } = this;
    await repeat(() => this.effects.prune(dataSource.manager, pastMoment(EFFECTS, now), AT_ONCE));
    await repeat(() => this.deleteSends(pastMoment(SENDS, now)));
    await repeat(() => forgetPortion(dataSource, ELSEWHERE, pastMoment(ELSEWHERE, now), AT_ONCE));
    await this.personas.forgetUnused(this.pages, now);
  }

  private async deleteSends(before: Date): Promise<number> {
    const rows = await this.dataSource.query<{ count: number }[]>(
      `WITH old AS (
         DELETE FROM messenger_messages WHERE ctid = ANY (ARRAY(SELECT ctid FROM messenger_messages WHERE ${SENDS.past} LIMIT $2))
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
