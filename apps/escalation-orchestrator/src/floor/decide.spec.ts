import { describe, expect, it } from '@jest/globals';
import { BACK_TO_BOT } from '@baton/contracts';
import type { Floor } from '@baton/contracts';
import { aFact, storyOn } from './conversation.builder.js';
import type { Story } from './conversation.builder.js';
import type { Fact } from './facts.js';

const backToBot = () => aFact('visitor-wrote', { body: { type: 'text', text: 'Back', payload: BACK_TO_BOT } });

/** Each row of the design's table: on which floor, what happens, where the floor is then, and what is asked for. */
const TABLE: readonly [on: Floor, what: string, fact: (story: Story) => Fact, to: Floor, asked: string[]][] = [
  [
    'bot',
    'a human is asked for',
    () => aFact('bot-answered', { needHelp: true }),
    'escalating',
    ['mode:escalating', 'bot.muted', 'handover.requested', 'desk:ask-availability'],
  ],
  ['escalating', 'a human is asked for again', () => aFact('bot-answered', { needHelp: true }), 'escalating', []],
  ['waiting', 'a human is asked for again', () => aFact('bot-answered', { needHelp: true }), 'waiting', []],
  ['agent', 'a human is asked for again', () => aFact('bot-answered', { needHelp: true }), 'agent', []],

  [
    'escalating',
    'agents are there',
    (s) => aFact('availability-known', { handoverId: s.handoverId, answer: 'yes' }),
    'escalating',
    ['desk:open-session', 'desk:set-contact', 'desk:post-first-message', 'desk:post-briefing'],
  ],
  [
    'escalating',
    'no agent is there',
    (s) => aFact('availability-known', { handoverId: s.handoverId, answer: 'nobody-online' }),
    'bot',
    ['withdraw', 'mode:bot', 'handover.declined', 'bot.unmuted:declined'],
  ],
  [
    'escalating',
    'nobody knows whether agents are there',
    (s) => aFact('availability-known', { handoverId: s.handoverId, answer: 'crisp-unreachable' }),
    'bot',
    ['withdraw', 'mode:bot', 'handover.declined', 'bot.unmuted:declined'],
  ],
  [
    'escalating',
    'Crisp is down',
    (s) => aFact('availability-known', { handoverId: s.handoverId, answer: 'crisp-unreachable' }),
    'bot',
    ['withdraw', 'mode:bot', 'handover.declined', 'bot.unmuted:declined'],
  ],
  [
    'escalating',
    'the conversation cannot be opened',
    (s) => aFact('opening-failed', { handoverId: s.handoverId }),
    'bot',
    ['withdraw', 'mode:bot', 'handover.declined', 'bot.unmuted:declined'],
  ],
  [
    'escalating',
    'an answer about another handover comes',
    () => aFact('availability-known', { handoverId: 'other', answer: 'yes' }),
    'escalating',
    [],
  ],
  [
    'waiting',
    'a late answer about availability comes',
    (s) => aFact('availability-known', { handoverId: s.handoverId, answer: 'nobody-online' }),
    'waiting',
    [],
  ],
  [
    'escalating',
    'the first message stands in Crisp',
    (s) => aFact('first-message-posted', { handoverId: s.agentsAreThere().opened().handoverId }),
    'waiting',
    ['mode:waiting', 'handover.accepted', 'desk:set-state'],
  ],
  [
    'escalating',
    'a first message is reported that nobody asked for',
    (s) => aFact('first-message-posted', { handoverId: s.handoverId }),
    'escalating',
    [],
  ],

  ['bot', 'the visitor writes', () => aFact('visitor-wrote'), 'bot', ['bot.turn']],
  ['escalating', 'the visitor writes', () => aFact('visitor-wrote'), 'escalating', []],
  ['waiting', 'the visitor writes', () => aFact('visitor-wrote'), 'waiting', ['desk:post-visitor-words']],
  ['agent', 'the visitor writes', () => aFact('visitor-wrote'), 'agent', ['desk:post-visitor-words']],

  ['bot', 'the visitor taps "back to the bot"', backToBot, 'bot', ['bot.turn']],
  ['escalating', 'the visitor goes back', backToBot, 'bot', ['mode:bot', 'withdraw', 'handover.cancelled', 'bot.unmuted:cancelled']],
  [
    'waiting',
    'the visitor goes back',
    backToBot,
    'bot',
    ['mode:bot', 'desk:post-note', 'desk:set-state', 'handover.cancelled', 'bot.unmuted:cancelled'],
  ],
  [
    'agent',
    'the visitor goes back',
    backToBot,
    'bot',
    ['mode:bot', 'desk:post-note', 'desk:set-state', 'handover.cancelled', 'bot.unmuted:cancelled'],
  ],

  [
    'bot',
    'an agent writes unasked',
    () => aFact('agent-wrote'),
    'agent',
    ['mode:agent', 'bot.muted', 'handover.requested', 'handover.accepted', 'handover.connected', 'desk:set-state'],
  ],
  ['waiting', 'an agent writes', () => aFact('agent-wrote'), 'agent', ['mode:agent', 'handover.connected']],
  ['agent', 'the agent writes again', () => aFact('agent-wrote'), 'agent', []],
  ['agent', 'another agent writes', () => aFact('agent-wrote', { agent: { name: 'Noa' } }), 'agent', ['mode:agent']],
  ['agent', 'an agent writes in another session', () => aFact('agent-wrote', { sessionId: 'session_other' }), 'agent', []],

  ['bot', 'a session is resolved', () => aFact('desk-state'), 'bot', []],
  ['escalating', 'another session is resolved', () => aFact('desk-state'), 'escalating', []],
  ['waiting', 'the agent resolves', () => aFact('desk-state'), 'bot', ['mode:bot', 'handover.resolved', 'bot.unmuted:resolved']],
  ['agent', 'the agent resolves', () => aFact('desk-state'), 'bot', ['mode:bot', 'handover.resolved', 'bot.unmuted:resolved']],
  ['agent', 'another session is resolved', () => aFact('desk-state', { sessionId: 'session_other' }), 'agent', []],
  ['agent', 'the session is set to unresolved', () => aFact('desk-state', { state: 'unresolved' }), 'agent', []],
  ['agent', 'the agent removes the session', () => aFact('desk-removed'), 'bot', ['mode:bot', 'handover.resolved', 'bot.unmuted:resolved']],
  ['waiting', 'another session is removed', () => aFact('desk-removed', { sessionId: 'session_other' }), 'waiting', []],

  ['bot', 'the bot speaks first', () => aFact('bot-answered', { messages: [{ text: 'Hi' }] }), 'bot', []],
  ['escalating', 'the bot speaks', () => aFact('bot-answered', { messages: [{ text: 'Hi' }] }), 'escalating', ['bot.answer-rejected']],
  ['waiting', 'the bot speaks', () => aFact('bot-answered', { messages: [{ text: 'Hi' }] }), 'waiting', ['bot.answer-rejected']],
  ['agent', 'the bot speaks', () => aFact('bot-answered', { messages: [{ text: 'Hi' }] }), 'agent', ['bot.answer-rejected']],

  [
    'waiting',
    'a word is refused because the session is gone',
    (s) => aFact('word-refused', { handoverId: s.handoverId }),
    'bot',
    ['mode:bot', 'handover.resolved', 'bot.unmuted:resolved', 'bot.turn'],
  ],
  [
    'agent',
    'a word is refused for another reason',
    (s) => aFact('word-refused', { handoverId: s.handoverId, code: 'crisp.refused' }),
    'agent',
    ['desk:post-note'],
  ],
];

describe('the floor table', () => {
  it.each(TABLE)('on %s, when %s', (on, _what, fact, to, asked) => {
    const story = storyOn[on]();
    expect(story.conversation.floor).toBe(on);
    const { epoch } = story.conversation;
    story.happens(fact(story));
    expect(story.conversation.floor).toBe(to);
    expect(story.asked).toEqual(asked);
    expect(story.conversation.epoch - epoch).toBe(on === to ? 0 : 1);
  });
});
