import type { Compose, Conversation, MessageFields, MessageType, MessageUser, Side, StoredMessage } from '../model.js';
import type { World } from '../world.js';
import { change, setState } from './conversations.js';

/** Everything that happens to messages; each tells its event. */

export interface NewMessage {
  type: MessageType;
  from: Side;
  origin: string;
  content: unknown;
  fingerprint?: number | undefined;
  timestamp?: number | undefined;
  user?: MessageUser | undefined;
  mentions?: string[] | undefined;
  references?: unknown[] | undefined;
  original?: unknown;
  properties?: Record<string, unknown> | undefined;
  stealth?: boolean | undefined;
  automated?: boolean | undefined;
  translated?: boolean | undefined;
}

export function postMessage(world: World, conversation: Conversation, wanted: NewMessage): StoredMessage {
  const now = world.now();
  const fingerprint = wanted.fingerprint ?? world.newFingerprint();
  const known = wanted.fingerprint === undefined ? undefined : findMessage(conversation, fingerprint);
  if (known && world.faults.rest.repeated_fingerprint === 'ignore') return known;
  if (known && world.faults.rest.repeated_fingerprint === 'replace') {
    editMessage(world, conversation, known, wanted.content);
    return known;
  }
  const optional: Partial<MessageFields> = {};
  if (wanted.automated !== undefined) optional.automated = wanted.automated;
  if (wanted.stealth !== undefined) optional.stealth = wanted.stealth;
  if (wanted.translated !== undefined) optional.translated = wanted.translated;
  if (wanted.references) optional.references = wanted.references;
  if (wanted.original !== undefined) optional.original = wanted.original;
  if (wanted.properties) optional.properties = wanted.properties;
  const message: StoredMessage = {
    fields: {
      type: wanted.type,
      from: wanted.from,
      origin: wanted.origin,
      content: wanted.content,
      fingerprint,
      timestamp: wanted.timestamp ?? now,
      user: wanted.user ?? speakerOf(conversation, wanted.from),
      preview: [],
      mentions: wanted.mentions ?? [],
      read: '',
      delivered: '',
      stamped: true,
      ...optional,
    },
    storedAt: now,
    earlier: [],
  };
  if (wanted.from === 'user' && !message.fields.user.user_id) message.fields.user.user_id = conversation.session_id;
  conversation.messages.push(message);
  delete conversation.compose[wanted.from === 'user' ? 'visitor' : 'operator'];
  count(world, conversation, message.fields);
  world.tell(wanted.from === 'user' ? 'message:send' : 'message:received', conversation, hookData(message.fields));
  moveState(world, conversation, message.fields);
  return message;
}

function speakerOf(conversation: Conversation, from: Side): MessageUser {
  if (from === 'operator') return { nickname: 'Support' };
  return { user_id: conversation.session_id, nickname: conversation.fields.meta.nickname };
}

function count(world: World, conversation: Conversation, message: MessageFields): void {
  const { unread, waiting_since } = conversation.fields;
  if (message.from === 'user') {
    change(world, conversation, {
      unread: { ...unread, operator: unread.operator + 1 },
      waiting_since: waiting_since ?? world.now(),
    });
    return;
  }
  const forVisitor = message.type !== 'note' && message.type !== 'event';
  change(world, conversation, {
    unread: forVisitor ? { ...unread, visitor: unread.visitor + 1 } : unread,
    ...(forVisitor && !message.automated ? { waiting_since: null } : {}),
  });
}

function moveState(world: World, conversation: Conversation, message: MessageFields): void {
  if (message.from === 'user' && conversation.fields.state === 'resolved') setState(world, conversation, 'pending');
  const person = message.from === 'operator' && !message.automated && message.type !== 'note' && message.type !== 'event';
  if (person && world.faults.operator_message_opens && conversation.fields.state === 'pending') setState(world, conversation, 'unresolved');
}

function hookData(fields: MessageFields): Record<string, unknown> {
  const { preview: _preview, read: _read, delivered: _delivered, edited: _edited, stealth: _stealth, ...data } = fields;
  return data;
}

/** The newest message with that fingerprint: a repeated one hides the first from edits. */
export function findMessage(conversation: Conversation, fingerprint: number): StoredMessage | undefined {
  return conversation.messages.findLast((message) => message.fields.fingerprint === fingerprint && message.removedAt === undefined);
}

export function editMessage(world: World, conversation: Conversation, message: StoredMessage, content: unknown): void {
  if (world.faults.rest.stale_reads_ms > 0) message.earlier.push({ until: world.now(), content: message.fields.content });
  message.fields = { ...message.fields, content, edited: true };
  change(world, conversation, {});
  world.tell('message:updated', conversation, { fingerprint: message.fields.fingerprint, content });
}

export function removeMessage(world: World, conversation: Conversation, message: StoredMessage): void {
  message.removedAt = world.now();
  change(world, conversation, {});
  world.tell('message:removed', conversation, { fingerprint: message.fields.fingerprint });
}

/** `from` is the author of the marked messages; without fingerprints all of them are meant. */
export interface Mark {
  from: Side;
  origin: string;
  fingerprints?: number[] | undefined;
}

export function markRead(world: World, conversation: Conversation, mark: Mark): void {
  const marked = unmarked(conversation, mark, 'read');
  for (const message of marked) message.fields.read = mark.origin;
  const counter = mark.from === 'user' ? 'operator' : 'visitor';
  const counted = marked.filter(({ fields }) => fields.from === 'user' || (fields.type !== 'note' && fields.type !== 'event')).length;
  const unread = { ...conversation.fields.unread };
  unread[counter] = mark.fingerprints ? Math.max(0, unread[counter] - counted) : 0;
  change(world, conversation, { unread, updated_at: conversation.fields.updated_at });
  const event = mark.from === 'user' ? 'message:acknowledge:read:send' : 'message:acknowledge:read:received';
  world.tell(event, conversation, { origin: mark.origin, fingerprints: marked.map((message) => message.fields.fingerprint) });
}

export function markDelivered(world: World, conversation: Conversation, mark: Mark): void {
  const marked = unmarked(conversation, mark, 'delivered');
  for (const message of marked) message.fields.delivered = mark.origin;
  world.tell('message:acknowledge:delivered', conversation, {
    origin: mark.origin,
    fingerprints: marked.map((message) => message.fields.fingerprint),
  });
}

export function markUnread(world: World, conversation: Conversation, from: Side): void {
  const last = conversation.messages.findLast((message) => message.fields.from === from);
  if (last) last.fields.read = '';
  const counter = from === 'user' ? 'operator' : 'visitor';
  const unread = { ...conversation.fields.unread, [counter]: Math.max(1, conversation.fields.unread[counter]) };
  change(world, conversation, { unread });
  world.tell('message:acknowledge:unread:send', conversation, { origin: 'chat', fingerprints: last ? [last.fields.fingerprint] : [] });
}

function unmarked(conversation: Conversation, mark: Mark, field: 'read' | 'delivered'): StoredMessage[] {
  const only = mark.fingerprints && new Set(mark.fingerprints);
  return conversation.messages.filter(
    ({ fields }) => fields.from === mark.from && fields[field] === '' && (!only || only.has(fields.fingerprint)),
  );
}

export function compose(world: World, conversation: Conversation, from: Side, typing: Compose): void {
  conversation.compose[from === 'user' ? 'visitor' : 'operator'] = typing;
  const { user, ...rest } = typing;
  if (from === 'user') world.tell('message:compose:send', conversation, rest);
  else world.tell('message:compose:receive', conversation, { ...rest, ...(user ? { user } : {}) });
}

/** Messages that a read sees which lags behind until `asOf`: not those stored later, not yet without those removed later. */
export function messagesAsOf(conversation: Conversation, asOf: number): MessageFields[] {
  const seen: MessageFields[] = [];
  for (const message of conversation.messages) {
    if (message.storedAt > asOf || (message.removedAt !== undefined && message.removedAt <= asOf)) continue;
    const earlier = message.earlier.find((version) => version.until > asOf);
    seen.push(earlier ? { ...message.fields, content: earlier.content } : message.fields);
  }
  return seen;
}
