import { describe, expect, it } from '@jest/globals';
import { BACK_TO_BOT } from '@baton/contracts';
import type { Floor } from '@baton/contracts';
import { SESSION, START, Story, aFact, aPolicy, storyOn } from './conversation.builder.js';
import type { Fact } from './facts.js';
import { AVAILABILITY_TIMEOUT, DESK_TEXT_LIMIT, ESCALATION_DEADLINE, GOODBYE_GRACE } from './policy.js';

const MINUTE = 60_000;
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
    ['desk:open-session', 'desk:set-contact', 'desk:post-first-message'],
  ],
  [
    'escalating',
    'no agent is there',
    (s) => aFact('availability-known', { handoverId: s.handoverId, answer: 'no' }),
    'bot',
    ['withdraw', 'mode:bot', 'handover.declined', 'bot.unmuted:declined'],
  ],
  [
    'escalating',
    'nobody knows whether agents are there',
    (s) => aFact('availability-known', { handoverId: s.handoverId, answer: 'unknown' }),
    'bot',
    ['withdraw', 'mode:bot', 'handover.declined', 'bot.unmuted:declined'],
  ],
  [
    'escalating',
    'Crisp is down',
    (s) => aFact('availability-known', { handoverId: s.handoverId, answer: 'crisp-down' }),
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
    (s) => aFact('availability-known', { handoverId: s.handoverId, answer: 'no' }),
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

describe('asking for a human', () => {
  it('promises nothing before Crisp has answered: one moment first, then the promise', () => {
    const story = new Story();
    expect(story.askedForHelp().shown).toEqual([story.policy.handover.texts.oneMoment]);
    expect(story.agentsAreThere().shown).toEqual([]);
    expect(story.opened().shown).toEqual([]);
    story.happens(aFact('first-message-posted', { handoverId: story.handoverId }));
    expect(story.shown).toEqual([story.policy.handover.texts.waiting]);
    expect(story.asked).toEqual(['mode:waiting', 'handover.accepted', 'desk:set-state']);
  });

  it("shows the bot's messages before it lets go", () => {
    const story = new Story().happens(aFact('bot-answered', { messages: [{ text: 'Let me get someone.' }], needHelp: true }));
    expect(story.shown).toEqual(['Let me get someone.', story.policy.handover.texts.oneMoment]);
  });

  it('keeps what the visitor says meanwhile and puts it behind the first message', () => {
    const story = new Story().askedForHelp().happens(aFact('visitor-wrote', { body: { type: 'text', text: 'Hurry' } }));
    expect(story.asked).toEqual([]);
    story.agentsAreThere();
    expect(story.asked).toEqual(['desk:open-session', 'desk:set-contact', 'desk:post-first-message', 'desk:post-visitor-words']);
    story.happens(aFact('visitor-wrote'));
    expect(story.asked).toEqual(['desk:post-visitor-words']);
  });

  it('declined, all that was said meanwhile becomes one turn of the bot', () => {
    const story = new Story().askedForHelp();
    story.happens(aFact('visitor-wrote', { body: { type: 'text', text: 'one' } }));
    story.agentsAreThere().happens(aFact('visitor-wrote', { body: { type: 'text', text: 'two' } }));
    story.happens(aFact('opening-failed', { handoverId: story.handoverId }));
    const turns = story.actions.flatMap((action) =>
      action.do === 'tell-bot' && action.event.type === 'bot.turn' ? [action.event.data] : [],
    );
    expect(turns.map((turn) => turn.messages.map((message) => message.text))).toEqual([['one', 'two']]);
    expect(turns[0]!.epoch).toBe(story.conversation.epoch);
  });

  it('without a connection, or switched off, is declined at once and the bot goes on speaking', () => {
    const off = aPolicy();
    for (const policy of [aPolicy({ websiteId: null }), aPolicy({ handover: { ...off.handover, enabled: false } })]) {
      const story = new Story(policy).askedForHelp();
      expect(story.conversation.floor).toBe('bot');
      expect(story.asked).toEqual(['handover.requested', 'handover.declined']);
      expect(story.shown).toEqual([policy.handover.noAgentMessage]);
    }
  });

  it('says the line of the reason, with its quick replies', () => {
    const { handover } = aPolicy();
    const rich = { text: 'Closed now', quick_replies: [{ title: 'E-mail me', payload: 'mail', content_type: 'text' as const }] };
    const story = new Story(aPolicy({ handover: { ...handover, noAgentMessages: { 'no-agent': rich } } })).askedForHelp();
    story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'no' }));
    const line = story.actions.find((action) => action.do === 'deliver');
    expect(line).toMatchObject({
      line: { author: { kind: 'bot' }, body: { text: 'Closed now', quickReplies: [{ title: 'E-mail me', payload: 'mail' }] } },
    });
  });

  it('gives the bot back after 20 seconds when Crisp could not be prepared', () => {
    const story = new Story().askedForHelp().agentsAreThere().later(ESCALATION_DEADLINE).happens(aFact('time-passed'));
    expect(story.conversation.floor).toBe('bot');
    expect(story.actions).toContainEqual(
      expect.objectContaining({
        do: 'announce',
        event: expect.objectContaining({ data: expect.objectContaining({ reason: 'took-too-long' }) }),
      }),
    );
  });

  it('declined after the session was made, leaves nothing open in Crisp', () => {
    const story = new Story().askedForHelp().agentsAreThere().opened();
    story.happens(aFact('opening-failed', { handoverId: story.handoverId }));
    expect(story.asked).toContain('desk:set-state');
    const { handoverId } = storyOn.escalating();
    const late = storyOn.escalating().later(ESCALATION_DEADLINE).happens(aFact('time-passed'));
    late.happens(aFact('desk-opened', { handoverId }));
    expect(late.asked).toEqual(['desk:set-state']);
  });

  it('asks for availability with a deadline of three seconds', () => {
    const work = new Story().askedForHelp({ category: 'billing' }).actions.find((action) => action.do === 'desk');
    expect(work).toMatchObject({ work: { kind: 'ask-availability', category: 'billing', deadline: START + AVAILABILITY_TIMEOUT } });
  });

  it('with muted: false lets the bot speak until an agent writes', () => {
    const story = new Story().askedForHelp({ muted: false });
    expect(story.asked).not.toContain('bot.muted');
    story.accepted().happens(aFact('visitor-wrote'));
    expect(story.asked).toEqual(['desk:post-visitor-words', 'bot.turn']);
    story.happens(
      aFact('bot-answered', { messages: [{ text: 'Meanwhile…' }], turn: story.conversation.turn, epoch: story.conversation.epoch }),
    );
    expect(story.shown).toEqual(['Meanwhile…']);
    expect(story.happens(aFact('agent-wrote')).asked).toContain('bot.muted');
    story.happens(aFact('bot-answered', { messages: [{ text: 'Me too' }] }));
    expect(story.asked).toEqual(['bot.answer-rejected']);
  });

  it('a second and a third time works, each with a session of its own', () => {
    const story = storyOn.agent();
    for (const number of [2, 3]) {
      story.later(MINUTE).happens(aFact('desk-state', { at: story.now }));
      expect(story.conversation.floor).toBe('bot');
      story.askedForHelp().agentsAreThere();
      expect(story.actions).toContainEqual(
        expect.objectContaining({ work: expect.objectContaining({ kind: 'open-session', reuse: null }) }),
      );
      story.opened().happens(aFact('first-message-posted', { handoverId: story.handoverId }));
      expect(story.conversation.handover).toMatchObject({ number });
      story.happens(aFact('agent-wrote', { at: story.now }));
      expect(story.conversation.floor).toBe('agent');
    }
  });
});

describe("the bot's answers", () => {
  const given = () => new Story().happens(aFact('visitor-wrote'));
  const answer = (turn: number | null, epoch: number | null) => aFact('bot-answered', { turn, epoch, messages: [{ text: 'Yes' }] });
  const reasonOf = (story: Story) =>
    story.actions.flatMap((action) =>
      action.do === 'tell-bot' && action.event.type === 'bot.answer-rejected' ? [action.event.data.reason] : [],
    );

  it('to the open turn are shown', () => expect(given().happens(answer(1, 0)).shown).toEqual(['Yes']));
  it('to a turn that was answered are rejected', () =>
    expect(reasonOf(given().happens(answer(1, 0)).happens(answer(1, 0)))).toEqual(['already-answered']));
  it('to a turn never given are rejected', () => expect(reasonOf(given().happens(answer(7, 0)))).toEqual(['unknown-turn']));
  it('of an epoch that is over are rejected', () => {
    const story = storyOn.agent().later(MINUTE);
    story.happens(aFact('desk-state', { at: story.now })).happens(aFact('visitor-wrote'));
    expect(reasonOf(story.happens(answer(story.conversation.turn, 0)))).toEqual(['stale-epoch']);
    expect(story.happens(answer(story.conversation.turn, story.conversation.epoch)).shown).toEqual(['Yes']);
  });
  it('after its own mute wait for the bot to unmute itself, and the visitor is heard then', () => {
    const story = new Story().happens(aFact('bot-answered', { muted: true }));
    story.happens(aFact('visitor-wrote'));
    expect(story.asked).toEqual([]);
    expect(reasonOf(story.happens(answer(null, null)))).toEqual(['muted']);
    story.happens(aFact('bot-answered', { muted: false }));
    expect(story.asked).toEqual(['bot.unmuted:asked-by-bot', 'bot.turn']);
  });
  it('are awaited again after ten minutes of its own mute', () => {
    const story = new Story().happens(aFact('bot-answered', { muted: true })).happens(aFact('visitor-wrote'));
    story.later(10 * MINUTE).happens(aFact('time-passed'));
    expect(story.asked).toEqual(['bot.unmuted:mute-expired', 'bot.turn']);
  });
  it('teach the inbox about the visitor also during a handover', () => {
    const story = storyOn.waiting().happens(aFact('bot-answered', { userData: { email: 'a@b.example' } }));
    expect(story.asked).toEqual(['desk:set-contact']);
  });
});

describe("the agent's words", () => {
  it('introduce the agent first', () => {
    const story = storyOn.waiting().happens(aFact('agent-wrote', { agent: { name: '$& Mia' }, body: { type: 'text', text: 'Hello' } }));
    expect(story.shown).toEqual(['$& Mia joined the conversation.', 'Hello']);
  });
  it('up to five seconds after the resolve are shown and move nothing; later ones take over', () => {
    const story = storyOn.agent().later(MINUTE);
    const resolvedAt = story.now;
    story.happens(aFact('desk-state', { at: resolvedAt }));
    story.happens(aFact('agent-wrote', { at: resolvedAt + GOODBYE_GRACE, body: { type: 'text', text: 'Goodbye' } }));
    expect([story.shown, story.conversation.floor]).toEqual([['Goodbye'], 'bot']);
    story.happens(aFact('agent-wrote', { at: resolvedAt + GOODBYE_GRACE + 1 }));
    expect(story.conversation.floor).toBe('agent');
    story.happens(aFact('desk-state', { at: resolvedAt }));
    expect(story.conversation.floor).toBe('agent');
    story.happens(aFact('desk-state', { at: resolvedAt + MINUTE }));
    expect(story.conversation.floor).toBe('bot');
  });
  it('from a clock that is an hour ahead take over, and the same agent can still give back', () => {
    const story = new Story().later(MINUTE);
    story.happens(aFact('agent-wrote', { at: story.now + 60 * MINUTE }));
    expect(story.conversation.floor).toBe('agent');
    story.later(MINUTE).happens(aFact('desk-state', { at: story.now }));
    expect(story.conversation.floor).toBe('bot');
  });
  it('taken back before they came are not shown', () => {
    expect(storyOn.waiting().happens(aFact('agent-wrote', { removed: true })).shown).toEqual([]);
  });
  it('found while the bot was muted by itself carry over what nobody had heard', () => {
    const story = new Story()
      .happens(aFact('bot-answered', { muted: true }))
      .happens(aFact('visitor-wrote'))
      .happens(aFact('agent-wrote'));
    expect(story.asked).toContain('desk:post-visitor-words');
  });
});

describe('words that Crisp will never take because the session is gone', () => {
  it('are all heard by the bot, also those refused after the first', () => {
    const story = storyOn.agent();
    const { handoverId } = story;
    story.happens(aFact('word-refused', { handoverId })).happens(aFact('word-refused', { handoverId }));
    expect(story.asked).toEqual(['bot.turn']);
  });
  it('go to the next handover when there is one already', () => {
    const story = storyOn.agent();
    const { handoverId } = story;
    story.happens(aFact('word-refused', { handoverId })).askedForHelp().accepted();
    story.happens(aFact('word-refused', { handoverId }));
    expect(story.asked).toEqual(['desk:post-visitor-words']);
  });
});

describe('a long text of the visitor', () => {
  it('reaches Crisp whole, in parts it takes, each with a fingerprint of its own', () => {
    const text = 'All work and no play. '.repeat(180).trim();
    const parts = storyOn
      .agent()
      .happens(aFact('visitor-wrote', { body: { type: 'text', text } }))
      .actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-visitor-words' ? [action.work] : []));
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map((part) => part.text.length))).toBeLessThanOrEqual(DESK_TEXT_LIMIT);
    expect(
      parts
        .map((part) => part.text)
        .join('')
        .replaceAll(' ', ''),
    ).toBe(text.replaceAll(' ', ''));
    expect(new Set(parts.map((part) => part.fingerprint)).size).toBe(parts.length);
  });
});

describe("a visitor's file", () => {
  const file = { name: 'parcel.jpg', url: 'https://files.example/1', contentType: 'image/jpeg' };
  const sends = () => aFact('visitor-wrote', { body: { type: 'file', ...file } });
  const posted = (story: Story) =>
    story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-visitor-words' ? [action.work] : []));
  const text = 'parcel.jpg https://files.example/1';

  it('reaches the agents as a file, also when it was held or refused first', () => {
    expect(posted(storyOn.agent().happens(sends()))).toMatchObject([{ file, text, part: 0 }]);
    expect(posted(storyOn.escalating().happens(sends()).agentsAreThere())).toMatchObject([{ file, text }]);
    const story = storyOn.agent();
    const { handoverId } = story;
    story.happens(aFact('word-refused', { handoverId })).askedForHelp().accepted();
    expect(posted(story.happens(aFact('word-refused', { handoverId, text, file })))).toMatchObject([{ file, text }]);
  });

  it('reaches the bot as a text that names it', () => {
    const [, turn] = new Story().happens(sends()).actions;
    expect(turn).toMatchObject({ event: { data: { messages: [{ text }] } } });
  });
});

describe('time', () => {
  it('warns the agent, comforts the visitor, and gives him back when nobody answers', () => {
    const story = storyOn.waiting();
    expect(story.later(12 * MINUTE).happens(aFact('time-passed')).asked).toEqual(['desk:post-note']);
    expect(story.shown).toEqual([story.policy.handover.texts.stillWaiting]);
    story.later(3 * MINUTE).happens(aFact('time-passed'));
    expect(story.asked).toEqual(['mode:bot', 'desk:post-note', 'handover.timed-out', 'bot.unmuted:timed-out']);
  });
  it('does not run out on an agent who answered, nor while it is the visitor who is silent', () => {
    const story = storyOn
      .agent()
      .later(24 * 60 * MINUTE)
      .happens(aFact('time-passed'));
    expect(story.conversation.floor).toBe('agent');
  });
  it('runs out on an agent who fell silent, from the first unanswered word on', () => {
    const story = storyOn
      .agent()
      .happens(aFact('visitor-wrote'))
      .later(30 * MINUTE)
      .happens(aFact('visitor-wrote'));
    story.later(30 * MINUTE).happens(aFact('time-passed'));
    expect(story.asked).toContain('handover.timed-out');
  });
  it('for taking the conversation stops when somebody opens it', () => {
    const { handover } = aPolicy();
    const policy = aPolicy({ handover: { ...handover, timers: { ...handover.timers, noAcceptSeconds: 60 } } });
    const left = storyOn.waiting(policy).later(MINUTE).happens(aFact('time-passed'));
    expect(left.asked).toContain('handover.timed-out');
    const taken = storyOn
      .waiting(policy)
      .happens(aFact('desk-taken', { sessionId: SESSION }))
      .later(MINUTE)
      .happens(aFact('time-passed'));
    expect(taken.conversation.floor).toBe('waiting');
  });
});
