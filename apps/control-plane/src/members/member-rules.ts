import type { Role } from '@baton/control-api';

export interface Holder {
  readonly personId: string;
  readonly role: Role;
}

/**
 * Whether a workspace still has an owner when one of its members gets another role, or none.
 * @param to undefined takes him out
 */
export function keepsAnOwner(members: readonly Holder[], personId: string, to: Role | undefined): boolean {
  if (!members.some((one) => one.role === 'owner')) return true;
  return members.some((one) => (one.personId === personId ? to : one.role) === 'owner');
}

/** What matters of a person to whoever wants to let him in by a link. */
export interface LetIn {
  readonly administrator: boolean;
  /** Comes by the sign-in service of his team. */
  readonly hasIdentity: boolean;
  readonly workspaces: readonly string[];
}

/**
 * Whether a link from the owners of some workspaces may sign a person in. Whoever makes a link could use it himself: it must not open more
 * than he has anyway.
 * @param owned the workspaces of whoever makes the link; `all` for administrators
 */
export function mayLetIn(person: LetIn, owned: 'all' | ReadonlySet<string>): boolean {
  if (owned === 'all') return true;
  return !person.administrator && !person.hasIdentity && person.workspaces.every((workspaceId) => owned.has(workspaceId));
}
