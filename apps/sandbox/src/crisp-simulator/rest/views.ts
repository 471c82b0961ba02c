import { fieldsAsOf } from '../acts/conversations.js';
import { messagesAsOf } from '../acts/messages.js';
import type { Conversation, ConversationState, MessageFields, Profile } from '../model.js';

/** How things look on the wire when they are read. */

export const MESSAGES_A_PAGE = 20;
const STATUS: Record<ConversationState, number> = { pending: 0, unresolved: 1, resolved: 2 };

export function conversationView(conversation: Conversation, asOf: number): Record<string, unknown> {
  const fields = fieldsAsOf(conversation, asOf);
  const last = messagesAsOf(conversation, asOf).at(-1);
  return {
    session_id: conversation.session_id,
    website_id: conversation.website_id,
    people_id: conversation.people_id,
    inbox_id: fields.inbox_id,
    state: fields.state,
    status: STATUS[fields.state],
    is_verified: fields.is_verified,
    is_blocked: fields.is_blocked,
    availability: fields.availability,
    active: { now: false, last: fields.updated_at },
    last_message: last ? excerptOf(last) : '',
    ...(last ? { preview_message: { type: last.type, from: last.from, excerpt: excerptOf(last), fingerprint: last.fingerprint } } : {}),
    topic: '',
    verifications: [],
    participants: fields.participants,
    mentions: [],
    compose: { operator: conversation.compose.operator ?? null, visitor: conversation.compose.visitor ?? null },
    unread: fields.unread,
    ...(fields.assigned ? { assigned: { user_id: fields.assigned } } : {}),
    meta: fields.meta,
    created_at: conversation.created_at,
    updated_at: fields.updated_at,
    ...(fields.waiting_since ? { waiting_since: fields.waiting_since } : {}),
  };
}

export function excerptOf(message: MessageFields): string {
  const { content } = message;
  if (typeof content === 'string') return content.slice(0, 120);
  const { text, name } = (content ?? {}) as { text?: unknown; name?: unknown };
  if (typeof text === 'string') return text.slice(0, 120);
  return typeof name === 'string' ? name.slice(0, 120) : '';
}

export function messageView(conversation: Conversation, fields: MessageFields): Record<string, unknown> {
  return { session_id: conversation.session_id, website_id: conversation.website_id, ...fields };
}

export interface MessageWindow {
  before?: number;
  after?: number;
  around?: number;
}

/** One batch: the newest ones when nothing is asked for, always oldest first inside; `more` says that older ones remain. */
export function messagePage(conversation: Conversation, asOf: number, window: MessageWindow): { page: MessageFields[]; more: boolean } {
  let seen = messagesAsOf(conversation, asOf).sort((a, b) => a.timestamp - b.timestamp || a.fingerprint - b.fingerprint);
  if (window.after !== undefined) {
    const newer = seen.filter((message) => message.timestamp > window.after!);
    return { page: newer.slice(0, MESSAGES_A_PAGE), more: newer.length > MESSAGES_A_PAGE };
  }
  if (window.around !== undefined) {
    const at = seen.findIndex((message) => message.timestamp >= window.around!);
    const middle = at < 0 ? seen.length : at;
    const from = Math.max(0, middle - MESSAGES_A_PAGE / 2);
    return { page: seen.slice(from, from + MESSAGES_A_PAGE), more: from > 0 };
  }
  if (window.before !== undefined) seen = seen.filter((message) => message.timestamp < window.before!);
  return { page: seen.slice(-MESSAGES_A_PAGE), more: seen.length > MESSAGES_A_PAGE };
}

export function profileView(profile: Profile): Record<string, unknown> {
  const { data: _data, ...view } = profile;
  return { ...view, active: { now: false, last: profile.updated_at }, score: 0 };
}
