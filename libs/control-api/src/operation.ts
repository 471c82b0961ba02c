import type { z } from 'zod';
import type { ProblemCode } from './problem.js';

/** What a member may do: `viewer` reads, `editor` changes what bots do, `owner` decides who may and what it costs. Each may what those before may. */
export const ROLES = ['viewer', 'editor', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** The parts of a workspace that an API key may be let into. */
export const SCOPES = ['bots', 'knowledge', 'conversations', 'operations', 'members', 'privacy'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * Who may call an operation. `workspace`: members of the workspace in the path with at least this role, and its API keys with this role and
 * scope. `installation`: administrators of the whole installation, and the key of the environment.
 */
export type Access =
  | { readonly to: 'anyone' }
  | { readonly to: 'signed-in' }
  | { readonly to: 'workspace'; readonly role: Role; readonly scope: Scope }
  | { readonly to: 'installation' };

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** One word for clients and documents, such as `listBots`; unique. */
  readonly id: string;
  readonly method: Method;
  /** With parameters in braces: `/v1/workspaces/{workspaceId}/bots`. */
  readonly path: `/v1/${string}`;
  /** The heading under which documents show it. */
  readonly tag: string;
  /** One sentence. */
  readonly summary: string;
  readonly access: Access;
  /** Of the path, each named in it. */
  readonly params: Params;
  readonly query: Query;
  /** JSON; `NOTHING` where there is none. */
  readonly body: Body;
  /** Of the body where it is no JSON: its bytes are passed on as they come. */
  readonly bytes?: { readonly types: readonly string[]; readonly limit: number };
  /** Of success, JSON; `NOTHING` answers 204. */
  readonly answer: Answer;
  /** Of success; 200, or 204 without an answer, when it is left out. */
  readonly status?: number;
  /** Of success where it is no JSON, such as `text/event-stream` or `text/yaml`. */
  readonly produces?: string;
  /** `shown`: the answer has an ETag. `required`: the request must say with If-Match which version it changes, too. */
  readonly etag?: 'shown' | 'required';
  /** What may go wrong beyond what may go wrong everywhere. */
  readonly problems?: readonly ProblemCode[];
}

export function defineOperation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  operation: Operation<P, Q, B, A>,
): Operation<P, Q, B, A> {
  return operation;
}

/** As handlers see it: defaults filled in. */
export interface InputOf<O extends Operation> {
  readonly params: z.output<O['params']>;
  readonly query: z.output<O['query']>;
  readonly body: z.output<O['body']>;
}

/** As callers give it. */
export interface RequestOf<O extends Operation> {
  readonly params?: z.input<O['params']>;
  readonly query?: z.input<O['query']>;
  readonly body?: z.input<O['body']>;
}

/** As handlers give it. */
export type AnswerOf<O extends Operation> = z.input<O['answer']>;
/** As callers get it. */
export type ResultOf<O extends Operation> = z.output<O['answer']>;
