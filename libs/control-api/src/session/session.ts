import { SlugSchema } from '@baton/contracts';
import { z } from 'zod';
import { NOTHING } from '../common.js';
import { defineOperation, ROLES } from '../operation.js';

/** The header that a page of ours sends with the session's `csrfToken`, with every request that changes something. */
export const CSRF_HEADER = 'x-baton-csrf';

/** Who is signed in, and where he may go. */
export const SessionSchema = z.object({
  person: z.object({ personId: z.string(), name: z.string(), email: z.string() }),
  /** To be sent back in `x-baton-csrf`. */
  csrfToken: z.string(),
  /** May make workspaces and plans. */
  administrator: z.boolean(),
  workspaces: z.array(z.object({ workspaceId: SlugSchema, name: z.string(), role: z.enum(ROLES) })),
});
export type Session = z.output<typeof SessionSchema>;

export const getSession = defineOperation({
  id: 'getSession',
  method: 'GET',
  path: '/v1/session',
  tag: 'Sign-in',
  summary: 'Who is signed in in this browser.',
  access: { to: 'signed-in' },
  params: NOTHING,
  query: NOTHING,
  body: NOTHING,
  answer: SessionSchema,
});

/** Why signing in did not come to its end, and what to do. The page of the console shows it by the code in its address. */
export const SIGN_IN_TROUBLES = {
  away: 'The sign-in service of your team does not answer. Try again in a moment.',
  refused: 'The sign-in service did not let you in, or you turned back there. Try again, or ask who runs it.',
  stale: 'That took too long, or it began in another browser. Press the button once more.',
  'email-unverified': 'The sign-in service does not say that your e-mail address is confirmed. Confirm it there, then try again.',
  'not-invited': 'You are not invited yet. Ask an owner of your team’s workspace to invite the address with which you sign in.',
  'another-identity': 'Your e-mail address belongs to another identity of the sign-in service already. Ask who runs Baton.',
  'too-many': 'Too many tries from your address. Wait a minute, then try again.',
  failed: 'Something went wrong on our side. Try again in a moment.',
} as const;
export type SignInTrouble = keyof typeof SIGN_IN_TROUBLES;

export const getSignInWays = defineOperation({
  id: 'getSignInWays',
  method: 'GET',
  path: '/v1/sign-in',
  tag: 'Sign-in',
  summary: 'How one may sign in, beyond links.',
  access: { to: 'anyone' },
  params: NOTHING,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({
    /** The team’s own sign-in service, as it is named on the button, and the path at which signing in with it begins. */
    oidc: z.object({ name: z.string(), path: z.string() }).nullable(),
  }),
});

const LinkTokenSchema = z.string().min(1).max(200);

export const lookAtSignInLink = defineOperation({
  id: 'lookAtSignInLink',
  method: 'POST',
  path: '/v1/sign-in/link/look',
  tag: 'Sign-in',
  summary: 'What a one-time link is good for, without using it up.',
  access: { to: 'anyone' },
  params: NOTHING,
  query: NOTHING,
  body: z.object({ token: LinkTokenSchema }),
  answer: z.object({
    email: z.string(),
    /** What was asked in to, when it is an invitation. */
    invitation: z.object({ workspace: z.string(), role: z.enum(ROLES) }).nullable(),
    /** Nobody knows the person yet: he says his name when he comes in. */
    asksName: z.boolean(),
  }),
});

export const useSignInLink = defineOperation({
  id: 'useSignInLink',
  method: 'POST',
  path: '/v1/sign-in/link',
  tag: 'Sign-in',
  summary: 'Signs in with a one-time link; the answer sets the session’s cookie.',
  access: { to: 'anyone' },
  params: NOTHING,
  query: NOTHING,
  body: z.object({ token: LinkTokenSchema, name: z.string().trim().min(1).max(100).optional() }),
  answer: SessionSchema,
  problems: ['conflict'],
});

export const signOut = defineOperation({
  id: 'signOut',
  method: 'DELETE',
  path: '/v1/session',
  tag: 'Sign-in',
  summary: 'Ends the session of this browser.',
  access: { to: 'signed-in' },
  params: NOTHING,
  query: NOTHING,
  body: NOTHING,
  answer: NOTHING,
});

export const createOwnerLink = defineOperation({
  id: 'createOwnerLink',
  method: 'POST',
  path: '/v1/sign-in/owner-links',
  tag: 'Sign-in',
  summary: 'A one-time link that signs an administrator in: the first one, or one who is locked out. Good for an hour.',
  access: { to: 'installation' },
  params: NOTHING,
  query: NOTHING,
  body: z.object({ email: z.email().max(254).default('owner@localhost'), name: z.string().trim().min(1).max(100).default('Owner') }),
  answer: z.object({ url: z.string(), endsAt: z.iso.datetime() }),
});
