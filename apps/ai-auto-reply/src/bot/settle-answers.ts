import type { Outbox } from '@baton/messaging';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import type { Quota, Place } from '../quota/quota.js';
import type { Receipts } from '../receipts/receipts.js';

export interface SettleAnswersParts {
  readonly dataSource: DataSource;
  readonly receipts: Pick<Receipts, 'end'>;
  readonly quota: Pick<Quota, 'commit'>;
  readonly outbox: Pick<Outbox, 'add' | 'send'>;
  readonly now: () => Date;
  readonly log: Pick<Logger, 'warn'>;
}

/** The orchestrator rejects within moments: an answer that it did not reject for so long was shown (ms). */
export const REJECTED_WITHIN = 5_000;
const AT_ONCE = 200;

/** Counts the answers that were handed over and not rejected, each in a transaction of its own. */
export class SettleAnswers {
  constructor(private readonly parts: SettleAnswersParts) {}

  /** Returns how many were looked at. */
  async settle(): Promise<number> {
    const { dataSource, now, log } = this.parts;
    const due: { answer_id: string; quota_entry_id: string | null; place: Place }[] = await dataSource.query(
      `SELECT answer_id, quota_entry_id, place FROM receipts
       WHERE state = 'planned' AND place <> 'inbox' AND at < $1 ORDER BY at LIMIT ${AT_ONCE}`,
      [new Date(now().getTime() - REJECTED_WITHIN)],
    );
    for (const { answer_id: answerId, quota_entry_id: entryId, place } of due) {
      // One that cannot be counted keeps no other from it.
      await this.settleOne(answerId, entryId, place).catch((err: unknown) =>
        log.warn({ err, answerId }, 'an answer could not be counted yet'),
      );
    }
    return due.length;
  }

  private async settleOne(answerId: string, entryId: string | null, place: Place): Promise<void> {
    const { dataSource, receipts, quota, outbox, now } = this.parts;
    const ticket = await dataSource.transaction(async (manager) => {
      if (!(await receipts.end(manager, answerId, 'posted'))) return undefined;
      return entryId === null ? undefined : outbox.add(manager, await quota.commit(manager, entryId, place, now()));
    });
    if (ticket) outbox.send(ticket);
  }
}
