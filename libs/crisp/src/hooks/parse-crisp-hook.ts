import { safeParse } from '@baton/contracts';
import type { MessageBody } from '@baton/contracts';
import { z } from 'zod';
import { isOurs, OUR_PROPERTY } from '../marks.js';
import { CrispMessageSchema, CrispMetaSchema, CrispStateSchema, FingerprintSchema, type CrispMessage } from '../wire.js';
import type { CrispAuthor, CrispFact } from './facts.js';
import { whyNotAnAgents } from './is-agent-message.js';
import { bodiesOf, bodiesOfEdit } from './message-body.js';
import { inMilliseconds } from './verify.js';

/** The envelope of a hook after its schema: `CrispWebhook` of the contracts. */
export interface CrispHookEnvelope {
  readonly website_id: string;
  readonly event: string;
  readonly timestamp: number;
  readonly data: { readonly session_id?: string | undefined; readonly [field: string]: unknown };
}

interface At {
  readonly event: string;
  readonly websiteId: string;
  readonly sessionId: string;
  readonly envelopeAt: number;
}

const EditSchema = z.looseObject({ fingerprint: FingerprintSchema, content: z.unknown() });
const RemovalSchema = z.looseObject({ fingerprint: FingerprintSchema });
const SetStateSchema = z.looseObject({ state: CrispStateSchema });
const SetSegmentsSchema = z.looseObject({ segments: CrispMetaSchema.shape.segments });
const RoutedSchema = z.looseObject({ routing_id: z.string().nullish(), previous_routing_id: z.string().nullish() });
const OpenedSchema = z.looseObject({ operator: z.looseObject({ user_id: z.string().optional() }).nullish().catch(undefined) });
const TypingSchema = z.looseObject({
  type: z.enum(['start', 'stop']),
  automated: z.boolean().optional().catch(undefined),
  user: CrispMessageSchema.shape.user,
});
const StarsSchema = z.looseObject({
  stars: z.coerce.number().min(0).max(5),
  comment: z.string().nullish().catch(null),
});
/** Under a name of its own, as Crisp documents it, or bare. */
const RatingSchema = z.union([z.looseObject({ rating: StarsSchema }).transform(({ rating }) => rating), StarsSchema]);
const ReadSchema = z.looseObject({ origin: z.string().catch(''), fingerprints: z.array(FingerprintSchema).catch([]) });

/** What a web hook says. It never throws: a hook that should mean something and cannot be read is the fact `unreadable`. */
export function parseCrispHook(envelope: CrispHookEnvelope): CrispFact {
  const { website_id: websiteId, event, data } = envelope;
  const of = { event, websiteId, envelopeAt: inMilliseconds(envelope.timestamp) };
  const sessionId = data.session_id;
  const read = READERS.get(event);
  if (read === undefined) return { kind: 'other', ...of, ...(sessionId === undefined ? {} : { sessionId }) };
  if (sessionId === undefined) return { kind: 'unreadable', ...of, reason: 'session_id is missing' };
  return read({ ...of, sessionId }, data);
}

/**
 * The same for a message that was found in a conversation's list instead: whoever missed its hook decides by the same fact.
 * The event is the one its hook would have had.
 */
export function factOfMessage(where: { readonly websiteId: string; readonly sessionId: string }, message: CrispMessage): CrispFact {
  const event = message.from === 'operator' ? 'message:received' : 'message:send';
  return said({ event, websiteId: where.websiteId, sessionId: where.sessionId, envelopeAt: message.timestamp }, message);
}

const READERS = new Map<string, (at: At, data: unknown) => CrispFact>(
  Object.entries({
    'message:send': readMessage,
    'message:received': readMessage,
    'message:updated': reader(EditSchema, (at, edit) => ({
      kind: 'edited',
      ...at,
      fingerprint: edit.fingerprint,
      ...bodyAndRest(bodiesOfEdit(edit.content)),
    })),
    'message:removed': reader(RemovalSchema, (at, { fingerprint }) => ({ kind: 'removed', ...at, fingerprint })),
    'message:compose:send': reader(TypingSchema, (at, typing) => typingOf('visitor', at, typing)),
    'message:compose:receive': reader(TypingSchema, (at, typing) => typingOf('operator', at, typing)),
    'message:acknowledge:read:send': reader(ReadSchema, (at, ack) => readOf('visitor', at, ack)),
    'message:acknowledge:read:received': reader(ReadSchema, (at, ack) => readOf('operator', at, ack)),
    'message:acknowledge:delivered': reader(ReadSchema, (at, ack) => ({
      kind: 'delivered',
      ...at,
      origin: ack.origin,
      ours: isOurs(ack),
      fingerprints: ack.fingerprints,
    })),
    'session:set_state': reader(SetStateSchema, (at, { state }) => ({ kind: 'state', ...at, state })),
    'session:set_segments': reader(SetSegmentsSchema, (at, { segments }) => ({ kind: 'segments', ...at, segments })),
    'session:set_routing': reader(RoutedSchema, (at, routed) => ({
      kind: 'routing',
      ...at,
      operatorId: routed.routing_id ?? null,
      previousOperatorId: routed.previous_routing_id ?? null,
    })),
    'session:set_opened': reader(OpenedSchema, (at, { operator }) => ({
      kind: 'opened',
      ...at,
      ...(operator?.user_id === undefined ? {} : { operatorId: operator.user_id }),
    })),
    'session:sync:rating': reader(RatingSchema, (at, { stars, comment }) => ({
      kind: 'rating',
      ...at,
      stars: Math.round(stars),
      comment: comment?.trim() || null,
    })),
    'session:removed': (at: At) => ({ kind: 'session-removed', ...at }),
  }),
);

function reader<Schema extends z.ZodType>(schema: Schema, fact: (at: At, data: z.output<Schema>) => CrispFact) {
  return (at: At, data: unknown): CrispFact => {
    const result = safeParse(schema, data);
    return result.success ? fact(at, result.data) : unreadable(at, result.error);
  };
}

function readMessage(at: At, data: unknown): CrispFact {
  const result = safeParse(CrispMessageSchema, data);
  return result.success ? said(at, result.data) : unreadable(at, result.error);
}

function said(at: At, message: CrispMessage): CrispFact {
  const mark = message.properties?.[OUR_PROPERTY];
  const words = {
    ...at,
    fingerprint: message.fingerprint,
    // The writer's own device gave the time of a message: one whose clock is ahead has not written after Crisp sent it out.
    at: Math.min(message.timestamp, at.envelopeAt),
    messageType: message.type,
    origin: message.origin,
    ours: isOurs(message),
    ...(mark === undefined ? {} : { mark: String(mark) }),
    automated: message.automated === true,
    ...(message.edited === true ? { edited: true as const } : {}),
    author: authorOf(message.user),
    ...bodyAndRest(bodiesOf(message.type, message.content)),
  };
  if (at.event === 'message:send') return { kind: 'visitor-message', ...words };
  const because = whyNotAnAgents(message);
  if (because !== undefined) return { kind: 'operator-line', because, ...words };
  if (words.body === undefined)
    return { kind: 'unreadable', ...at, reason: `nothing of a message of type ${JSON.stringify(message.type)} can be shown` };
  return { kind: 'agent-message', ...words };
}

function typingOf(by: 'visitor' | 'operator', at: At, typing: z.output<typeof TypingSchema>): CrispFact {
  return {
    kind: 'typing',
    ...at,
    by,
    typing: typing.type === 'start',
    automated: typing.automated === true,
    author: authorOf(typing.user),
  };
}

function readOf(of: 'visitor' | 'operator', at: At, ack: z.output<typeof ReadSchema>): CrispFact {
  return { kind: 'read', ...at, of, origin: ack.origin, ours: isOurs(ack), fingerprints: ack.fingerprints };
}

function bodyAndRest([body, ...continuation]: readonly MessageBody[]): { body?: MessageBody; continuation: MessageBody[] } {
  return body === undefined ? { continuation } : { body, continuation };
}

function authorOf(user: CrispMessage['user']): CrispAuthor {
  const name = user?.nickname?.trim().slice(0, 255);
  const avatar = user?.avatar;
  const shown = avatar !== null && avatar !== undefined && avatar.length <= 2_048 && /^https?:\/\//.test(avatar) && URL.canParse(avatar);
  return { ...(user?.user_id ? { id: user.user_id } : {}), ...(name ? { name } : {}), ...(shown ? { avatar } : {}) };
}

function unreadable(at: At, error: z.ZodError): CrispFact {
  const [issue] = error.issues;
  const field = issue?.path.join('.') || 'data';
  return { kind: 'unreadable', ...at, reason: `${field} is not as Crisp documents it` };
}
