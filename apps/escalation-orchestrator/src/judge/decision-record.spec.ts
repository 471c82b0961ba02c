import { describe, expect, it } from '@jest/globals';
import { aFact, aPolicy, START, storyOn } from '../floor/conversation.builder.js';
import type { Story } from '../floor/conversation.builder.js';
import { decide } from '../floor/decide.js';
import type { Fact } from '../floor/facts.js';
import { passedOver, recordOf, traceIdOf } from './decision-record.js';
import type { DecisionRecord } from './decision-record.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

/** What is kept when this happens next in a story. */
function kept(story: Story, fact: Fact): DecisionRecord | null {
  const { conversation: before, policy, now } = story;
  const { conversation: after, actions } = decide(before, fact, policy, now);
  return recordOf({ before, after, fact, actions, now, traceparent: `00-${TRACE}-00f067aa0ba902b7-01` });
}

const did = (record: DecisionRecord | null) => record?.detail.did.map(({ what }) => what);

describe('what is kept of a decision', () => {
  it.each<[string, Story, Fact]>([
    ['a word of the visitor to the bot', storyOn.bot(), aFact('visitor-wrote')],
    ['an answer of the bot', storyOn.bot(), aFact('bot-answered', { messages: [{ text: 'Hello' }] })],
    ['a word of the visitor to an agent', storyOn.agent(), aFact('visitor-wrote')],
    ['that the visitor opened his chat', storyOn.bot(), aFact('visitor-presence')],
    ['time that passed without anything due', storyOn.waiting(), aFact('time-passed')],
  ])('is nothing for %s', (_, story, fact) => {
    expect(kept(story, fact)).toBeNull();
  });

  it('is who asked for a human and why, with what it set in motion', () => {
    const record = kept(storyOn.bot(), aFact('bot-answered', { needHelp: true, muted: true, category: 'billing', reason: 'refund' }));
    expect(record).toMatchObject({
      fact: 'bot-answered',
      at: START,
      floorBefore: 'bot',
      floorAfter: 'escalating',
      epochBefore: 0,
      epochAfter: 1,
      traceId: TRACE,
      detail: { came: { needHelp: true }, timersSet: [{ kind: 'escalation-deadline' }, { kind: 'promise' }] },
    });
    expect(record?.detail.did).toEqual(
      expect.arrayContaining([
        { what: 'muted', reason: 'handover-requested' },
        { what: 'requested', by: 'bot', detail: 'refund', category: 'billing', reopens: undefined },
      ]),
    );
    expect([record?.detail.effects?.length, record?.detail.lines?.length]).toEqual([1, 1]);
    expect(record?.handoverId).not.toBeNull();
  });

  it.each<[string, Story, (story: Story) => Fact, string[]]>([
    [
      'that agents are there',
      storyOn.escalating(),
      ({ handoverId }) => aFact('availability-known', { handoverId, answer: 'yes' }),
      ['checked'],
    ],
    [
      'that nobody is there',
      storyOn.escalating(),
      ({ handoverId }) => aFact('availability-known', { handoverId, answer: 'nobody-online' }),
      ['checked', 'desk-work-withdrawn', 'promise-ended', 'declined', 'unmuted'],
    ],
    ['that an agent came', storyOn.waiting(), () => aFact('agent-wrote', { at: START }), ['connected']],
    ['that somebody opened it in the inbox', storyOn.waiting(), () => aFact('desk-taken'), ['taken']],
    ['that it was resolved', storyOn.agent(), ({ now }) => aFact('desk-state', { at: now + 60_000 }), ['resolved', 'unmuted']],
    ['why an answer was refused', storyOn.agent(), () => aFact('bot-answered', { messages: [{ text: 'x' }] }), ['rejected']],
    ['why a state of Crisp moved nothing', storyOn.agent(), () => aFact('desk-state', { sessionId: 'session_other' }), ['ignored']],
    [
      'which timer gave the visitor back',
      storyOn.waiting(aPolicy()).later(60 * 60_000),
      () => aFact('time-passed'),
      ['timer', 'timed-out', 'unmuted'],
    ],
  ])('is %s', (_, story, fact, expected) => {
    const record = kept(story, fact(story));
    expect(did(record)).toEqual(expect.arrayContaining(expected));
    expect(record?.traceId).toBe(TRACE);
  });

  it('holds no word of anybody', () => {
    const story = storyOn.waiting();
    for (const fact of [aFact('agent-wrote', { at: START, body: { type: 'text', text: 'a secret word' } })]) {
      expect(JSON.stringify(kept(story, fact))).not.toContain('secret');
    }
  });
});

describe('what was passed over at Crisp', () => {
  const { conversation } = storyOn.agent();

  it('is kept with its reason', () => {
    expect(passedOver(conversation, 'agent-edited', 'older-edit', START, undefined)).toMatchObject({
      floorBefore: 'agent',
      floorAfter: 'agent',
      traceId: null,
      detail: { did: [{ what: 'ignored', reason: 'older-edit' }] },
    });
  });

  it.each(['echo', 'state-set-by-us', 'repeated-message'])('is not, where it comes with every healthy conversation: %s', (reason) => {
    expect(passedOver(conversation, 'agent-wrote', reason, START, undefined)).toBeNull();
  });
});

it.each([
  [`00-${TRACE}-00f067aa0ba902b7-01`, TRACE],
  ['nonsense', null],
  [undefined, null],
])('the trace of %s is %s', (traceparent, expected) => {
  expect(traceIdOf(traceparent)).toBe(expected);
});
