import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

/** What the caller is told; `field` where one of his is to blame. */
export interface Refusal {
  readonly status: number;
  readonly error: { readonly code: string; readonly message: string; readonly field?: string };
}

/** Answers with a refusal; who may come again is told when. */
export function refuse(reply: FastifyReply, { status, error }: Refusal): object {
  reply.code(status);
  if (status === 429 || status === 503) reply.header('retry-after', '1');
  return { error };
}

/** Names the first field that is wrong and why, never its value. */
export function invalidRequest(error: z.ZodError, fallback = 'body'): Refusal {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.') || fallback;
  const message = unknown === undefined ? (issue?.message ?? 'is wrong') : 'is not known';
  return { status: 400, error: { code: 'invalid-request', message: `${field}: ${message}`.slice(0, 500), field: field.slice(0, 200) } };
}
