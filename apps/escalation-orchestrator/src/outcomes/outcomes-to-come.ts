import type { EntityManager } from 'typeorm';
import { derivedId, encodeEvent, handovers } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import type { Conversation } from '../floor/conversation.js';
import { SOURCE } from '../judge/carry-out.js';
import { prepared } from '../judge/statements.js';
import { outcomeColumns, outcomeOf } from './facts.sql.js';
import type { OutcomeRow } from './facts.sql.js';

/** A `handover.outcome` that still needs its facts. */
export interface OutcomeToCome {
  readonly outcomeOf: string;
  readonly conversation: Pick<Conversation, 'id' | 'botId' | 'channel'>;
  readonly epoch: number;
  /** ms */
  readonly at: number;
  readonly traceparent: string | undefined;
}

interface Row extends OutcomeRow {
  readonly id: string;
  readonly category: string | null;
}

// Whatever this batch writes of them stands in the tables already: its statements go over the same connection, in order.
const readOutcomes = prepared<Row>(
  'read-outcomes',
  `WITH h AS (UPDATE handovers SET outcome_revision = outcome_revision + 1 WHERE id = ANY($1::uuid[]) AND ended_at IS NOT NULL RETURNING *)
   SELECT h.id, h.category, ${outcomeColumns('to_timestamp($2 / 1000.0)')} FROM h`,
);

function isOutcome<R extends object>(record: R | OutcomeToCome): record is OutcomeToCome {
  return 'outcomeOf' in record;
}

/** Gives each `handover.outcome` its facts; one whose handover has not ended is not told. */
export async function completeOutcomes<R extends object>(
  manager: EntityManager,
  records: readonly (R | OutcomeToCome)[],
): Promise<(R | OutgoingRecord)[]> {
  const asked = records.filter(isOutcome);
  if (asked.length === 0) return records as readonly R[] as R[];
  const rows = await readOutcomes(manager, [asked.map((one) => one.outcomeOf), Math.max(...asked.map(({ at }) => at))]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return records.flatMap((record): (R | OutgoingRecord)[] => {
    if (!isOutcome(record)) return [record];
    const row = found.get(record.outcomeOf);
    return row ? [outcomeRecord(record, row)] : [];
  });
}

function outcomeRecord({ conversation, epoch, at, traceparent }: OutcomeToCome, row: Row): OutgoingRecord {
  const data = {
    handover_id: row.id,
    conversation_id: conversation.id,
    bot_id: conversation.botId,
    channel: conversation.channel,
    epoch,
    at: new Date(at).toISOString(),
    ...(row.category === null ? {} : { category: row.category }),
    outcome: outcomeOf(row),
  };
  const id = derivedId('outcome', row.id, row.revision);
  return encodeEvent(handovers, 'handover.outcome', data, { id, source: SOURCE, time: new Date(at), traceparent });
}
