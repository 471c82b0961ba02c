import type { Author, MessageBody } from '@baton/contracts';
import type { DataSource } from 'typeorm';
import type { DecisionDetail } from '../../judge/decision-record.js';
import type { TimelineQuery } from './query.js';
import { ms } from './read-head.js';

/** What happened in a conversation, as far as this service knows; times in ms. Handovers are told with the head. */
export type TimelineFact =
  | {
      readonly kind: 'line';
      readonly id: string;
      readonly at: number;
      readonly position: number;
      readonly author: Author;
      /** Null when its author took it back. */
      readonly body: MessageBody | null;
      readonly editedAt: number | null;
      readonly removedAt: number | null;
      readonly via: string | null;
      readonly status: string | null;
      readonly failure: string | null;
      readonly reason: string | null;
      readonly handoverId: string | null;
      readonly mailed: boolean;
    }
  | {
      readonly kind: 'decision';
      readonly id: string;
      readonly at: number;
      readonly fact: string;
      readonly floorBefore: string;
      readonly floorAfter: string;
      readonly epochBefore: number;
      readonly epochAfter: number;
      readonly handoverId: string | null;
      readonly traceId: string | null;
      readonly detail: DecisionDetail;
    }
  | {
      readonly kind: 'effect';
      readonly id: string;
      readonly at: number;
      readonly position: number;
      readonly work: string;
      readonly target: string;
      readonly state: string;
      readonly inDoubt: boolean;
      readonly attempts: number;
      readonly reason: string | null;
      readonly begunAt: number | null;
      readonly endedAt: number | null;
      readonly deadline: number | null;
      readonly messageId: string | null;
      readonly handoverId: string | null;
    }
  | {
      readonly kind: 'promise';
      readonly id: string;
      readonly at: number;
      readonly promise: string;
      readonly text: string | null;
      readonly dueAt: number;
      readonly endedAt: number | null;
      readonly ended: string | null;
      readonly messageId: string;
      readonly handoverId: string | null;
    }
  | {
      readonly kind: 'rating';
      readonly id: string;
      readonly at: number;
      readonly stretch: string;
      readonly stars: number;
      readonly comment: string | null;
      readonly via: string;
      readonly handoverId: string | null;
    };

export interface TimelinePart {
  readonly facts: readonly TimelineFact[];
  /** What is older than this (ms) is not among them; null when everything is. */
  readonly from: number | null;
}

const LINES = `
  SELECT 'line' AS kind, message_id AS id, ${ms('at')} AS at, position, author, body, ${ms('edited_at')} AS "editedAt",
    ${ms('removed_at')} AS "removedAt", via, status, failure, reason, handover_id AS "handoverId", mailed
  FROM transcript_lines WHERE conversation_id = $1 AND at < $2 ORDER BY at DESC, position DESC LIMIT $3`;

const DECISIONS = `
  SELECT 'decision' AS kind, position::text AS id, ${ms('at')} AS at, fact, floor_before AS "floorBefore", floor_after AS "floorAfter",
    epoch_before AS "epochBefore", epoch_after AS "epochAfter", handover_id AS "handoverId", trace_id AS "traceId", detail
  FROM decisions WHERE conversation_id = $1 AND at < $2 ORDER BY position DESC LIMIT $3`;

const EFFECTS = `
  SELECT 'effect' AS kind, id, ${ms('planned_at')} AS at, position::double precision AS position, kind AS work, target, state, in_doubt AS "inDoubt",
    attempts, reason, ${ms('begun_at')} AS "begunAt", ${ms('ended_at')} AS "endedAt", ${ms('deadline')} AS deadline,
    payload ->> 'messageId' AS "messageId", payload ->> 'handoverId' AS "handoverId"
  FROM effects WHERE lane = ANY(ARRAY[$1::text, 'commands:' || $1::text]) AND planned_at < $2 ORDER BY position DESC LIMIT $3`;

const PROMISES = `
  SELECT 'promise' AS kind, id, ${ms('made_at')} AS at, kind AS promise, text, ${ms('due_at')} AS "dueAt", ${ms('ended_at')} AS "endedAt", ended,
    message_id AS "messageId", handover_id AS "handoverId"
  FROM promises WHERE conversation_id = $1 AND made_at < $2 ORDER BY made_at DESC LIMIT $3`;

const RATINGS = `
  SELECT 'rating' AS kind, concat_ws(' ', stretch, number, via) AS id, ${ms('at')} AS at, stretch, stars, comment, via, handover_id AS "handoverId"
  FROM ratings WHERE conversation_id = $1 AND at < $2 ORDER BY at DESC LIMIT $3`;

/** The newest of each kind up to `until`; where one kind had more, nothing older than the oldest of it is told, so that no gap is. */
export async function readTimeline(dataSource: DataSource, conversationId: string, { until, limit }: TimelineQuery): Promise<TimelinePart> {
  // Up to the end of that millisecond.
  const before = until === undefined ? 'infinity' : new Date(until + 1);
  const all = await Promise.all(
    [LINES, DECISIONS, EFFECTS, PROMISES, RATINGS].map((sql) => dataSource.query<TimelineFact[]>(sql, [conversationId, before, limit])),
  );
  const cuts = all.flatMap((facts) => (facts.length < limit ? [] : [Math.min(...facts.map(({ at }) => at))]));
  const from = cuts.length === 0 ? null : Math.max(...cuts);
  return { facts: all.flat().filter(({ at }) => from === null || at >= from), from };
}
