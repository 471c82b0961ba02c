import { z } from 'zod';
import { clean } from '../text/clean.js';

/**
 * What stands beside `sender`, `recipient` and `timestamp` in an event. Nearly everything may be missing or odd: then it is as if it were not
 * there, so that one odd field costs no more than itself.
 */
const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
/** Meta's are shorter than 200 characters; a longer one would fit into no index. */
const MidSchema = z.string().max(512).transform(clean).pipe(z.string().min(1));
const mid = MidSchema.optional().catch(undefined);
/** Meta writes the ids of apps now as a number, now as a text. */
const appId = z
  .union([z.string().transform(clean).pipe(z.string().min(1)), z.number()])
  .optional()
  .catch(undefined);
const milliseconds = z.union([
  z.number().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

const ReferralSchema = z.looseObject({ ref: text }).optional().catch(undefined);

const AttachmentSchema = z.looseObject({
  type: z.string().catch(''),
  /** Older fallbacks carry these two here. */
  title: text,
  url: text,
  payload: z
    .looseObject({
      url: text,
      title: text,
      text,
      sticker_id: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
      coordinates: z.looseObject({ lat: z.number(), long: z.number() }).optional().catch(undefined),
      elements: z
        .array(z.looseObject({ title: text }))
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export type Attachment = z.output<typeof AttachmentSchema>;

export const MessageSchema = z.looseObject({
  mid,
  text,
  quick_reply: z.looseObject({ payload: z.string() }).optional().catch(undefined),
  reply_to: z
    .looseObject({ mid: z.string().min(1) })
    .optional()
    .catch(undefined),
  attachments: z
    .array(AttachmentSchema.catch({ type: '' }))
    .optional()
    .catch(undefined),
  commands: z
    .array(z.looseObject({ name: text }))
    .optional()
    .catch(undefined),
  referral: ReferralSchema,
  is_echo: flag,
  is_deleted: flag,
  app_id: appId,
  metadata: text,
});
export type Message = z.output<typeof MessageSchema>;

export const PostbackSchema = z.looseObject({ mid, title: text, payload: text, referral: ReferralSchema });
export const DeliverySchema = z.looseObject({
  mids: z
    .array(mid)
    .transform((mids) => mids.filter((one) => one !== undefined))
    .catch([]),
  watermark: milliseconds.catch(0),
});
export const ReadSchema = z.looseObject({ watermark: milliseconds });
export const ReactionSchema = z.looseObject({
  mid: z.string().min(1),
  action: z.enum(['react', 'unreact']),
  emoji: z.string().max(64).optional().catch(undefined),
});
export const EditSchema = z.looseObject({ mid: z.string().min(1), text: z.string().min(1), num_edit: z.int().nonnegative().catch(0) });
export const OpenedSchema = z.looseObject({ ref: text, payload: text });
export const ThreadControlSchema = z.looseObject({
  previous_owner_app_id: appId,
  new_owner_app_id: appId,
  requested_owner_app_id: appId,
  metadata: text,
});
