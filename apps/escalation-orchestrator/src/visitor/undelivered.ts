import type { EntityManager } from 'typeorm';
import { derivedId } from '@baton/contracts';
import type { Author, MessageBody } from '@baton/contracts';
import { textOf } from '../floor/conversation.js';
import { beginningOf } from '../floor/failure-words.js';
import type { Undelivered } from '../floor/failure-words.js';
import type { Case } from '../judge/case.js';
import { prepared } from '../judge/statements.js';
import { failureOf, isAboutRemoval, lineStatusOf } from './receipt.js';
import type { LineStatus, Receipt } from './receipt.js';

interface LineRow {
  readonly conversation_id: string;
  readonly message_id: string;
  readonly author: Author['kind'];
  readonly body: MessageBody | null;
  readonly status: LineStatus | null;
  readonly edited: boolean;
  readonly session_id: string | null;
}

const readLines = prepared<LineRow>(
  'undelivered-lines',
  `SELECT l.conversation_id, l.message_id, l.author->>'kind' AS author, l.body, l.status, l.edited_at IS NOT NULL AS edited,
     l.crisp_session_id AS session_id
   FROM unnest($1::uuid[], $2::uuid[]) AS asked(conversation_id, message_id)
   JOIN transcript_lines l USING (conversation_id, message_id)`,
);

/** What is wrong, as a batch of receipts says. */
export interface Undeliveries {
  /** To be judged, each once for its line, however often its channel says so. */
  readonly cases: readonly Case[];
  /** The receipts that tell what became of the lines themselves: all but those of removals and corrections that failed. */
  readonly ofLines: readonly Receipt[];
}

export async function readUndelivered(manager: EntityManager, receipts: readonly Receipt[]): Promise<Undeliveries> {
  const failures = receipts.filter(({ status }) => status === 'failed');
  if (failures.length === 0) return { cases: [], ofLines: receipts };
  const arrived = new Set(receipts.filter(({ status }) => status === 'delivered' || status === 'seen').map(nameOf));
  const rows = await readLines(manager, [failures.map((one) => one.conversationId), failures.map((one) => one.messageId)]);
  const lines = new Map(rows.map((row) => [`${row.conversation_id} ${row.message_id}`, row]));
  const cases: Case[] = [];
  const aside = new Set<Receipt>();
  for (const receipt of failures) {
    const line = lines.get(nameOf(receipt));
    if (!line) continue;
    const what = whatFailed(receipt, line);
    if (what === 'removal' || what === 'correction') aside.add(receipt);
    else if (isSettled(line.status) || arrived.has(nameOf(receipt))) continue;
    cases.push(caseOf(receipt, what, line));
  }
  return { cases, ofLines: receipts.filter((receipt) => !aside.has(receipt)) };
}

/** A line that the channel has taken fails no more, only what was to replace it. */
function whatFailed(receipt: Receipt, { edited, status }: LineRow): Undelivered['what'] {
  if (isAboutRemoval(receipt)) return 'removal';
  if (lineStatusOf(receipt) === 'waiting') return 'waiting';
  return edited && (status === 'sent' || status === 'delivered' || status === 'seen') ? 'correction' : 'line';
}

function isSettled(status: LineStatus | null): boolean {
  return status === 'superseded' || status === 'delivered' || status === 'seen';
}

function caseOf(receipt: Receipt, what: Undelivered['what'], { author, body, session_id: sessionId }: LineRow): Case {
  const { conversationId, messageId } = receipt;
  const id = derivedId('delivery-failed', conversationId, messageId, what);
  const beginning = body === null ? null : beginningOf(textOf(body));
  const of = { author, what, beginning, failure: failureOf(receipt), reason: receipt.reason ?? null };
  return { conversationId, inboxId: id, matter: { about: 'fact', fact: { id, kind: 'delivery-failed', messageId, sessionId, ...of } } };
}

function nameOf({ conversationId, messageId }: Receipt): string {
  return `${conversationId} ${messageId}`;
}
