import { z } from 'zod';
import { NOTHING, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';

/** A browser in which one is signed in. */
export const OwnSessionSchema = z.object({
  sessionId: z.string(),
  /** What the browser says of itself. */
  browser: z.string(),
  /** From where it was used last. */
  address: z.string(),
  beganAt: WhenSchema,
  /** To the minute. */
  seenAt: WhenSchema,
  /** When it ends at the latest; twelve hours without use end it, too. */
  endsAt: WhenSchema,
  /** The one that asks. */
  current: z.boolean(),
});
export type OwnSession = z.output<typeof OwnSessionSchema>;

export const changeAccount = defineOperation({
  id: 'changeAccount',
  method: 'PATCH',
  path: '/v1/account',
  tag: 'Sign-in',
  summary: 'Changes the name under which others see one.',
  access: { to: 'signed-in' },
  params: NOTHING,
  query: NOTHING,
  body: z.object({ name: z.string().trim().min(1).max(100) }),
  answer: NOTHING,
});

export const listSessions = defineOperation({
  id: 'listSessions',
  method: 'GET',
  path: '/v1/account/sessions',
  tag: 'Sign-in',
  summary: 'The browsers in which one is signed in, this one first.',
  access: { to: 'signed-in' },
  params: NOTHING,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(OwnSessionSchema) }),
});

export const endSession = defineOperation({
  id: 'endSession',
  method: 'DELETE',
  path: '/v1/account/sessions/{sessionId}',
  tag: 'Sign-in',
  summary: 'Signs one of one’s own browsers out.',
  access: { to: 'signed-in' },
  params: z.object({ sessionId: z.uuid() }),
  query: NOTHING,
  body: NOTHING,
  answer: NOTHING,
});

export const endSessions = defineOperation({
  id: 'endSessions',
  method: 'DELETE',
  path: '/v1/account/sessions',
  tag: 'Sign-in',
  summary: 'Signs all other browsers of one’s own out; with `everywhere` this one, too.',
  access: { to: 'signed-in' },
  params: NOTHING,
  query: z.object({ everywhere: z.enum(['yes', 'no']).default('no') }),
  body: NOTHING,
  answer: NOTHING,
});
