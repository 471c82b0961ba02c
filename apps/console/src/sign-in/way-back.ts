import { SIGN_IN_TROUBLES } from '@baton/control-api';
import type { SignInTrouble } from '@baton/control-api';

const SIGN_IN = '/console/sign-in';

/** What the address of the sign-in page says. */
export interface Arrival {
  /** In words; undefined where nothing went wrong. */
  readonly trouble: string | undefined;
  /** Where to go afterwards: a path of the console. */
  readonly returnTo: string;
}

/** @param at path, query and fragment of the page that somebody opened who is not signed in */
export function arrivalOf(at: { readonly pathname: string; readonly search: string }): Arrival {
  const query = new URLSearchParams(at.search);
  const code = query.get('trouble');
  const isSignIn = at.pathname === SIGN_IN;
  return {
    trouble:
      !isSignIn || code === null ? undefined : Object.hasOwn(SIGN_IN_TROUBLES, code) ? SIGN_IN_TROUBLES[code as SignInTrouble] : undefined,
    returnTo: isSignIn ? (query.get('returnTo') ?? '/console/') : `${at.pathname}${at.search}`,
  };
}

/** Where signing in with the team’s own service begins. */
export function oidcAddress(path: string, returnTo: string): string {
  return `${path}?${new URLSearchParams({ returnTo }).toString()}`;
}
