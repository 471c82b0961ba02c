import { z } from 'zod';

const MAX_DEPTH = 5;
/** The most that is known of a visitor, in characters of JSON. */
export const MAX_USER_DATA = 32_768;

function depthOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  let deepest = 0;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner));
  return deepest + 1;
}

/**
 * What a bot knows of its visitor: any JSON object of at most 32 KiB and 5 levels. `name`, `email` and `phone` (text)
 * become the contact's own fields in the inbox, everything else becomes conversation data.
 */
export const UserDataSchema = z
  .record(z.string().min(1).max(128), z.json())
  .refine((data) => depthOf(data) <= MAX_DEPTH, `must not be nested deeper than ${MAX_DEPTH} levels`)
  .refine((data) => JSON.stringify(data).length <= MAX_USER_DATA, `must not be larger than ${MAX_USER_DATA} bytes`);
export type UserData = z.output<typeof UserDataSchema>;
