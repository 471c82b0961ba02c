import { describe, expect, it } from '@jest/globals';
import { aConversation } from '../../testing/crisp-messages.js';
import { after, agentSays, aSession, asks } from '../../testing/sessions.js';
import type { Session } from '../session.js';
import { dealtWithUpTo, whatToRead } from './what-to-read.js';
import type { Listed } from './what-to-read.js';

const MINUTE = 60_000;
const NOW = 1_760_000_000_000;
const ago = (ms: number): number => NOW - ms;

/** What is read when one conversation is listed. */
function read(changedAt: number, known?: Session, more: Partial<Listed> & { state?: 'pending' | 'unresolved' | 'resolved' } = {}) {
  const { state = 'pending', ...listed } = more;
  return whatToRead({
    conversations: [aConversation({ updated_at: changedAt, state })],
    sessions: new Map(known ? [['session_a', known]] : []),
    readAt: new Map(),
    watchedSince: 0,
    now: NOW,
    ...listed,
  });
}

const asked = after(aSession(), [asks(ago(MINUTE))]);
const said = { kind: 'said', answerId: 'a', asked: [ago(MINUTE)], fingerprint: 1, text: 'so', as: 'answer' } as const;

describe('a session that changed', () => {
  it.each<[string, ReturnType<typeof read>, number]>([
    ['and was never heard of, from half an hour ago', read(ago(MINUTE)), ago(30 * MINUTE)],
    [
      'and was never heard of, from when we came, if that is later',
      read(ago(MINUTE), undefined, { watchedSince: ago(2 * MINUTE) }),
      ago(2 * MINUTE),
    ],
    ['behind the last line that we know of, from a little before it', read(ago(10_000), asked), ago(3 * MINUTE)],
    ['behind the last line, although we spoke since', read(ago(10_000), after(asked, [[said, NOW]])), ago(3 * MINUTE)],
    [
      'behind the change at which it was read',
      read(ago(10_000), undefined, { readAt: new Map([['session_a', ago(11_000)]]) }),
      ago(30 * MINUTE),
    ],
    ['while an agent has the word: his command may be lost', read(ago(10_000), after(asked, [agentSays(ago(30_000))])), ago(150_000)],
    ['and is in work', read(ago(10_000), undefined, { state: 'unresolved' }), ago(30 * MINUTE)],
  ])('%s, is read', (_, { toRead }, since) => {
    expect(toRead).toMatchObject([{ sessionId: 'session_a', since }]);
  });

  it.each<[string, ReturnType<typeof read>]>([
    ['by the last line that we know of', read(ago(MINUTE), asked)],
    ['by a line of an agent that we know of', read(ago(30_000), after(asked, [agentSays(ago(30_000))]))],
    ['at which it was read', read(ago(MINUTE), undefined, { readAt: new Map([['session_a', ago(MINUTE)]]) })],
    ['more than half an hour ago', read(ago(31 * MINUTE))],
    ['before we came', read(ago(MINUTE), undefined, { watchedSince: ago(MINUTE - 1) })],
    ['and is resolved', read(ago(MINUTE), undefined, { state: 'resolved' })],
    ['and is a handover', read(ago(10_000), after(asked, [[{ kind: 'handover' }, NOW]]))],
    ['and was removed', read(ago(10_000), after(asked, [[{ kind: 'session-removed' }, NOW]]))],
  ])('%s, is left alone for good', (_, found) => {
    expect(found).toEqual({ toRead: [], leftFrom: undefined });
  });

  it('a moment ago is left to its hook, and to the next look', () => {
    expect(read(ago(1_000))).toEqual({ toRead: [], leftFrom: ago(1_000) });
  });
});

it('who has waited longest is read first', () => {
  const conversations = [5, 9, 7].map((minutes) => aConversation({ session_id: `session_${minutes}`, updated_at: ago(minutes * MINUTE) }));
  const { toRead } = whatToRead({ conversations, sessions: new Map(), readAt: new Map(), watchedSince: 0, now: NOW });
  expect(toRead.map(({ sessionId }) => sessionId)).toEqual(['session_9', 'session_7', 'session_5']);
});

describe('a look that is over', () => {
  const conversations = [30, 10, 20].map((updated_at) => aConversation({ updated_at }));
  it.each<[string, typeof conversations, number[], number | undefined]>([
    ['dealt with all changes', conversations, [], 30],
    ['dealt with what is older than the oldest that it left', conversations, [30, 20], 19],
    ['of nothing says nothing new', [], [], undefined],
  ])('%s', (_, listed, left, upTo) => {
    expect(dealtWithUpTo(listed, left)).toBe(upTo);
  });
});
