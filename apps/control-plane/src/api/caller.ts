import { ROLES } from '@baton/control-api';
import type { Access, Author, ProblemCode, Role, Scope } from '@baton/control-api';

/** Who calls. */
export interface Caller {
  readonly author: Author;
  /** May everything in every workspace, and make new ones. */
  readonly administrator: boolean;
  readonly roles: ReadonlyMap<string, Role>;
  /** Into which parts an API key may; people may into all. */
  readonly scopes: 'all' | ReadonlySet<Scope>;
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
  return caller.scopes === 'all' || caller.scopes.has(access.scope) ? undefined : 'not-allowed';
}

/** The caller's role in a workspace, if he has any there. */
export function roleIn(caller: Caller, workspaceId: string): Role | undefined {
  return caller.administrator ? 'owner' : caller.roles.get(workspaceId);
}
