import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Conversation, ConversationFields, ConversationState, Meta } from '../model.js';
import type { Website, World } from '../world.js';

/** Every change of a conversation that is no message; each tells its event. */

export function openConversation(world: World, website: Website, openedBy: Conversation['opened_by'] = 'api'): Conversation {
  const now = world.now();
  const conversation: Conversation = {
    website_id: website.setup.website_id,
    // Who restarts it beside a database that remembers would take a repeated id for the same conversation.
    session_id: `session_${randomUUID()}`,
    people_id: randomUUID(),
    created_at: now,
    opened_by: openedBy,
    fields: {
      state: 'pending',
      meta: emptyMeta(),
      assigned: null,
      is_blocked: false,
      is_verified: false,
      inbox_id: null,
      participants: [],
      opened: false,
      updated_at: now,
      waiting_since: null,
      unread: { operator: 0, visitor: 0 },
      availability: 'online',
    },
    messages: [],
    compose: {},
    earlier: [],
  };
  world.keep(website, conversation);
  return conversation;
}

function emptyMeta(): Meta {
  return {
    avatar: '',
    data: {},
    device: { geolocation: {} },
    email: '',
    ip: '127.0.0.1',
    nickname: 'anonymous',
    phone: '',
    segments: ['chat'],
  };
}

/** Changes fields and remembers what they were for reads that lag behind. */
export function change(world: World, conversation: Conversation, fields: Partial<ConversationFields>): void {
  const now = world.now();
  const lag = world.faults.rest.stale_reads_ms;
  if (lag > 0) {
    conversation.earlier.push({ until: now, fields: conversation.fields });
    while (conversation.earlier[0] && conversation.earlier[0].until < now - lag) conversation.earlier.shift();
  } else {
    conversation.earlier.length = 0;
  }
  conversation.fields = { ...conversation.fields, updated_at: now, ...fields };
}

/** What a read that lags `staleness` milliseconds sees; a conversation itself is seen from its first moment. */
export function fieldsAsOf(conversation: Conversation, asOf: number): ConversationFields {
  return conversation.earlier.find((earlier) => earlier.until > asOf)?.fields ?? conversation.fields;
}

export function setState(world: World, conversation: Conversation, state: ConversationState): void {
  change(world, conversation, { state });
  world.tell('session:set_state', conversation, { state });
}

/** The visitor answers the question how it was; nothing of it is read back. */
export function rate(world: World, conversation: Conversation, rating: { stars: number; comment?: string | undefined }): void {
  world.tell('session:sync:rating', conversation, { rating });
}

export type MetaChange = Partial<Meta>;

const META_EVENTS = {
  nickname: 'session:set_nickname',
  email: 'session:set_email',
  phone: 'session:set_phone',
  address: 'session:set_address',
  subject: 'session:set_subject',
  avatar: 'session:set_avatar',
  origin: 'session:set_origin',
  segments: 'session:set_segments',
  data: 'session:set_data',
} as const satisfies Partial<Record<keyof Meta, string>>;

/** A part of the meta is replaced as a whole (segments and data, too): who wants to add must read first. */
export function updateMeta(world: World, conversation: Conversation, wanted: MetaChange): void {
  const before = conversation.fields.meta;
  const meta: Meta = { ...before, ...wanted };
  if (isDeepStrictEqual(before, meta)) return;
  change(world, conversation, { meta });
  for (const [field, event] of Object.entries(META_EVENTS) as [keyof typeof META_EVENTS, string][]) {
    if (!isDeepStrictEqual(before[field], meta[field])) world.tell(event, conversation, { [field]: meta[field] });
  }
}

export function assign(world: World, conversation: Conversation, userId: string | null): void {
  const previous = conversation.fields.assigned;
  change(world, conversation, { assigned: userId });
  world.tell('session:set_routing', conversation, { routing_id: userId, previous_routing_id: previous });
}

export function block(world: World, conversation: Conversation, blocked: boolean): void {
  change(world, conversation, { is_blocked: blocked });
  world.tell('session:set_block', conversation, { is_blocked: blocked });
}

export function setInbox(world: World, conversation: Conversation, inboxId: string | null): void {
  const previous = conversation.fields.inbox_id;
  change(world, conversation, { inbox_id: inboxId });
  world.tell('session:set_inbox', conversation, { inbox_id: inboxId, previous_inbox_id: previous });
}

export function setParticipants(world: World, conversation: Conversation, participants: { type: string; target: string }[]): void {
  change(world, conversation, { participants });
  world.tell('session:set_participants', conversation, { participants });
}

export function setOpened(world: World, conversation: Conversation, opened: boolean, userId?: string): void {
  change(world, conversation, { opened });
  world.tell(opened ? 'session:set_opened' : 'session:set_closed', conversation, userId ? { operator: { user_id: userId } } : {});
}

export function verify(world: World, conversation: Conversation, verified: boolean): void {
  change(world, conversation, { is_verified: verified });
  world.tell('session:update_verify', conversation, { is_verified: verified, verifications: [] });
}

export function removeConversation(world: World, conversation: Conversation): void {
  world.forget(conversation);
  world.tell('session:removed', conversation);
}
