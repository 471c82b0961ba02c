import { safeParse } from '@baton/contracts';
import { createHash } from 'node:crypto';
import type { MessengerWebhook } from '@baton/contracts';
import { z } from 'zod';
import { readMetadata } from '../send-mark.js';
import { clean } from '../text/clean.js';
import { bodiesOfMessage, textBodies } from './bodies.js';
import type { MessengerFact, ThreadControl } from './facts.js';
import {
  DeliverySchema,
  EditSchema,
  MessageSchema,
  OpenedSchema,
  PostbackSchema,
  ReactionSchema,
  ReadSchema,
  ThreadControlSchema,
} from './wire.js';

/** What every reader is told besides its own field. */
interface At {
  readonly of: {
    readonly pageId: string;
    readonly userId: string;
    readonly at: number;
    readonly standby: boolean;
  };
  readonly ownAppId: string;
  /** The event's own time, if it has one. */
  readonly timestamp: number | undefined;
  /** It is the page that acted, not the person. */
  readonly byPage: boolean;
}

const EnvelopeSchema = z.looseObject({
  sender: z.looseObject({ id: z.string().optional() }).optional().catch(undefined),
  timestamp: z.int().nonnegative().optional().catch(undefined),
});

/** What an event says, to the app with this id. It never throws: what cannot be read is `unknown`. */
export function readMessengerEvent(webhook: MessengerWebhook, ownAppId: string): MessengerFact {
  const { pageId, userId, sentAt, standby } = webhook;
  const event = safeParse(EnvelopeSchema, webhook.event).data ?? {};
  const of = { pageId, userId, at: event.timestamp ?? sentAt, standby };
  const at: At = { of, ownAppId, timestamp: event.timestamp, byPage: event.sender?.id === pageId };
  for (const [field, read] of READERS) {
    const fact = Object.hasOwn(event, field) ? read(at, event[field]) : undefined;
    if (fact !== undefined) return fact;
  }
  return { kind: 'unknown', ...of, opensWindow: false, says: fieldsOf(event) };
}

const READERS: readonly (readonly [string, (at: At, said: unknown) => MessengerFact | undefined])[] = [
  ['message', readMessage],
  ['postback', readPostback],
  [
    'delivery',
    reader(DeliverySchema, ({ of }, { mids, watermark }) =>
      mids.length === 0 && watermark === 0 ? undefined : { kind: 'delivered', ...of, opensWindow: false, mids, watermark },
    ),
  ],
  ['read', reader(ReadSchema, ({ of }, { watermark }) => ({ kind: 'seen', ...of, opensWindow: false, watermark }))],
  [
    'reaction',
    byPerson(ReactionSchema, ({ of }, { mid, action, emoji }) => ({
      kind: 'reaction',
      ...of,
      opensWindow: action === 'react',
      mid,
      action,
      ...(emoji === undefined ? {} : { emoji: clean(emoji) }),
    })),
  ],
  [
    'message_edit',
    byPerson(EditSchema, ({ of }, { mid, text, num_edit }) => ({
      kind: 'edited',
      ...of,
      opensWindow: false,
      mid,
      text: clean(text),
      number: num_edit,
    })),
  ],
  ['referral', reader(OpenedSchema, opened)],
  ['optin', reader(OpenedSchema, opened)],
  ['pass_thread_control', threadControl('pass')],
  ['take_thread_control', threadControl('take')],
  ['request_thread_control', threadControl('request')],
];

function reader<Schema extends z.ZodType>(schema: Schema, fact: (at: At, said: z.output<Schema>) => MessengerFact | undefined) {
  return (at: At, said: unknown): MessengerFact | undefined => {
    const result = safeParse(schema, said);
    return result.success ? fact(at, result.data) : undefined;
  };
}

/** What the page does of that kind says nothing of the person. */
function byPerson<Schema extends z.ZodType>(schema: Schema, fact: (at: At, said: z.output<Schema>) => MessengerFact) {
  return reader(schema, (at, said) => (at.byPage ? undefined : fact(at, said)));
}

function readMessage(at: At, said: unknown): MessengerFact | undefined {
  const message = safeParse(MessageSchema, said).data;
  if (message === undefined || message.is_deleted === true) return undefined;
  const { of, ownAppId, byPage } = at;
  const mid = message.mid ?? keyOf(at, said);
  const { app_id: appId, metadata } = message;
  if (message.is_echo === true || byPage) {
    // Our mark is ours whatever the app is called: a token may be of another app than the settings name. Without an app's id, what carries
    // metadata came through an API: ours is the only one that is expected to.
    const ours = readMetadata(metadata) !== undefined || (appId === undefined ? metadata !== undefined : isApp(appId, ownAppId));
    if (ours) return { kind: 'own-echo', ...of, opensWindow: false, mid, ...(metadata === undefined ? {} : { metadata }) };
    return {
      kind: 'foreign-echo',
      ...of,
      opensWindow: false,
      mid,
      appId: appId === undefined ? 'unknown' : String(appId),
      bodies: bodiesOfMessage(message),
    };
  }
  return {
    kind: 'message',
    ...of,
    opensWindow: true,
    mid,
    bodies: bodiesOfMessage(message),
    ...(message.reply_to === undefined ? {} : { replyTo: message.reply_to.mid }),
    ...refOf(message.referral?.ref),
  };
}

function readPostback(at: At, said: unknown): MessengerFact | undefined {
  const postback = safeParse(PostbackSchema, said).data;
  if (postback === undefined) return undefined;
  const { mid = keyOf(at, said), title = '', payload, referral } = postback;
  const bodies = title.trim() === '' ? [] : textBodies(title, payload);
  if (bodies.length === 0) return opened(at, { payload, ref: referral?.ref });
  return { kind: 'message', ...at.of, opensWindow: true, mid, bodies, ...refOf(referral?.ref) };
}

function opened({ of }: At, { ref, payload }: { ref?: string | undefined; payload?: string | undefined }): MessengerFact {
  return { kind: 'opened', ...of, opensWindow: true, ...refOf(ref), ...(payload === undefined ? {} : { payload: clean(payload) }) };
}

function refOf(ref: string | undefined): { ref?: string } {
  return ref === undefined ? {} : { ref: clean(ref) };
}

function threadControl(act: ThreadControl['act']) {
  return reader(ThreadControlSchema, ({ of, ownAppId }, said) => {
    const newOwner = said.new_owner_app_id ?? said.requested_owner_app_id;
    return {
      kind: 'thread-control',
      ...of,
      opensWindow: false,
      act,
      toUs: newOwner !== undefined && isApp(newOwner, ownAppId),
      ...(newOwner === undefined ? {} : { newOwnerAppId: String(newOwner) }),
      ...(said.previous_owner_app_id === undefined ? {} : { previousOwnerAppId: String(said.previous_owner_app_id) }),
      ...(said.metadata === undefined ? {} : { metadata: said.metadata }),
    };
  });
}

/** A number may have lost its last digits on the way: then both have. */
function isApp(given: string | number, appId: string): boolean {
  return typeof given === 'number' ? given === Number(appId) : given === appId;
}

/** Stands for the `mid` that Meta did not give. */
function keyOf({ of, timestamp }: At, said: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify([of.pageId, of.userId, timestamp, said]));
  return `none:${hash.digest('hex').slice(0, 32)}`;
}

const MAX_FIELDS = 5;
const ENVELOPE: ReadonlySet<string> = new Set(['sender', 'recipient', 'timestamp']);

function fieldsOf(event: object): string {
  const fields = Object.keys(event).filter((field) => !ENVELOPE.has(field));
  return fields
    .sort()
    .slice(0, MAX_FIELDS)
    .map((field) => field.slice(0, 40))
    .join(',');
}
