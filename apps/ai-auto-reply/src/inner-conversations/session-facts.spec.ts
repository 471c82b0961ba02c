import { describe, expect, it } from '@jest/globals';
import { freshSession } from '../inbox/session.js';
import type { Line, Session } from '../inbox/session.js';
import { sessionFacts } from './session-facts.js';

const ANSWER = '019b8d6e-7d10-7000-8000-0000000000b1';
const of = { sessionId: 'session_a', websiteId: 'w', botId: 'demo', workspaceId: 'acme' };
const line = (patch: Partial<Line>): Line => ({
  fingerprint: 1,
  from: 'visitor',
  text: 'hi',
  at: 100,
  editedAt: 0,
  removed: false,
  ...patch,
});
const factsOf = (patch: Partial<Session>) => sessionFacts({ ...freshSession(of), ...patch });

describe('what is remembered of a session', () => {
  it.each<[string, Partial<Session>, { answerId: string | null; silence: string | null }]>([
    ['an answered question has its answer', { lines: [line({ answer: ANSWER })] }, { answerId: ANSWER, silence: null }],
    ['one that was let be says why', { lines: [line({ answer: 'too-late' })] }, { answerId: null, silence: 'too-late' }],
    ['one that waits has neither', { lines: [line({})] }, { answerId: null, silence: null }],
    ['one before a human’s word is the human’s', { lines: [line({})], wordAt: 200 }, { answerId: null, silence: 'human' }],
    ['one in a session that is switched off says so', { lines: [line({})], offAt: 50 }, { answerId: null, silence: 'off' }],
  ])('%s', (_, patch, expected) => {
    expect(factsOf(patch).find(({ kind }) => kind === 'line')).toMatchObject(expected);
  });

  it('is told in order, without what was taken back and what never came', () => {
    const facts = factsOf({
      lines: [line({}), line({ fingerprint: 2, at: 300, removed: true }), line({ fingerprint: 3, from: null })],
      resolvedAt: 200,
    });
    expect(facts).toMatchObject([
      { kind: 'line', text: 'hi' },
      { kind: 'turn', what: 'resolved' },
      { kind: 'line', text: null },
    ]);
  });
});
