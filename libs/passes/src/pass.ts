import { createHmac, timingSafeEqual } from 'node:crypto';
import { SlugSchema } from '@baton/contracts';
import { z } from 'zod';

/** What a pass is for; a door takes one of its own purpose only. */
export const ERRANDS = ['conversations', 'knowledge', 'operations', 'privacy'] as const;
export type Errand = (typeof ERRANDS)[number];

/** Whoever carries it acts for this workspace, and sees nothing of another one. */
const PassSchema = z.object({
  workspaceId: SlugSchema,
  errand: z.enum(ERRANDS),
  /** Reading only, or changing things, too. */
  may: z.enum(['read', 'write']),
  /** Who stands behind it, for the service's own log: a person's or a key's id. */
  by: z.string().max(200),
});
export type Pass = z.output<typeof PassSchema>;

const SignedSchema = PassSchema.extend({ until: z.int() });

/** A pass is good for so long: one request on a slow day (ms). */
export const PASS_LASTS_MS = 60_000;
const SCHEME = /^Baton-Pass ([A-Za-z0-9_-]{1,2000})\.([A-Za-z0-9_-]{43})$/;

/** The value of an `Authorization` header. @param key 32 bytes, base64, the same at both ends */
export function writePass(key: string, pass: Pass, now: Date): string {
  const payload = Buffer.from(JSON.stringify({ ...pass, until: now.getTime() + PASS_LASTS_MS })).toString('base64url');
  return `Baton-Pass ${payload}.${signature(key, payload).toString('base64url')}`;
}

/** The pass of a header; undefined when there is none, it is not ours, or it is over. */
export function readPass(key: string, authorization: string | undefined, now: Date): Pass | undefined {
  const [, payload, given] = SCHEME.exec(authorization ?? '') ?? [];
  if (payload === undefined || given === undefined) return undefined;
  if (!timingSafeEqual(signature(key, payload), Buffer.from(given, 'base64url'))) return undefined;
  const parsed = SignedSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  if (!parsed.success || parsed.data.until <= now.getTime()) return undefined;
  const { until: _, ...pass } = parsed.data;
  return pass;
}

function signature(key: string, payload: string): Buffer {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(`baton.pass.${payload}`).digest();
}
