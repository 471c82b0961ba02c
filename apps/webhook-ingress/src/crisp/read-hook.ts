import { isUtf8 } from 'node:buffer';
import { CrispWebhookSchema, safeParse } from '@baton/contracts';
import type { CrispWebhook } from '@baton/contracts';
import { refusal } from '../http/refusal.js';
import type { Refusal } from '../http/refusal.js';

const NOT_JSON = refusal('hook.not-json');

/** Reads a body as the envelope of a web hook, or says which field is wrong. */
export function readHook(rawBody: Buffer): { readonly hook: CrispWebhook } | { readonly refusal: Refusal } {
  if (!isUtf8(rawBody)) return { refusal: NOT_JSON };
  let json: unknown;
  try {
    json = JSON.parse(rawBody.toString('utf8'));
  } catch {
    return { refusal: NOT_JSON };
  }
  const parsed = safeParse(CrispWebhookSchema, json);
  if (parsed.success) return { hook: parsed.data };
  const issue = parsed.error.issues[0]!;
  return { refusal: refusal('hook.invalid', issue.path.join('.') || '(whole)', issue.message) };
}
