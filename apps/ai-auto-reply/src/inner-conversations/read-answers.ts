import { derivedId } from '@baton/contracts';
import type { DataSource } from 'typeorm';
import type { Receipt } from '../receipts/receipt.js';

/** What an answer cost of the plan. */
export interface QuotaFact {
  readonly entryId: string;
  readonly state: 'reserved' | 'committed' | 'refunded';
  readonly why: string | null;
  readonly period: string;
}

/** An answer of the assistant, or why there was none; times in ms. */
export interface AnswerFact {
  readonly kind: 'answer';
  readonly id: string;
  readonly at: number;
  readonly place: Receipt['place'];
  readonly epoch: number;
  readonly answer: Receipt['kind'];
  readonly text: string;
  readonly citations: Receipt['citations'];
  readonly trace: Receipt['trace'];
  readonly state: Receipt['state'];
  readonly why: string | null;
  readonly quota: QuotaFact | null;
}

/** Something to be written into Crisp, and how that went; times in ms. */
export interface SendFact {
  readonly kind: 'effect';
  readonly id: string;
  readonly at: number;
  readonly work: string;
  readonly target: string;
  readonly state: string;
  readonly inDoubt: boolean;
  readonly attempts: number;
  readonly reason: string | null;
  readonly begunAt: number | null;
  readonly endedAt: number | null;
  readonly deadline: number | null;
  readonly answerId: string | null;
}

const ms = (column: string): string => `round(extract(epoch FROM ${column}) * 1000)::double precision`;

const ANSWERS = `
  SELECT 'answer' AS kind, r.answer_id AS id, ${ms('r.at')} AS at, r.place, r.epoch, r.kind AS answer, r.text, r.citations, r.trace, r.state, r.why,
    CASE WHEN q.entry_id IS NULL THEN NULL
      ELSE json_build_object('entryId', q.entry_id, 'state', q.state, 'why', q.why, 'period', q.period) END AS quota
  FROM receipts r LEFT JOIN quota_entries q ON q.entry_id = r.quota_entry_id AND q.workspace_id = r.workspace_id
  WHERE r.talk_id = $1 AND r.workspace_id = $2 AND r.at < $3 ORDER BY r.at DESC LIMIT $4`;

const SENDS = `
  SELECT 'effect' AS kind, id, ${ms('planned_at')} AS at, kind AS work, target, state, in_doubt AS "inDoubt", attempts, reason,
    ${ms('begun_at')} AS "begunAt", ${ms('ended_at')} AS "endedAt", ${ms('deadline')} AS deadline, payload ->> 'answerId' AS "answerId"
  FROM effects WHERE id = ANY($1::uuid[])`;

/** The newest answers of a talk up to a time. */
export function readAnswers(
  dataSource: DataSource,
  { talkId, workspaceId, before, limit }: { talkId: string; workspaceId: string; before: Date | 'infinity'; limit: number },
): Promise<AnswerFact[]> {
  return dataSource.query(ANSWERS, [talkId, workspaceId, before, limit]);
}

/** Parts of an answer that are looked for: a longer one is cut into fewer. */
const PARTS = 8;

/** What was written into Crisp for these answers. */
export function readSends(dataSource: DataSource, answers: readonly AnswerFact[]): Promise<SendFact[]> {
  const ids = answers
    .filter(({ place }) => place === 'inbox')
    .flatMap(({ id }) => Array.from({ length: PARTS }, (_, part) => derivedId('say', id, part)));
  return ids.length === 0 ? Promise.resolve([]) : dataSource.query(SENDS, [ids]);
}
