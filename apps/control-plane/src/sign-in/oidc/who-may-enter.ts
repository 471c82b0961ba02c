import type { SignInTrouble } from '@baton/control-api';

/** What the sign-in service says of a person, as far as it matters. */
export interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly name: string | undefined;
}

/** What Baton knows of a person whom the sign-in service names. */
export interface Known {
  /** This very identity has come before. */
  readonly bound: boolean;
  /** Whether somebody has this address, and whether he comes as another identity of the same service. */
  readonly person: { readonly hasOtherIdentity: boolean } | undefined;
  /** Somebody invited this address. */
  readonly invited: boolean;
  /** Strangers get a role, too. */
  readonly open: boolean;
}

/** `come`: he was here before. `bind`: he is known by his address, and by this identity from now on. `add`: he is new. */
export type Entrance = 'come' | 'bind' | 'add' | { readonly trouble: SignInTrouble };

/**
 * Whether a person may come in by the sign-in service. Who is known by his identity may; everybody else is known by his address, which the
 * service must have confirmed: else whoever writes a stranger's address into his profile would be he.
 */
export function whoMayEnter({ email, emailVerified }: Pick<Claims, 'email' | 'emailVerified'>, known: Known): Entrance {
  if (known.bound) return 'come';
  if (email === undefined || !emailVerified) return { trouble: 'email-unverified' };
  if (known.person) return known.person.hasOtherIdentity ? { trouble: 'another-identity' } : 'bind';
  return known.invited || known.open ? 'add' : { trouble: 'not-invited' };
}
