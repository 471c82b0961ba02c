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

export const useSignInLink = defineOperation({
  id: 'useSignInLink',
  method: 'POST',
  path: '/v1/sign-in/link',
  tag: 'Sign-in',
  summary: 'Signs in with a one-time link; the answer sets the session’s cookie.',
  access: { to: 'anyone' },
  params: NOTHING,
  query: NOTHING,
  body: z.object({ token: z.string().min(1).max(200) }),
  answer: SessionSchema,
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
