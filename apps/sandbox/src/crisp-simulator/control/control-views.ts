import type { Conversation, StoredMessage } from '../model.js';
import type { HookPost } from '../hooks/hook-post.js';
import { excerptOf } from '../rest/views.js';
import type { Website, World } from '../world.js';

/** How the control API shows things: with what Crisp's own API would hide (removed messages, edits, hooks). */

export function stateView(world: World, hooks: HookPost): Record<string, unknown> {
  const conversations = [...world.allSessions()];
  return {
    websites: [...world.websites.values()].map(websiteView),
    conversations: conversations.length,
    messages: conversations.reduce((sum, conversation) => sum + conversation.messages.length, 0),
    calls: world.calls,
    hooks: hooks.counts,
    faults: world.faults,
  };
}

export function websiteView(website: Website): Record<string, unknown> {
  return {
    website_id: website.setup.website_id,
    name: website.setup.name,
    domain: website.setup.domain,
    status: website.status,
    operators: website.operators,
  };
}

/** What a person copies out of Crisp's settings; tokens of people are not for that. */
export function tokensView(world: World): Record<string, unknown> {
  return {
    websites: [...world.websites.values()].map(({ setup: { website_id, name, hook_url } }) => ({
      ...{ website_id, name, hook_url: hook_url ?? null },
      tokens: [...world.tokens.values()]
        .filter(({ tier, websites }) => tier !== 'user' && websites.includes(website_id))
        .map(({ identifier, key, tier }) => ({ identifier, key, tier })),
    })),
  };
}

/** A line of the inbox. */
export function inboxView(conversation: Conversation): Record<string, unknown> {
  const { fields } = conversation;
  const last = conversation.messages.findLast((message) => message.removedAt === undefined);
  const lastForVisitor = conversation.messages.findLast(
    ({ removedAt, fields: { type } }) => removedAt === undefined && type !== 'note' && type !== 'event',
  );
  return {
    session_id: conversation.session_id,
    website_id: conversation.website_id,
    nickname: fields.meta.nickname,
    email: fields.meta.email,
    avatar: fields.meta.avatar,
    segments: fields.meta.segments,
    state: fields.state,
    assigned: fields.assigned,
    inbox_id: fields.inbox_id,
    unread: fields.unread.operator,
    waiting_since: fields.waiting_since,
    excerpt: last ? excerptOf(last.fields) : '',
    excerpt_from: last?.fields.from ?? null,
    opened_by: conversation.opened_by,
    excerpt_for_visitor: lastForVisitor ? excerptOf(lastForVisitor.fields) : '',
    unread_by_visitor: fields.unread.visitor,
    created_at: conversation.created_at,
    updated_at: fields.updated_at,
  };
}

export function messageView(message: StoredMessage): Record<string, unknown> {
  return {
    ...message.fields,
    stored_at: message.storedAt,
    ...(message.removedAt === undefined ? {} : { removed_at: message.removedAt }),
  };
}

/** A whole conversation; messages in the order in which Crisp got them, removed ones marked. */
export function transcriptView(conversation: Conversation): Record<string, unknown> {
  return {
    ...inboxView(conversation),
    meta: conversation.fields.meta,
    opened: conversation.fields.opened,
    is_blocked: conversation.fields.is_blocked,
    typing: conversation.compose.visitor ?? null,
    operator_typing: conversation.compose.operator ?? null,
    messages: conversation.messages.map(messageView),
  };
}
