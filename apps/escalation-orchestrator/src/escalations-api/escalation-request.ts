import { z } from 'zod';
import { FloorFlagsShape, UuidSchema, safeParse } from '@baton/contracts';
import { invalidRequest } from '../doors/refusal.js';
import type { Refusal } from '../doors/refusal.js';
import { refusals } from './answers.js';

/** The body of `POST /v1/escalations`; whoever calls it asks for a human unless he says otherwise, or wants an answer by e-mail. */
export const EscalationRequestSchema = z
  .strictObject({ conversation_id: UuidSchema, ...FloorFlagsShape })
  .transform((request) => ({ ...request, need_help: request.need_help ?? request.contact_by_email !== true }));
export type EscalationRequest = z.output<typeof EscalationRequestSchema>;

/** Reads a body as a request, or says which field is wrong and why. */
export function readEscalationRequest(body: unknown): { readonly request: EscalationRequest } | { readonly refusal: Refusal } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { refusal: refusals.notJson };
  const parsed = safeParse(EscalationRequestSchema, body);
  return parsed.success ? { request: parsed.data } : { refusal: invalidRequest(parsed.error) };
}

/** Chosen by the caller; the same key with the same body is the same request for a day. */
export const IdempotencyKeySchema = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable characters without spaces');
