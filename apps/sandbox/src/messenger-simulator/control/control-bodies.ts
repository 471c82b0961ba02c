import { z } from 'zod';
import { SIGNATURES } from '../hooks/wire.js';
import { PersonCardSchema } from '../setup.js';

/** What the control API takes: a person's acts, and orders to the simulator itself. */

const Text = z.string().min(1).max(64_000);
const Payload = z.string().max(1_000);
const Url = z.url({ protocol: /^https?$/ });
const Times = z.int().min(1).max(1_000).default(1);

export const SaySchema = z.object({ text: Text, reply_to: z.string().optional(), more: z.record(z.string(), z.unknown()).optional() });
/** A quick reply of the page's last message, by title or payload; with both, any at all. */
export const TapSchema = z
  .object({ title: z.string().max(80).optional(), payload: Payload.optional() })
  .refine(({ title, payload }) => title !== undefined || payload !== undefined, 'title or payload is needed');
export const PostbackSchema = z.object({ title: z.string().min(1).max(80), payload: Payload });
export const AttachSchema = z.object({
  type: z.enum(['image', 'audio', 'video', 'file', 'sticker', 'fallback', 'location', 'template', 'reel']),
  /** An address elsewhere; without it and without `content_base64`, a sample of the kind is sent. */
  url: Url.optional(),
  content_base64: z.base64().optional(),
  name: z.string().min(1).max(255).optional(),
  content_type: z.string().max(255).optional(),
  /** Text beside it. */
  text: Text.optional(),
  /** How many of them in the one message. */
  count: z.int().min(1).max(30).default(1),
  /** The payload as it is, instead of one made of the above. */
  payload: z.record(z.string(), z.unknown()).optional(),
});
export const EditSchema = z.object({ mid: z.string(), text: Text });
/** Without `mid`: the page's last message; `emoji: null` takes the reaction back. */
export const ReactSchema = z.object({ mid: z.string().optional(), emoji: z.string().min(1).max(16).nullable() });
export const ReferSchema = z.object({ ref: z.string().max(2_083) });
export const OptInSchema = z.object({
  optin: z.record(z.string(), z.unknown()).default({ type: 'notification_messages', payload: 'news' }),
});
export const TimeSchema = z.object({ passed_ms: z.number().min(0).max(10_000_000_000) });
export const PageInboxSchema = z.object({ text: Text, takes_thread: z.boolean().default(false) });
/** One element of `messaging[]` as it is; `sender`, `recipient` and `timestamp` are added where they are missing. */
export const ElementSchema = z.object({ element: z.record(z.string(), z.unknown()), standby: z.boolean().default(false) });

export const NewPersonSchema = PersonCardSchema.extend({ page_id: z.string().optional() });
export const PersonSchema = z
  .object({
    first_name: z.string().trim().min(1).max(64),
    last_name: z.string().trim().max(64),
    blocked: z.boolean(),
    online: z.boolean(),
    reads_at_once: z.boolean(),
    profile: z.enum(['full', 'empty', 'refused']),
    owner: z.string().nullable(),
    acts_age_ms: z.number().min(0).max(10_000_000_000),
  })
  .partial();

export const PageSchema = z
  .object({
    human_agent: z.boolean(),
    require_proof: z.boolean(),
    messaging_type_required: z.boolean(),
    persona_picture_required: z.boolean(),
    token_dead: z.boolean(),
    personas_refused: z.boolean(),
    subscribed: z.boolean(),
  })
  .partial();

export const ResetSchema = z.object({ seed: z.int().optional() });
export const ReleaseSchema = z.object({ order: z.enum(['kept', 'reversed']).default('kept'), together: z.boolean().default(false) });
export const AgainSchema = z.object({ times: Times, signature: z.enum(SIGNATURES).default('right') });
export const OddHookSchema = z
  .object({
    app_id: z.string().optional(),
    /** The body, byte for byte. */
    body: z.string().optional(),
    /** Or what is written as JSON: escaped as Meta does, or plainly. */
    envelope: z.unknown().optional(),
    escaped: z.boolean().default(true),
    signature: z.enum(SIGNATURES).default('right'),
    times: Times,
  })
  .refine(({ body, envelope }) => (body === undefined) !== (envelope === undefined), 'body or envelope is needed, one of them');
/** `mode: null` leaves the parameter out. */
export const HandshakeSchema = z.object({ verify_token: z.string().optional(), mode: z.string().nullable().optional() });
