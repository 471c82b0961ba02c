import type { z } from 'zod';

/** What the caller is told; `field` where one of his is to blame. */
export interface Refusal {
  readonly status: number;
  readonly error: { readonly code: string; readonly message: string; readonly field?: string };
}

export const refusals = {
  unauthorized: { status: 401, error: { code: 'unauthorized', message: 'the Authorization header must hold a bearer key of a bot' } },
  notFound: { status: 404, error: { code: 'not-found', message: 'this bot has no such conversation' } },
  conflict: {
    status: 409,
    error: { code: 'idempotency-conflict', message: 'this Idempotency-Key was used with another body', field: 'Idempotency-Key' },
  },
  tooFast: { status: 429, error: { code: 'too-many-requests', message: 'wait before the next request' } },
  notJson: { status: 400, error: { code: 'invalid-request', message: 'the body must be a JSON object' } },
  tooDeep: { status: 400, error: { code: 'invalid-request', message: 'the body is nested too deeply' } },
  notJsonType: { status: 415, error: { code: 'unsupported-media-type', message: 'the body must be application/json' } },
  notReady: { status: 503, error: { code: 'not-ready', message: 'settings are still being read' } },
} as const satisfies Record<string, Refusal>;

/** Names the first field that is wrong and why, never its value. */
export function invalidRequest(error: z.ZodError, fallback = 'body'): Refusal {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.') || fallback;
  const message = unknown === undefined ? (issue?.message ?? 'is wrong') : 'is not known';
  return { status: 400, error: { code: 'invalid-request', message: `${field}: ${message}`.slice(0, 500), field: field.slice(0, 200) } };
}
