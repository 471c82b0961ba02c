import { UuidSchema } from '@baton/contracts';
import { z } from 'zod';
import { Refusal } from './refusal.js';

/** The body of `PUT /v1/bots/:botId/crisp`. */
export const ConnectRequestSchema = z.strictObject({
  websiteId: UuidSchema,
  tokenId: z.string().trim().min(1).max(128),
  tokenKey: z.string().trim().min(1).max(512),
  tier: z.enum(['plugin', 'website']).default('plugin'),
  /** Without `/v1`; only tests and the sandbox change it. */
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .default('https://api.crisp.chat'),
});
export type ConnectRequest = z.output<typeof ConnectRequestSchema>;

/** The body of `POST /v1/bots/:botId/crisp/hook-secret`. */
export const RotateRequestSchema = z.strictObject({
  /** How long the secret in use is still taken, in seconds; 0 ends it at once. */
  oldEndsInSeconds: z.int().min(0).max(604_800).default(86_400),
});

/** @throws Refusal with the first field that is wrong and why, never its value */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = unknown ?? issue?.path.join('.') ?? '';
  const message = unknown === undefined ? (issue?.message ?? 'is wrong') : 'is not known';
  throw new Refusal('invalid-request', `${field || 'the body'}: ${message}`, field ? { field } : {});
}
