import type { Effects } from '@baton/effects';
import type { Inbox } from '@baton/messaging';
import type { DataSource } from 'typeorm';
import type { Receipts } from '../receipts/receipts.js';

/** How long it is remembered, in days. */
export interface Forgetting {
  /** Sessions in which nothing happened any more, with what was said in them; of one that was switched off only the words. */
  readonly sessionDays: number;
  readonly receiptDays: number;
}

/** Inbox rows outlive the longest retention of a topic (7 days), so that nothing that can still come is judged twice. */
const INBOX_DAYS = 9;
/** What was done at Crisp and how it ended, for whoever asks why. */
const EFFECT_DAYS = 14;
const DAY = 86_400_000;
const AT_ONCE = 1_000;
const ROUNDS = 100;

/** What an agent forbade stays forbidden for so long, without the words that were said. */
const OFF_DAYS = 365;

const SESSIONS = `DELETE FROM inbox_sessions WHERE session_id = ANY (ARRAY(
    SELECT session_id FROM inbox_sessions WHERE touched_at < $1 AND (state <> 'off' OR touched_at < $3) LIMIT $2))`;
// Not read any more: should the assistant be let speak again, it looks once more at what was there.
const WORDS = `UPDATE inbox_sessions SET session = session || '{"lines": [], "visitor": null, "read": false}' WHERE session_id = ANY (ARRAY(
    SELECT session_id FROM inbox_sessions
    WHERE touched_at < $1 AND state = 'off' AND (session->'lines' <> '[]' OR session->'visitor' <> 'null') LIMIT $2))`;

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
  const ago = (days: number): Date => new Date(now - days * DAY);
  await repeated(() => parts.inbox.prune(manager, ago(INBOX_DAYS), AT_ONCE));
  await repeated(() => parts.effects.prune(manager, ago(EFFECT_DAYS), AT_ONCE));
  await repeated(() => parts.receipts.prune(manager, ago(receiptDays), AT_ONCE));
  const changed = async (statement: string, ...values: readonly unknown[]): Promise<number> =>
    ((await manager.query(statement, [...values])) as [unknown, number])[1];
  await repeated(() => changed(SESSIONS, ago(sessionDays), AT_ONCE, ago(Math.max(sessionDays, OFF_DAYS))));
  await repeated(() => changed(WORDS, ago(sessionDays), AT_ONCE));
}

async function repeated(portion: () => Promise<number>): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) if ((await portion()) < AT_ONCE) return;
}
