import { z } from 'zod';
import { inMilliseconds } from './hooks/verify.js';

/**
 * Crisp's shapes as they are on the wire (snake_case; the package's types say otherwise in places). They are read leniently:
 * unknown fields are kept, what is decoration may be missing or odd, and only what a decision rests on is asked for.
 */
const decoration = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);

export const FingerprintSchema = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,16}$/)
    .transform(Number),
]);
export const TimeSchema = z.number().positive().transform(inMilliseconds);

const UserSchema = z.looseObject({
  user_id: decoration(z.string().max(255)),
  nickname: decoration(z.string()),
  avatar: decoration(z.string()),
});

export const CrispMessageSchema = z.looseObject({
  type: z.string().min(1).max(64),
  from: z.string().min(1).max(64),
  origin: z.string().max(255).catch(''),
  content: z.unknown(),
  fingerprint: FingerprintSchema,
  timestamp: TimeSchema,
  user: decoration(UserSchema),
  automated: decoration(z.boolean()),
  stealth: decoration(z.boolean()),
  edited: decoration(z.boolean()),
  read: decoration(z.string()),
  delivered: decoration(z.string()),
  properties: decoration(z.record(z.string(), z.unknown())),
});
/** A message as Crisp sends it, in hooks and in lists. */
export type CrispMessage = z.output<typeof CrispMessageSchema>;

export const CrispStateSchema = z.enum(['pending', 'unresolved', 'resolved']);
/** `pending`: new, no agent yet; `unresolved`: in work; `resolved`: done. */
export type CrispState = z.output<typeof CrispStateSchema>;

export const CrispMetaSchema = z.looseObject({
  nickname: decoration(z.string()),
  email: decoration(z.string()),
  phone: decoration(z.string()),
  avatar: decoration(z.string()),
  subject: decoration(z.string()),
  segments: z
    .array(z.string())
    .nullish()
    .transform((segments) => segments ?? []),
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
});
export type CrispMeta = z.output<typeof CrispMetaSchema>;

export const CrispConversationSchema = z.looseObject({
  session_id: z.string().regex(/^session_[A-Za-z0-9-]{1,64}$/),
  state: decoration(CrispStateSchema),
  created_at: decoration(TimeSchema),
  updated_at: TimeSchema,
  is_blocked: decoration(z.boolean()),
  assigned: decoration(z.looseObject({ user_id: decoration(z.string()) })),
  meta: decoration(CrispMetaSchema),
});
export type CrispConversation = z.output<typeof CrispConversationSchema>;

export const SessionSchema = z.looseObject({ session_id: z.string().regex(/^session_[A-Za-z0-9-]{1,64}$/) });
export const SentSchema = z.looseObject({ fingerprint: FingerprintSchema.optional().catch(undefined) });
export const StateSchema = z.looseObject({ state: CrispStateSchema });
/** Unassigned is `{}`, or null in the field. */
export const RoutingSchema = z.looseObject({ assigned: z.looseObject({ user_id: z.string().nullish() }).nullish() });
export const BlockSchema = z.looseObject({ blocked: z.boolean() });
export const AvailabilitySchema = z.looseObject({ status: z.string(), since: decoration(TimeSchema) });
export const OperatorAvailabilitySchema = z.looseObject({ user_id: z.string(), type: z.string() });
export const OperatorSchema = z.looseObject({
  type: z.string(),
  details: z.looseObject({
    user_id: decoration(z.string()),
    email: decoration(z.string()),
    first_name: decoration(z.string()),
    last_name: decoration(z.string()),
    avatar: decoration(z.string()),
    availability: decoration(z.string()),
  }),
});
export const PersonSchema = z.looseObject({
  people_id: z.string(),
  email: decoration(z.string()),
  segments: decoration(z.array(z.string())),
});
export type CrispPerson = z.output<typeof PersonSchema>;
export const WebsiteSchema = z.looseObject({
  website_id: decoration(z.string()),
  name: decoration(z.string()),
  domain: decoration(z.string()),
});
export type CrispWebsite = z.output<typeof WebsiteSchema>;
