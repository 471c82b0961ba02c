import type { EntityManager } from 'typeorm';
import { derivedId } from '@baton/contracts';
import type { Author, MessageBody } from '@baton/contracts';
import { textOf } from '../floor/conversation.js';
import { beginningOf } from '../floor/failure-words.js';
import type { Undelivered } from '../floor/failure-words.js';
import type { Case } from '../judge/case.js';
import { prepared } from '../judge/statements.js';
import { failureOf, isAboutRemoval, lineStatusOf } from './receipt.js';
import type { Receipt } from './receipt.js';

interface LineRow {
  readonly conversation_id: string;
  readonly message_id: string;
  readonly author: Author['kind'];
  readonly body: MessageBody | null;
  readonly session_id: string | null;
  /** The channel has said since that it arrived, or it was withdrawn. */
  readonly settled: boolean;
}

const readLines = prepared<LineRow>(
  'undelivered-lines',
  `SELECT l.conversation_id, l.message_id, l.author->>'kind' AS author, l.body, l.crisp_session_id AS session_id,
     line_status_rank(l.status) > line_status_rank('failed') AS settled
   FROM unnest($1::uuid[], $2::uuid[]) AS asked(conversation_id, message_id)
   JOIN transcript_lines l USING (conversation_id, message_id)`,
);

/** What receipts say of failures, to be judged: once for each line, however often its channel says so. */
export async function undeliveredCases(manager: EntityManager, receipts: readonly Receipt[]): Promise<Case[]> {
  const failures = receipts.filter(({ status }) => status === 'failed');
  if (failures.length === 0) return [];
  const arrived = new Set(receipts.filter(({ status }) => status === 'delivered' || status === 'seen').map(nameOf));
  const rows = await readLines(manager, [failures.map((one) => one.conversationId), failures.map((one) => one.messageId)]);
  const lines = new Map(rows.map((row) => [`${row.conversation_id} ${row.message_id}`, row]));
  return failures.flatMap((receipt): Case[] => {
    const line = lines.get(nameOf(receipt));
    const what = whatFailed(receipt);
    if (!line || (what !== 'removal' && (line.settled || arrived.has(nameOf(receipt))))) return [];
    return [caseOf(receipt, what, line)];
  });
}

function whatFailed(receipt: Receipt): Undelivered['what'] {
  if (isAboutRemoval(receipt)) return 'removal';
  return lineStatusOf(receipt) === 'waiting' ? 'waiting' : 'line';
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
