import { describe, expect, it } from '@jest/globals';
import { CONTACT_BY_EMAIL, HandoverSettingsSchema, STILL_NEED_HELP } from '@baton/contracts';
import { SESSION, Story, WEBSITE, aFact, aPolicy } from '../conversation.builder.js';
import type { FactOf } from '../facts.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const WINDOW = 10 * MINUTE;

const withHandover = (settings: Record<string, unknown>) => aPolicy({ handover: HandoverSettingsSchema.parse(settings) });

/** Mia helped, and resolved the conversation. */
function resolved(policy = aPolicy(), channel: 'webchat' | 'messenger' = 'webchat'): Story {
  const story = new Story(policy, channel).askedForHelp({ category: 'billing' }).accepted();
  story.happens(aFact('agent-wrote', { at: story.now })).later(MINUTE);
  return story.happens(aFact('desk-state', { at: story.now }));
}

const tap = (story: Story) =>
  aFact('visitor-wrote', { at: story.now, body: { type: 'text', text: 'I still need help', payload: STILL_NEED_HELP } });
const state = (story: Story, patch: Partial<FactOf<'desk-state'>> = {}) =>
  aFact('desk-state', { at: story.now, state: 'unresolved', ...patch });

function announced(story: Story, type: string) {
  return story.actions.flatMap((action) => (action.do === 'announce' && action.event.type === type ? [action.event.data] : []));
}

function tapsOf(story: Story): string[] {
  return story.actions.flatMap((action) =>
    action.do === 'deliver' && action.line.body.type === 'text' ? (action.line.body.quickReplies ?? []).map(({ payload }) => payload) : [],
  );
}

describe('a conversation that was resolved', () => {
  it('tells the visitor how he takes it up again, and others until when', () => {
    const story = resolved();
    expect(tapsOf(story)).toEqual([STILL_NEED_HELP]);
    expect(announced(story, 'handover.resolved')).toMatchObject([{ reopenable_until: new Date(story.now + WINDOW).toISOString() }]);
  });
  it('keeps the tap beside what the bot says, until the visitor says something', () => {
    const story = resolved().happens(aFact('bot-answered', { messages: [{ text: 'Me again', quick_replies: [menu] }] }));
    expect(tapsOf(story)).toEqual(['menu', STILL_NEED_HELP]);
    story.happens(aFact('visitor-wrote')).happens(aFact('bot-answered', { turn: story.conversation.turn, messages: [{ text: 'Well' }] }));
    expect(tapsOf(story)).toEqual([]);
  });
  it('takes no tap that no channel could show', () => {
    const many = Array.from({ length: 13 }, () => menu);
    expect(tapsOf(resolved().happens(aFact('bot-answered', { messages: [{ text: 'Me again', quick_replies: many }] })))).toHaveLength(13);
  });
  it('cannot be taken up again where that is switched off, the session is gone, or a timer ended it', () => {
    expect(tapsOf(resolved(withHandover({ reopenSeconds: 0 })))).toEqual([]);
    const gone = new Story()
      .askedForHelp()
      .accepted()
      .happens(aFact('agent-wrote', { at: 1 }));
    expect(tapsOf(gone.happens(aFact('desk-removed')))).toEqual([]);
    const late = new Story()
      .askedForHelp()
      .accepted()
      .later(60 * MINUTE)
      .happens(aFact('time-passed'));
    expect([tapsOf(late), late.conversation.lastHandover?.reopenableUntil]).toEqual([[CONTACT_BY_EMAIL], undefined]);
  });
});

const menu = { content_type: 'text' as const, title: 'Menu', payload: 'menu' };

describe('the tap "I still need help"', () => {
  it('within the window brings him back to the agents, in the same session, without asking whether somebody is there', () => {
    const story = resolved();
    const before = story.conversation.lastHandover!;
    story.later(WINDOW).happens(tap(story));
    expect(story.conversation.floor).toBe('waiting');
    expect(story.conversation.handover).toMatchObject({
      sessionId: SESSION,
      websiteId: WEBSITE,
      category: 'billing',
      requestedBy: 'visitor',
      reopens: before.id,
    });
    expect(story.shown).toEqual(['Our team knows that you still need help.']);
    expect(story.asked).toEqual([
      'mode:waiting',
      'bot.muted',
      'handover.requested',
      'handover.accepted',
      'desk:set-state',
      'desk:post-visitor-words',
      'desk:post-note',
    ]);
    expect(announced(story, 'handover.requested')).toMatchObject([
      { requested_by: 'visitor', cause: { by: 'visitor' }, reopens: before.id },
    ]);
    expect(story.conversation.timers.map(({ kind }) => kind)).toContain('no-first-answer');
  });
  it('counts as well when it is written', () => {
    const story = resolved();
    story.happens(aFact('visitor-wrote', { at: story.now, body: { type: 'text', text: 'i still need HELP!' } }));
    expect(story.conversation.floor).toBe('waiting');
  });
  it('later is a new request, for which Crisp is asked first', () => {
    const story = resolved();
    story.later(WINDOW + 1).happens(tap(story));
    expect([story.conversation.floor, story.conversation.handover?.reopens]).toEqual(['escalating', undefined]);
    expect(story.asked).toContain('desk:ask-availability');
    expect(announced(story, 'handover.requested')).toMatchObject([{ requested_by: 'visitor', category: 'billing' }]);
  });
  it('after the team has closed is turned down, and he hears when it is back', () => {
    const hours = { timeZone: 'UTC', weekly: { monday: [{ from: '09:00', to: '10:02' }] } };
    const story = resolved(withHandover({ hours })).later(2 * MINUTE);
    story.happens(tap(story));
    expect(story.conversation.floor).toBe('bot');
    expect(announced(story, 'handover.declined')).toMatchObject([{ reason: 'closed', opens_at: '2026-01-12T09:00:00.000Z' }]);
  });

  it('takes up a conversation once; the second tap is a word to the agents', () => {
    const story = resolved();
    story.happens(tap(story)).happens(tap(story));
    expect([story.conversation.handoverCount, story.asked]).toEqual([2, ['desk:post-visitor-words']]);
  });
  it('is an ordinary word to the bot of whoever was never with an agent', () => {
    const story = new Story();
    expect(story.happens(tap(story)).asked).toEqual(['bot.turn']);
  });
  it.each<[string, (story: Story) => Story]>([
    ['removed the conversation', (story) => story.happens(aFact('desk-removed', { at: story.now }))],
    ['lost it', (story) => story.happens(aFact('word-refused', { handoverId: story.conversation.lastHandover!.id }))],
  ])('after Crisp %s is a new request: nobody reads there any more', (_what, gone) => {
    const story = gone(resolved().later(SECOND));
    expect(story.happens(tap(story)).asked).toContain('desk:ask-availability');
  });

  it('while the bot answers makes its answer too late', () => {
    const story = resolved();
    story.happens(aFact('visitor-wrote', { at: story.now })).happens(tap(story));
    story.happens(aFact('bot-answered', { turn: 1, epoch: story.conversation.epoch - 1, messages: [{ text: 'Late' }] }));
    expect([story.shown, story.asked, story.conversation.floor]).toEqual([[], ['bot.answer-rejected'], 'waiting']);
  });
  it('and the agent answers: he is introduced once, and resolving it leads to another window', () => {
    const story = resolved();
    story.happens(tap(story)).later(MINUTE);
    story.happens(aFact('agent-wrote', { at: story.now, body: { type: 'text', text: 'Here I am' } }));
    expect(story.shown).toEqual(['Mia joined the conversation.', 'Here I am']);
    expect(announced(story, 'handover.connected')).toHaveLength(1);
    story.later(MINUTE).happens(aFact('desk-state', { at: story.now }));
    expect([story.conversation.floor, tapsOf(story)]).toEqual(['bot', [STILL_NEED_HELP]]);
  });
});

describe('an agent who opens it again', () => {
  it('has the visitor again, who is told once, and owes him a word', () => {
    const story = resolved();
    const before = story.conversation.lastHandover!;
    story.later(MINUTE).happens(state(story));
    expect([story.conversation.floor, story.shown]).toEqual(['agent', ['Mia joined the conversation.']]);
    expect(story.asked).toEqual(['mode:agent', 'bot.muted', 'handover.requested', 'handover.accepted']);
    expect(announced(story, 'handover.requested')).toMatchObject([{ requested_by: 'agent', cause: { by: 'agent' }, reopens: before.id }]);
    expect(story.conversation.timers.map(({ kind }) => kind)).toContain('silence');
    story.later(MINUTE).happens(aFact('agent-wrote', { at: story.now, body: { type: 'text', text: 'One more thing' } }));
    expect([story.shown, announced(story, 'handover.connected').length]).toEqual([['One more thing'], 1]);
    story.later(MINUTE).happens(aFact('agent-wrote', { at: story.now, body: { type: 'text', text: 'And another' } }));
    expect([story.shown, announced(story, 'handover.connected').length]).toEqual([['And another'], 0]);
  });
  it('and says nothing gives him back in words that fit', () => {
    const story = resolved();
    story
      .later(MINUTE)
      .happens(state(story))
      .later(MINUTE)
      .happens(aFact('desk-state', { at: story.now }));
    expect(story.shown).toEqual(['You are back with the assistant.']);
    const silent = resolved();
    silent
      .later(MINUTE)
      .happens(state(silent))
      .later(61 * MINUTE)
      .happens(aFact('time-passed'));
    expect([silent.conversation.floor, silent.shown]).toEqual([
      'bot',
      ['Sorry, nobody could answer in time. You are back with the assistant.'],
    ]);
  });
  it('whom nobody knows leaves the visitor waiting', () => {
    const story = new Story().askedForHelp().accepted().later(MINUTE);
    story
      .happens(aFact('desk-state', { at: story.now }))
      .later(MINUTE)
      .happens(state(story));
    expect([story.conversation.floor, story.shown]).toEqual(['waiting', ['Our team knows that you still need help.']]);
  });
  it.each([
    ['older than the end', -1, 0, 'bot'],
    ['at the end itself', 0, 0, 'bot'],
    ['right after it', 1, 0, 'agent'],
    ['heard of an hour late', MINUTE, 60 * MINUTE, 'agent'],
    ['at the end of the window', WINDOW, WINDOW, 'agent'],
    ['after the window', WINDOW + 1, WINDOW, 'bot'],
  ])('%s: by the clock of Crisp', (_when, after, wait, floor) => {
    const story = resolved();
    const endedAt = story.conversation.lastHandover!.endedAt;
    expect(story.later(wait).happens(state(story, { at: endedAt + after })).conversation.floor).toBe(floor);
  });
  it.each([-2 * 60 * MINUTE, 2 * 60 * MINUTE])('is understood when the clock of Crisp is off by %i ms', (skew) => {
    const story = new Story().askedForHelp().accepted();
    story.happens(aFact('agent-wrote', { at: story.now + skew })).later(MINUTE);
    story.happens(aFact('desk-state', { at: story.now + skew })).later(MINUTE);
    expect(story.happens(state(story, { at: story.now + skew })).conversation.floor).toBe('agent');
  });
  it.each([
    ['unresolved', 10 * SECOND, 'bot'],
    ['unresolved', 10 * SECOND + 1, 'agent'],
    ['pending', MINUTE, 'bot'],
  ] as const)(
    'is not seen in a state, %s %i ms after it, that a word of the visitor brings when it crosses with the end',
    (to, after, floor) => {
      const story = new Story().askedForHelp().accepted();
      story.happens(aFact('agent-wrote', { at: story.now })).later(MINUTE);
      story.happens(aFact('visitor-wrote', { at: story.now, body: { type: 'text', text: 'Thanks, that was all' } }));
      story.happens(aFact('desk-state', { at: story.now })).later(after);
      expect(story.happens(state(story, { state: to })).conversation.floor).toBe(floor);
    },
  );
  it('in another session, or after a timer ended it, moves nothing', () => {
    const story = resolved();
    expect(story.happens(state(story, { sessionId: 'session_of_long_ago' })).conversation.floor).toBe('bot');
    const late = new Story()
      .askedForHelp()
      .accepted()
      .later(60 * MINUTE)
      .happens(aFact('time-passed'))
      .later(1);
    expect(late.happens(state(late)).conversation.floor).toBe('bot');
  });
  it('by writing within the window takes the same conversation up, later one of his own', () => {
    const story = resolved();
    const before = story.conversation.lastHandover!;
    story.later(MINUTE).happens(aFact('agent-wrote', { at: story.now }));
    expect(story.conversation.handover).toMatchObject({ reopens: before.id, category: 'billing' });
    const later = resolved();
    later.later(WINDOW + MINUTE).happens(aFact('agent-wrote', { at: later.now }));
    expect([later.conversation.floor, later.conversation.handover?.reopens]).toEqual(['agent', undefined]);
  });
  it('takes what the visitor told the bot meanwhile out of its hands', () => {
    const story = resolved();
    story
      .happens(aFact('visitor-wrote', { at: story.now }))
      .later(MINUTE)
      .happens(state(story));
    story.happens(aFact('bot-answered', { turn: 1, epoch: story.conversation.epoch - 1, messages: [{ text: 'Late' }] }));
    expect([story.shown, story.asked]).toEqual([[], ['bot.answer-rejected']]);
  });
});
