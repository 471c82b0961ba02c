import { domainToASCII } from 'node:url';
import type { DataSource } from 'typeorm';
import { whenInWords } from '@baton/contracts';
import type { DeclineReason, MessageBody } from '@baton/contracts';
import { textOf } from '../floor/conversation.js';
import { isAddress } from '../floor/follow-up/address.js';
import { DESK_TEXT_LIMIT } from '../floor/policy.js';

/** So many of his last words stand in the inbox itself; the link leads to all of them. */
const LAST_WORDS = 3;
/** What is left of a character that was cut in two. */
const HALF = /^[\udc00-\udfff]/;

const BECAUSE: Readonly<Record<DeclineReason, string>> = {
  closed: 'the team was closed',
  'nobody-online': 'nobody was online',
  'nobody-for-category': 'nobody for this category was online',
  'crisp-unreachable': 'Crisp could not be reached',
  'took-too-long': 'nobody could be found in time',
  'channel-off': 'the chat with the team was switched off',
  quota: 'the calls to Crisp of the day were used up',
};

/** What the agents are told of a follow-up, for their eyes only; the time is said on the clock of the team. */
export function followUpNote(
  { answerUntil, because, email }: { answerUntil: number; because: DeclineReason | null; email: string },
  timeZone: string | undefined,
  now: number,
): string {
  const until = whenInWords(answerUntil, now, { language: 'en-GB', timeZone });
  const why = because === null ? 'he asked for it' : BECAUSE[because];
  return `Follow-up by e-mail: the visitor was promised an answer until ${until}, because ${why}. Write it here: he reads it in the chat if he is there, else Crisp sends it to ${email}.`;
}

/** An address as mail programs take it: its domain in ASCII. */
export function mailAddress(email: string): string {
  const [local, domain] = email.split('@');
  return `${local}@${domainToASCII(domain ?? '') || domain}`;
}

/** What the visitor said last before that time (ms), oldest first: neither taps nor a bare address. Null when he said nothing. */
export async function lastWords(dataSource: DataSource, conversationId: string, before: number): Promise<string | null> {
  const rows: { body: MessageBody }[] = await dataSource.query(
    `SELECT body FROM transcript_lines
     WHERE conversation_id = $1 AND author->>'kind' = 'visitor' AND body IS NOT NULL AND body->>'payload' IS NULL AND at <= to_timestamp($2 / 1000.0)
     ORDER BY position DESC LIMIT 20`,
    [conversationId, before],
  );
  const said = rows.map(({ body }) => textOf(body)).filter((text) => !isAddress(text.trim()));
  if (said.length === 0) return null;
  const text = said.slice(0, LAST_WORDS).reverse().join('\n');
  return text.length <= DESK_TEXT_LIMIT ? text : `…${text.slice(1 - DESK_TEXT_LIMIT).replace(HALF, '')}`;
}
