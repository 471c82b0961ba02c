import type { Effects } from '@baton/effects';
import type { Inbox } from '@baton/messaging';
import { forgetPortion, LIMITS, pastMoment } from '@baton/persistence/retention';
import type { Limit } from '@baton/persistence/retention';
import type { DataSource } from 'typeorm';
import type { Receipts } from '../receipts/receipts.js';

/** How long it is remembered, in days. */
export interface Forgetting {
  /** Sessions in which nothing happened any more, with what was said in them; of one that was switched off only the words. */
  readonly sessionDays: number;
  readonly receiptDays: number;
}

const AT_ONCE = 1_000;
const ROUNDS = 100;

const LIMIT = LIMITS.ai_auto_reply;
// Not read any more: should the assistant be let speak again, it looks once more at what was there.
const WORDS = `UPDATE inbox_sessions SET session = session || '{"lines": [], "visitor": null, "read": false}' WHERE session_id = ANY (ARRAY(
    SELECT session_id FROM inbox_sessions WHERE ${LIMIT.wordsOff.past} LIMIT $2))`;

/** Forgets, in small portions, what nobody can ask for any more. `now` in ms. */
export async function pruneInbox(
  parts: {
    readonly dataSource: DataSource;
    readonly inbox: Pick<Inbox, 'prune'>;
    readonly receipts: Pick<Receipts, 'prune'>;
    readonly effects: Pick<Effects, 'prune'>;
  },
  { sessionDays, receiptDays }: Forgetting,
  now: number,
): Promise<void> {
  const { manager } = parts.dataSource;
  const at = new Date(now);
  const before = (limit: Limit): Date => pastMoment(limit, at, { SESSION_DAYS: sessionDays, RECEIPT_DAYS: receiptDays });
  await repeated(() => parts.inbox.prune(manager, before(LIMIT.inbox), AT_ONCE));
  await repeated(() => parts.effects.prune(manager, before(LIMIT.effects), AT_ONCE));
  await repeated(() => parts.receipts.prune(manager, before(LIMIT.receipts), AT_ONCE));
  for (const limit of [LIMIT.sessions, LIMIT.sessionsOff]) await repeated(() => forgetPortion(manager, limit, before(limit), AT_ONCE));
  await repeated(async () => ((await manager.query(WORDS, [before(LIMIT.wordsOff), AT_ONCE])) as [unknown, number])[1]);
}

async function repeated(portion: () => Promise<number>): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) if ((await portion()) < AT_ONCE) return;
}
