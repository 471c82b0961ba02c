import type { Effects } from '@baton/effects';
import type { Inbox } from '@baton/messaging';
import type { DataSource } from 'typeorm';
import type { Receipts } from '../receipts/receipts.js';

/** How long it is remembered, in days. */
export interface Forgetting {
  /** Sessions in which nothing happened any more, with what was said in them. */
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

const SESSIONS =
  'DELETE FROM inbox_sessions WHERE session_id = ANY (ARRAY(SELECT session_id FROM inbox_sessions WHERE touched_at < $1 LIMIT $2))';

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
  await repeated(async () => ((await manager.query(SESSIONS, [ago(sessionDays), AT_ONCE])) as [unknown, number])[1]);
}

async function repeated(portion: () => Promise<number>): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) if ((await portion()) < AT_ONCE) return;
}
