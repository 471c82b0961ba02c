import { describe, expect, it } from '@jest/globals';
import { after, agentSays, aSession, asks } from '../../testing/sessions.js';
import { talkOf } from './talk-of.js';

const said = (...facts: Parameters<typeof after>[1]) => talkOf(after(aSession(), facts)).map(({ from, text }) => `${from}: ${text}`);

describe('what an answer is made from', () => {
  it('is who said what, in order', () => {
    const machine = { kind: 'machine-line', fingerprint: 5, at: 5, text: 'Welcome' } as const;
    expect(said(asks(1), agentSays(2), machine, asks(9))).toEqual([
      'visitor: question at 1',
      'agent: agent at 2',
      'assistant: Welcome',
      'visitor: question at 9',
    ]);
  });

  it('ends with what is asked, although an answer to something else was said after it was written', () => {
    const answer = { kind: 'said', answerId: 'a', asked: [1], fingerprint: 900, text: 'the answer', as: 'answer' } as const;
    expect(said(asks(1), asks(2, 'late'), [answer, 50])).toEqual(['visitor: question at 1', 'assistant: the answer', 'visitor: late']);
  });

  it('begins where the conversation was last resolved', () => {
    expect(said(asks(1), agentSays(2), { kind: 'resolved', at: 3 }, asks(9))).toEqual(['visitor: question at 9']);
  });

  it('leaves out what was removed', () => {
    expect(said(asks(1), asks(2), { kind: 'deleted', fingerprint: 1, at: 5 })).toEqual(['visitor: question at 2']);
  });

  it('is bounded, and keeps all that is asked', () => {
    const agents = Array.from({ length: 60 }, (_, index) => agentSays(index + 1));
    const burst = Array.from({ length: 30 }, (_, index) => asks(100 + index));
    const talk = said(...agents, { kind: 'command', at: 99, says: 'on' }, ...burst);
    expect(talk).toHaveLength(40);
    expect(talk.slice(-30).every((line) => line.startsWith('visitor'))).toBe(true);
  });
});
