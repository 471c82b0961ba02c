import type { MessageBody } from '@baton/contracts';
import { prepared } from '@baton/messaging';
import type { EntityManager } from 'typeorm';
import { storableJson } from '../../log/storable.js';
import { excerptOf } from './hints.js';
import type { Heard } from './what-happened.js';

const ANSWERED = {
  name: 'dispatcher-messenger-answered',
  text: `
    SELECT w."conversationId", w.mid, l.message_id AS "messageId", l.frame->'body' AS body
    FROM json_to_recordset($1) AS w("conversationId" uuid, mid text, "clientId" uuid)
    JOIN messenger_parts p ON p.conversation_id = w."conversationId" AND p.mid = w.mid
    JOIN log l ON l.conversation_id = p.conversation_id AND l.message_id = p.message_id AND l.kind = 'message'
    UNION ALL
    SELECT w."conversationId", w.mid, l.message_id, l.frame->'body'
    FROM json_to_recordset($1) AS w("conversationId" uuid, mid text, "clientId" uuid)
    JOIN log l ON l.conversation_id = w."conversationId" AND l.client_id = w."clientId" AND l.kind = 'message'`,
};

export interface ReplyTo {
  readonly messageId?: string;
  readonly excerpt: string;
}

/**
 * What these words answer, by their `clientId`: a message of ours, or earlier words of the person, also of the same batch. What is not known
 * or was taken back is not there. Asks the database only when something is answered.
 */
export async function readReplies(manager: EntityManager, heard: readonly Heard[]): Promise<Map<string, ReplyTo>> {
  const answers = heard.flatMap(({ of, clientId, replyTo }) => (replyTo ? [{ of, clientId, replyTo }] : []));
  if (answers.length === 0) return new Map();
  const wanted = answers.map(({ of, replyTo }) => ({ conversationId: of.id, ...replyTo }));
  const rows = await prepared<{ conversationId: string; mid: string; messageId: string; body: MessageBody }>(manager, ANSWERED, [
    storableJson(wanted),
  ]);
  const known = new Map(rows.map(({ conversationId, mid, ...row }) => [`${conversationId} ${mid}`, row]));
  const replies = new Map<string, ReplyTo>();
  for (const { of, clientId, replyTo } of answers) {
    const { messageId, body } = known.get(`${of.id} ${replyTo.mid}`) ?? { messageId: undefined, body: textBeside(heard, replyTo.clientId) };
    const excerpt = body && excerptOf(body);
    if (excerpt !== undefined) replies.set(clientId, messageId === undefined ? { excerpt } : { messageId, excerpt });
  }
  return replies;
}

/** Words that are about to be written get their id only then. */
function textBeside(heard: readonly Heard[], clientId: string): MessageBody | undefined {
  const body = heard.find((one) => one.clientId === clientId)?.body;
  return body?.type === 'text' ? body : undefined;
}
