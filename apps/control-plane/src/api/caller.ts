import { ROLES, SCOPES } from '@baton/control-api';
import type { Access, Author, ProblemCode, Role, Scope } from '@baton/control-api';
import type { OpenSession } from '../sign-in/sessions.js';
import { ApiRefusal } from './problem.js';

/** Who calls. */
export interface Caller {
  readonly author: Author;
  /** May everything in every workspace, and make new ones. */
  readonly administrator: boolean;
  readonly roles: ReadonlyMap<string, Role>;
  /** Into which parts an API key may; people may into all. */
  readonly scopes: 'all' | ReadonlySet<Scope>;
  /** Of the browser in which a person calls; absent for keys. */
  readonly session?: OpenSession;
  /** The network address from which he calls. */
  readonly address?: string;
}

/** By whom something is done, from where and when: for the audit log. */
export interface Deed {
  readonly by: Author;
  readonly address: string | undefined;
  readonly now: Date;
}

export function deedOf({ author, address }: Pick<Caller, 'author' | 'address'>, now = new Date()): Deed {
  return { by: author, address, now };
}

/**
 * Whether a caller may call an operation on this workspace, or the problem that he is told. Whoever is no member is told that there is
 * nothing: whether a workspace exists is nobody else's affair.
 */
export function whyNot(access: Access, caller: Caller | undefined, workspaceId: string | undefined): ProblemCode | undefined {
  if (access.to === 'anyone') return undefined;
  if (!caller) return 'not-signed-in';
  if (access.to === 'signed-in') return undefined;
  if (access.to === 'installation') return caller.administrator ? undefined : 'not-allowed';
  const role = workspaceId === undefined ? undefined : roleIn(caller, workspaceId);
  if (role === undefined) return 'not-found';
  if (ROLES.indexOf(role) < ROLES.indexOf(access.role)) return 'not-allowed';
  return mayInto(caller, access.scope) ? undefined : 'not-allowed';
}

/** Whether he may into this part of a workspace; his role is another question. */
export function mayInto({ scopes }: Pick<Caller, 'scopes'>, scope: Scope): boolean {
  return scopes === 'all' || scopes.has(scope);
}

/** The caller's role in a workspace, if he has any there. */
export function roleIn(caller: Caller, workspaceId: string): Role | undefined {
  return caller.administrator ? 'owner' : caller.roles.get(workspaceId);
}

/**
 * Only who may into all parts may let people in, who may into all: else a key would open by a person what it does not open itself.
 * @throws ApiRefusal
 */
export function requireAllParts({ scopes }: Pick<Caller, 'scopes'>): void {
  if (scopes === 'all' || SCOPES.every((scope) => scopes.has(scope))) return;
  throw new ApiRefusal('not-allowed', 'People may into all parts of a workspace: a key that may not lets nobody in. Let a person do it.');
}

/** The session of a person in a browser. @throws ApiRefusal when a key calls */
export function sessionOf({ session }: Pick<Caller, 'session'>): OpenSession {
  if (session) return session;
  throw new ApiRefusal('not-allowed', 'Only a person who is signed in in a browser may do this, no key.');
}
