import type { DataSource } from 'typeorm';
import { derivedId } from '@baton/contracts';
import type { EffectPlan, Effects } from '@baton/effects';
import { crispTarget } from '../judge/desk-plan.js';
import type { Judge } from '../judge/judge.js';
import { prepared } from '../judge/statements.js';
import { failureOf, lineStatusOf } from './receipt.js';
import type { Receipt } from './receipt.js';
import { readUndelivered } from './undelivered.js';

/** What an agent's lines of one session have become since Crisp was told last. */
export interface MarkTask {
  readonly websiteId: string;
  readonly sessionId: string;
  readonly conversationId: string;
  readonly botId: string;
  /** His address is known: without the mark he would get the same words by e-mail. */
  readonly mustArrive?: true;
}

/** Marks of one session go to Crisp together, at most so often (ms): Crisp mails what it believes unread, and soon. */
const MARK_EVERY = 1_000;
/** A receipt is committed within it (ms): marks that are already being given do not know of it, and under their id it would plan nothing. */
const COMMITTED_WITHIN = 100;
/** Marks are for now: later nobody looks at them (ms). */
const MARK_WITHIN = 120_000;

interface ShownRow {
  readonly conversation_id: string;
  readonly session_id: string;
  readonly website_id: string;
  readonly bot_id: string;
  readonly may_be_mailed: boolean;
}

// A line's fate only moves forward, so that receipts may come twice and in any order; for that alone no lock of the conversation is needed.
const noteStatuses = prepared<ShownRow>(
  'note-receipts',
  `WITH told AS (
     SELECT DISTINCT ON (conversation_id, message_id) *
     FROM json_to_recordset($1::json) AS r(conversation_id uuid, message_id uuid, status text, failure text, reason text)
     ORDER BY conversation_id, message_id, line_status_rank(status) DESC
   ), changed AS (
     UPDATE transcript_lines l SET status = told.status, failure = told.failure, reason = told.reason
     FROM told WHERE l.conversation_id = told.conversation_id AND l.message_id = told.message_id
       AND line_status_rank(l.status) < line_status_rank(told.status)
     RETURNING l.conversation_id, l.crisp_session_id, l.status, l.author
   )
   SELECT DISTINCT s.conversation_id, s.session_id, s.website_id, s.bot_id, coalesce(c.state #>> '{userData,email}', '') <> '' AS may_be_mailed
   FROM changed JOIN crisp_sessions s ON s.session_id = changed.crisp_session_id JOIN conversations c ON c.id = s.conversation_id
   WHERE changed.status IN ('delivered', 'seen') AND changed.author->>'kind' = 'agent'`,
);

/**
 * Keeps what became of each line, and lets Crisp know what the visitor has seen, so that it sends him no second copy by e-mail.
 * That he did not get a line is judged, for whoever wrote it has to know.
 */
export class NoteReceipts {
  constructor(
    private readonly parts: {
      readonly dataSource: DataSource;
      readonly judge: Pick<Judge, 'judgeWithin'>;
      readonly effects: Pick<Effects, 'plan' | 'wake'>;
      /** Whether marks are given there now: they are switched on, and calls are left for them or Crisp would mail a copy. */
      readonly tellsCrisp: (at: { readonly websiteId: string; readonly botId: string; readonly mayBeMailed: boolean }) => boolean;
      /** The clock by which effects are due (ms). */
      readonly now: () => number;
    },
  ) {}

  async handle(receipts: readonly Receipt[]): Promise<void> {
    const { dataSource, judge, effects, tellsCrisp, now } = this.parts;
    const judged = await dataSource.transaction(async (manager) => {
      // First, for whoever holds a conversation's row may wait for its lines, and nobody the other way round.
      const { cases, ofLines } = await readUndelivered(manager, receipts);
      const judgement = cases.length > 0 ? await judge.judgeWithin(manager, cases) : undefined;
      const shown = await noteStatuses(manager, [JSON.stringify(ofLines.map(rowOf))]);
      const told = shown.filter((row) => tellsCrisp({ websiteId: row.website_id, botId: row.bot_id, mayBeMailed: row.may_be_mailed }));
      if (told.length > 0)
        await effects.plan(
          manager,
          told.map((row) => markPlan(row, now())),
        );
      return judgement;
    });
    judged?.afterCommit();
  }
}

function rowOf(receipt: Receipt): object {
  const { conversationId, messageId, status, reason } = receipt;
  const failure = status === 'failed' ? { failure: failureOf(receipt), reason } : {};
  return { conversation_id: conversationId, message_id: messageId, status: lineStatusOf(receipt), ...failure };
}

/** All receipts of a session within a second plan the same effect; in a lane of its own it never holds up anybody's words. */
function markPlan(
  { conversation_id: conversationId, session_id: sessionId, website_id: websiteId, bot_id: botId, may_be_mailed: mustArrive }: ShownRow,
  now: number,
): EffectPlan {
  const slot = Math.floor((now + COMMITTED_WITHIN) / MARK_EVERY);
  const task: MarkTask = { websiteId, sessionId, conversationId, botId, ...(mustArrive ? { mustArrive } : {}) };
  return {
    id: derivedId('mark-shown', sessionId, slot),
    lane: `marks:${sessionId}`,
    target: crispTarget(websiteId),
    kind: 'mark-shown',
    payload: { ...task },
    notBefore: new Date((slot + 1) * MARK_EVERY),
    deadline: new Date(now + MARK_WITHIN),
    onDoubt: 'repeat',
    budget: 'low',
  };
}
