import { z } from 'zod';
import { Refusal } from '../http/refusal.js';

const limit = z.coerce.number().int().min(1).max(201).default(50);
const SliceSchema = z.object({ limit, before: z.string().max(64).optional() });
const PlaceSchema = z.object({ limit, after: z.coerce.number().int().min(-1).max(1_000_000_000).optional() });

/** Which part of a list with times is asked for. @throws Refusal 400 */
export function slice(query: unknown): { readonly limit: number; readonly before?: string } {
  const { limit, before } = checked(SliceSchema, query);
  return { limit, ...(before !== undefined && { before }) };
}

/** Which part of a list with an order of its own is asked for. @throws Refusal 400 */
export function placeIn(query: unknown, start: number): { readonly limit: number; readonly after: number } {
  const { limit, after = start } = checked(PlaceSchema, query);
  return { limit, after };
}

function checked<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal('invalid-request', issue?.message ?? 'the query is not as it should be', issue?.path.join('.') || undefined);
}
