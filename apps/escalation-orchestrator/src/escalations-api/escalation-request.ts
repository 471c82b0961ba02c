import { z } from 'zod';
import { FloorFlagsShape, UuidSchema } from '@baton/contracts';

/** The body of `POST /v1/escalations`; whoever calls it asks for a human unless he says otherwise. */
export const EscalationRequestSchema = z.strictObject({
  conversation_id: UuidSchema,
  ...FloorFlagsShape,
  need_help: z.boolean().default(true),
});
export type EscalationRequest = z.output<typeof EscalationRequestSchema>;

/** Chosen by the caller; the same key with the same body is the same request for a day. */
export const IdempotencyKeySchema = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable characters without spaces');
