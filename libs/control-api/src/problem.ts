import { z } from 'zod';
import { AuthorSchema, WhenSchema } from './common.js';

/** Every problem that the API tells, with its HTTP status and its title. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'Something in the request is wrong' },
  'not-signed-in': { status: 401, title: 'Nobody is signed in' },
  'not-allowed': { status: 403, title: 'This needs another role' },
  'wrong-origin': { status: 403, title: 'The request does not come from the console' },
  'not-found': { status: 404, title: 'There is nothing here' },
  conflict: { status: 409, title: 'This cannot be done as things stand' },
  taken: { status: 409, title: 'This name is taken' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body has a type that is not taken' },
  'changed-meanwhile': { status: 412, title: 'Somebody else changed it meanwhile' },
  'not-connectable': { status: 422, title: 'Crisp does not let this connection do what it must' },
  'version-required': { status: 428, title: 'Say which version you change' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  failed: { status: 500, title: 'Something went wrong on our side' },
  'service-away': { status: 503, title: 'A service that is needed does not answer' },
  'not-ready': { status: 503, title: 'The service is still starting' },
  'not-configured': { status: 503, title: 'This is not set up' },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457, `application/problem+json`. */
export const ProblemSchema = z.object({
  /** `urn:baton:problem:<code>`. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
  /** What happened, to whom, what comes next. */
  detail: z.string(),
  /** The fields that are wrong, by JSON pointer into the body, or `query/…`, `path/…`. */
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  /** What a connection lacks, each with the way to get it. */
  missing: z.array(z.looseObject({})).optional(),
  /** What others changed since the version that the caller read, newest first. */
  meanwhile: z
    .array(z.object({ version: z.int(), changedAt: WhenSchema, changedBy: AuthorSchema, cause: z.string(), paths: z.array(z.string()) }))
    .optional(),
  /** When to come again, in seconds. */
  retryAfter: z.int().optional(),
});
export type Problem = z.output<typeof ProblemSchema>;
