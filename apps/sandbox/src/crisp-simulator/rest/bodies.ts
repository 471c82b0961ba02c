import { z } from 'zod';

/** What callers may send, by route. Unknown fields are ignored. */

export const SideSchema = z.enum(['user', 'operator']);
const OriginSchema = z.string().regex(/^(chat|email|urn:[^\s]+)$/, "should be 'chat', 'email' or a URN");
const FingerprintSchema = z.number().int();
const Text = z.string().min(1).max(64_000);
const Url = z.url({ protocol: /^https?$/ });

const FileContent = z.object({ name: z.string().min(1), url: Url, type: z.string().min(1) });
const AnimationContent = z.object({ url: Url, type: z.string().min(1) });
const AudioContent = z.object({ url: Url, type: z.string().min(1), duration: z.number() });
const PickerContent = z.object({
  id: z.string().min(1),
  text: z.string(),
  choices: z.array(z.looseObject({ value: z.string(), label: z.string(), selected: z.boolean() })).min(1),
  required: z.boolean().optional(),
});
const FieldContent = z.object({
  id: z.string().min(1),
  text: z.string(),
  explain: z.string(),
  value: z.string().optional(),
  required: z.boolean().optional(),
});
const CarouselContent = z.object({
  text: z.string(),
  targets: z.array(z.looseObject({ title: z.string(), description: z.string() })).min(1),
});
const EventContent = z.object({ namespace: z.string().min(1), text: z.string().optional() });

const Common = {
  from: SideSchema,
  origin: OriginSchema,
  fingerprint: FingerprintSchema.optional(),
  timestamp: z.number().int().positive().optional(),
  user: z
    .object({
      type: z.enum(['participant', 'website']).optional(),
      nickname: z.string().max(255).optional(),
      avatar: z.string().max(2_048).optional(),
    })
    .optional(),
  mentions: z.array(z.string()).optional(),
  references: z.array(z.looseObject({ type: z.string(), target: z.string() })).optional(),
  original: z.looseObject({ type: z.string(), content: z.string() }).optional(),
  properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  stealth: z.boolean().optional(),
  automated: z.boolean().optional(),
  translated: z.boolean().optional(),
};

const of = <Type extends string, Content extends z.ZodType>(type: Type, content: Content) =>
  z.object({ ...Common, type: z.literal(type), content });

export const NewMessageSchema = z.discriminatedUnion('type', [
  of('text', Text),
  of('note', Text),
  of('file', FileContent),
  of('animation', AnimationContent),
  of('audio', AudioContent),
  of('picker', PickerContent),
  of('field', FieldContent),
  of('carousel', CarouselContent),
  of('event', EventContent),
]);

/** An edit keeps the type, so its content must fit that. */
export const contentSchemaOf = (type: string): z.ZodType => {
  const found = NewMessageSchema.options.find((option) => option.shape.type.value === type);
  return z.object({ content: found!.shape.content });
};

export const ComposeSchema = z.object({
  type: z.enum(['start', 'stop']),
  from: SideSchema,
  excerpt: z.string().max(2_000).optional(),
  stealth: z.boolean().optional(),
  automated: z.boolean().optional(),
});

export const MarkSchema = z.object({ from: SideSchema, origin: OriginSchema, fingerprints: z.array(FingerprintSchema).optional() });

export const StateSchema = z.object({ state: z.enum(['pending', 'unresolved', 'resolved']) });

const Flat = z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]));

export const MetaSchema = z.object({
  nickname: z.string().min(1).max(255).optional(),
  email: z.union([z.literal(''), z.email()]).optional(),
  phone: z.string().max(64).optional(),
  address: z.string().max(1_000).optional(),
  subject: z.string().max(1_000).optional(),
  avatar: z.string().max(2_048).optional(),
  ip: z.string().max(64).optional(),
  origin: z.string().max(255).optional(),
  segments: z.array(z.string()).max(100).optional(),
  data: Flat.optional(),
  device: z.record(z.string(), z.unknown()).optional(),
  timezone: z.number().optional(),
});

export const RoutingSchema = z.object({
  assigned: z.union([z.null(), z.object({ user_id: z.string().min(1) })]),
  silent: z.boolean().optional(),
});
export const InboxSchema = z.object({ inbox_id: z.string().nullable() });
export const ParticipantsSchema = z.object({ participants: z.array(z.object({ type: z.literal('email'), target: z.email() })).max(10) });
export const BlockSchema = z.object({ blocked: z.boolean() });
export const VerifySchema = z.object({ verified: z.boolean() });
export const OpenSchema = z.object({ opened: z.boolean() });
export const UnreadSchema = z.object({ from: SideSchema });

export const ProfileSchema = z.object({
  email: z.email().optional(),
  person: z.record(z.string(), z.unknown()).optional(),
  company: z.record(z.string(), z.unknown()).optional(),
  segments: z.array(z.string()).optional(),
  notepad: z.string().optional(),
});
export const PeopleDataSchema = z.object({ data: Flat });
