import { describe, expect, it } from '@jest/globals';
import { BACK_TO_BOT, CONTACT_BY_EMAIL, CONTINUE_WITH_BOT, HandoverSettingsSchema, OTHER_ADDRESS, USE_ADDRESS } from '@baton/contracts';
import type { DeclineReason, UserData } from '@baton/contracts';
import type { Action, DeskWork } from '../actions.js';
import { SESSION, START, Story, aFact, aPolicy, storyOn } from '../conversation.builder.js';
import { decline } from '../escalate.js';
import { Ruling } from '../ruling.js';
import { ADDRESS_AWAITED } from './asking.js';

const HOUR = 3_600_000;
const ANNA = 'anna@example.com';
const BACK = 'You are back with the assistant.';

/** A visitor who asked for a human while nobody was there. */
function declined(story = new Story()): Story {
  story.askedForHelp({ category: 'billing' });
  return story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
}

const taps = (story: Story, payload: string) =>
  story.happens(aFact('visitor-wrote', { body: { type: 'text', text: 'a tap', payload }, at: story.now }));
const says = (story: Story, text: string) => story.happens(aFact('visitor-wrote', { body: { type: 'text', text }, at: story.now }));
const knows = (story: Story, userData: UserData) => story.happens(aFact('bot-answered', { userData }));
const offered = (story: Story) =>
  story.actions.flatMap((action) =>
    action.do === 'deliver' && action.line.body.type === 'text' ? (action.line.body.quickReplies ?? []).map(({ payload }) => payload) : [],
  );
const planned = (actions: readonly Action[]) =>
  actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'open-follow-up' ? [action.work] : []));
const opening = (story: Story): Extract<DeskWork, { kind: 'open-follow-up' }> => planned(story.all).at(-1)!;
const opened = (story: Story) => story.happens(aFact('follow-up-opened', { handoverId: opening(story).handoverId }));
const failed = (story: Story) => story.happens(aFact('follow-up-failed', { handoverId: opening(story).handoverId }));
const step = (story: Story) => story.conversation.followUp?.step ?? null;
const turns = (story: Story) => story.asked.filter((name) => name === 'bot.turn').length;

/** A visitor who will be answered by e-mail. */
function followed(story = new Story()): Story {
  declined(story);
  taps(story, CONTACT_BY_EMAIL);
  says(story, ANNA);
  taps(story, USE_ADDRESS);
  return opened(story);
}

describe('when nobody is there', () => {
  it.each<[DeclineReason, string[]]>([
    ['nobody-online', [CONTACT_BY_EMAIL, CONTINUE_WITH_BOT]],
    ['closed', [CONTACT_BY_EMAIL, CONTINUE_WITH_BOT]],
    ['took-too-long', [CONTACT_BY_EMAIL, CONTINUE_WITH_BOT]],
    ['channel-off', []],
  ])('%s: the visitor may tap %j', (reason, expected) => {
    const story = new Story().askedForHelp();
    const ruling = new Ruling(story.conversation, aFact('time-passed'), story.policy, story.now);
    decline(ruling, reason);
    const line = ruling.actions.find((action) => action.do === 'deliver');
    const replies = line?.do === 'deliver' && line.line.body.type === 'text' ? (line.line.body.quickReplies ?? []) : [];
    expect(replies.map(({ payload }) => payload)).toEqual(expected);
  });

  it('what the owner lets tap comes first, and nothing stands there twice', () => {
    const own = (title: string, payload: string) => ({ content_type: 'text' as const, title, payload });
    const noAgentMessage = { text: 'Nobody here', quick_replies: [own('Mail', CONTACT_BY_EMAIL), own('Hours', 'hours')] };
    const story = declined(new Story(aPolicy({ handover: HandoverSettingsSchema.parse({ noAgentMessage }) })));
    expect(offered(story)).toEqual([CONTACT_BY_EMAIL, 'hours', CONTINUE_WITH_BOT]);
  });

  it('no e-mail is offered where the owner does not want it', () => {
    const handover = HandoverSettingsSchema.parse({ followUp: { enabled: false } });
    expect(offered(declined(new Story(aPolicy({ handover }))))).toEqual([]);
  });

  it('what the bot says to the words that waited leaves the e-mail in sight; his next word ends that', () => {
    const story = says(new Story().askedForHelp(), 'hello?');
    story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
    const answers = () => story.happens(aFact('bot-answered', { messages: [{ text: 'I can help.' }] }));
    expect(offered(answers())).toEqual([CONTACT_BY_EMAIL]);
    says(story, 'then you');
    expect(offered(answers())).toEqual([]);
  });

  it('in time, it is offered as well, and the same episode goes on', () => {
    const story = storyOn.waiting().later(900_000).happens(aFact('time-passed'));
    expect(story.conversation).toMatchObject({
      floor: 'bot',
      declined: { id: story.conversation.lastHandover?.id, reason: 'took-too-long' },
    });
    expect(offered(story)).toEqual([CONTACT_BY_EMAIL]);
    says(says(taps(story, CONTACT_BY_EMAIL), ANNA), 'yes');
    expect(opening(story).handoverId).toBe(story.conversation.lastHandover?.id);
    expect(story.conversation.handoverCount).toBe(1);
    opened(story).later(60_000);
    expect(story.happens(aFact('agent-wrote', { at: story.now })).conversation).toMatchObject({ floor: 'agent', followUp: null });
  });

  it('a tap on staying with the bot is no turn for it, and he is told that he is heard', () => {
    const story = taps(declined(), CONTINUE_WITH_BOT);
    expect([story.shown, turns(story), step(story)]).toEqual([[BACK], 0, null]);
  });
});

describe('an answer by e-mail', () => {
  it('asks for the address, shows it, opens the conversation, and promises only then', () => {
    const story = declined();
    taps(story, CONTACT_BY_EMAIL);
    expect(story.shown).toEqual(['At which e-mail address can we reach you?']);
    says(story, `it is ${ANNA}, thanks`);
    expect(story.shown).toEqual([`We would write to ${ANNA}. Is that right?`]);
    expect(offered(story)).toEqual([USE_ADDRESS, OTHER_ADDRESS, CONTINUE_WITH_BOT]);
    expect(turns(story)).toBe(0);
    taps(story, USE_ADDRESS);
    expect(story.shown).toEqual([]);
    expect(opening(story)).toMatchObject({
      handoverId: story.conversation.lastHandover?.id,
      category: 'billing',
      email: ANNA,
      because: 'nobody-online',
      answerUntil: story.now + 8 * HOUR,
    });
    expect(story.conversation.userData['email']).toBe(ANNA);
    expect(story.conversation.promises).toEqual([]);
    opened(story);
    expect(story.shown[0]).toContain(ANNA);
    expect(story.conversation.promises).toMatchObject([{ kind: 'mail', dueAt: story.now + 8 * HOUR }]);
    expect(story.asked).toEqual(['desk:set-state', 'handover.followed-up']);
    expect(story.conversation.floor).toBe('bot');
  });

  it('asks for no address that is known, only whether it is right', () => {
    const story = declined();
    knows(story, { email: ANNA });
    taps(story, CONTACT_BY_EMAIL);
    expect([story.shown, step(story)]).toEqual([[`We would write to ${ANNA}. Is that right?`], 'confirm']);
    says(story, 'yes please');
    expect(step(story)).toBe('opening');
  });

  it('is an episode of its own where nobody was asked for', () => {
    const story = new Story();
    taps(story, CONTACT_BY_EMAIL);
    says(story, ANNA);
    says(story, 'yes');
    expect(story.asked).toEqual(['handover.requested', 'desk:open-follow-up']);
    expect(story.conversation.handoverCount).toBe(1);
    expect(opening(story).because).toBeNull();
    expect(opened(story).asked).toContain('handover.followed-up');
  });

  it('may be the wish of the bot', () => {
    const story = new Story().happens(
      aFact('bot-answered', { messages: [{ text: 'That takes a while.' }], contactByEmail: true, category: 'sales' }),
    );
    expect(story.shown).toEqual(['That takes a while.', 'At which e-mail address can we reach you?']);
    expect(story.conversation.followUp).toMatchObject({ step: 'address', category: 'sales' });
  });

  it('wished for by a bot once more, is not asked for twice', () => {
    const story = new Story().happens(aFact('bot-answered', { contactByEmail: true }));
    expect(story.shown).toHaveLength(1);
    expect(story.happens(aFact('bot-answered', { contactByEmail: true })).shown).toEqual([]);
    expect(step(story)).toBe('address');
  });

  it('wished for by a bot that has no inbox, is said not to be there', () => {
    const story = new Story(aPolicy({ websiteId: null })).happens(aFact('bot-answered', { contactByEmail: true }));
    expect([story.shown.length, step(story)]).toEqual([1, null]);
  });

  it('counts the hours of the team', () => {
    const hours = { timeZone: 'UTC', weekly: { monday: [{ from: '09:00', to: '12:00' }], tuesday: [{ from: '09:00', to: '17:00' }] } };
    const handover = HandoverSettingsSchema.parse({ hours, followUp: { answerWithinHours: 4 } });
    const story = new Story(aPolicy({ handover }));
    taps(story, CONTACT_BY_EMAIL);
    says(story, ANNA);
    taps(story, USE_ADDRESS);
    expect(opening(story).answerUntil).toBe(Date.parse('2026-01-06T11:00:00.000Z'));
  });
});

describe('a visitor who is asked for his address', () => {
  const asked = () => taps(declined(), CONTACT_BY_EMAIL);
  const shownHis = () => says(asked(), ANNA);

  it.each([
    ['an address', ANNA, 'confirm', 0],
    ['a try that is none', 'anna at example', 'address', 0],
    ['two addresses', 'a@b.example or c@d.example', 'address', 0],
    ['a question', 'how long will that take?', null, 1],
    ['a story', 'I think I would rather like to talk about my order first', null, 1],
    ['that he does not want to', 'never mind', null, 0],
  ])('says %s', (_what, text, becomes, toTheBot) => {
    const story = says(asked(), text);
    expect([step(story), turns(story)]).toEqual([becomes, toTheBot]);
  });

  it.each([
    ['yes', 'yes', 'opening'],
    ['the same address', ANNA.toUpperCase(), 'opening'],
    ['another address', 'tom@example.com', 'confirm'],
    ['no', 'no', 'address'],
    ['a question', 'what do you do with it?', null],
  ])('and shown it, says %s', (_what, text, becomes) => {
    expect(step(says(shownHis(), text))).toBe(becomes);
  });

  it('may give another one', () => {
    const story = taps(shownHis(), OTHER_ADDRESS);
    expect([step(story), story.conversation.followUp?.email]).toEqual(['address', null]);
  });

  it('three tries later has the bot again, with what he said', () => {
    const story = asked();
    for (const text of ['anna', 'anna at example', 'anna@example']) {
      says(story, text);
      expect([story.shown.length, turns(story)]).toEqual([1, 0]);
    }
    says(story, 'hm');
    expect([step(story), turns(story), story.shown]).toEqual([null, 1, []]);
  });

  it.each([CONTINUE_WITH_BOT])('ends it by a tap at each step', (payload) => {
    expect(step(taps(asked(), payload))).toBeNull();
    expect(step(taps(shownHis(), payload))).toBeNull();
  });

  it.each(['no thanks', 'Nein danke.', 'non merci', 'cancel'])(
    'says only that he does not want to (%s): he hears that the bot has him',
    (text) => {
      const story = says(asked(), text);
      expect([step(story), turns(story), story.shown]).toEqual([null, 0, [BACK]]);
    },
  );

  it('asks for a human instead: that is no address that looks wrong', () => {
    const story = says(asked(), 'I want a human');
    expect([step(story), turns(story), story.shown]).toEqual([null, 1, []]);
  });

  it.each([USE_ADDRESS, OTHER_ADDRESS])(
    'comes back late to what he was shown: it begins anew, and the bot is given no tap of ours (%s)',
    (payload) => {
      const story = shownHis().later(ADDRESS_AWAITED).happens(aFact('time-passed'));
      taps(story, payload);
      expect([step(story), turns(story), story.shown.length]).toEqual(['address', 0, 1]);
    },
  );

  it('sends a file: that is for the bot', () => {
    const file = { type: 'file', name: 'a.png', url: 'https://files.example.test/a.png', contentType: 'image/png', size: 5 } as const;
    const story = asked().happens(aFact('visitor-wrote', { body: file }));
    expect([step(story), turns(story)]).toEqual([null, 1]);
  });

  it('and says nothing is not waited for any longer, without a word', () => {
    const story = asked().later(ADDRESS_AWAITED).happens(aFact('time-passed'));
    expect([step(story), story.shown, turns(story)]).toEqual([null, [], 0]);
  });

  it('gets a human when the bot asks for one meanwhile', () => {
    const story = shownHis().askedForHelp();
    expect([step(story), story.conversation.floor]).toEqual([null, 'escalating']);
    story.accepted();
    expect(step(story)).toBeNull();
  });

  it('gets an agent who writes meanwhile', () => {
    const story = asked().later(60_000);
    story.happens(aFact('agent-wrote', { at: story.now }));
    expect([step(story), story.conversation.floor]).toEqual([null, 'agent']);
  });
});

describe('while the conversation is being opened', () => {
  const beingOpened = () => taps(says(taps(declined(), CONTACT_BY_EMAIL), ANNA), USE_ADDRESS);

  it('a second tap opens no second one', () => {
    const story = taps(beingOpened(), CONTACT_BY_EMAIL);
    expect([planned(story.all).length, story.shown, turns(story)]).toEqual([1, [], 0]);
  });

  it('what he says is the bot’s', () => {
    expect(turns(says(beingOpened(), 'and my parcel?'))).toBe(1);
  });

  it('it fails: he is told, may try again, and the same episode goes on', () => {
    const story = beingOpened();
    const first = opening(story).handoverId;
    failed(story);
    expect(story.shown).toEqual(['Sorry, I could not pass this on right now. Please try again in a few minutes.']);
    expect(offered(story)).toEqual([CONTACT_BY_EMAIL, CONTINUE_WITH_BOT]);
    taps(taps(story, CONTACT_BY_EMAIL), USE_ADDRESS);
    expect(opening(story).handoverId).toBe(first);
    expect(opened(story).conversation.followUp?.step).toBe('open');
  });

  it('an episode of its own has an end, whatever becomes of it', () => {
    const alone = () => says(says(taps(new Story(), CONTACT_BY_EMAIL), ANNA), 'yes');
    expect(failed(alone()).asked).toEqual(['handover.declined']);
    expect(alone().askedForHelp().asked).toEqual(expect.arrayContaining(['withdraw', 'handover.cancelled', 'handover.requested']));
    const again = says(taps(failed(alone()), CONTACT_BY_EMAIL), 'yes');
    expect([again.conversation.handoverCount, opened(again).asked.includes('handover.followed-up')]).toEqual([1, true]);
  });

  it('a human is asked for: nothing is left open behind it', () => {
    const story = beingOpened().askedForHelp();
    expect(story.asked).toContain('withdraw');
    opened(story);
    expect([story.shown, story.asked]).toEqual([[], ['desk:set-state']]);
  });

  it('an agent is faster than the news of it', () => {
    const story = beingOpened().later(60_000);
    story.happens(aFact('agent-wrote', { at: story.now, sessionId: SESSION }));
    opened(story);
    expect([story.shown, story.asked, story.conversation.promises, story.conversation.floor]).toEqual([[], [], [], 'agent']);
  });
});

describe('a visitor who will be answered by e-mail', () => {
  it('taps again: he hears until when, and nothing is opened or promised twice', () => {
    const story = followed();
    const [line] = story.shown;
    taps(story, CONTACT_BY_EMAIL);
    expect(story.shown).toEqual([line]);
    expect([planned(story.all).length, story.conversation.promises.length]).toEqual([1, 1]);
  });

  it.each([
    ['is there: in the chat', true, undefined],
    ['has left: by e-mail, and in the chat without a sound', false, true],
  ])('%s', (_where, present, mailed) => {
    const story = followed();
    story.happens(aFact('visitor-presence', { present })).later(HOUR);
    story.happens(aFact('agent-wrote', { at: story.now }));
    const line = story.actions.find((action) => action.do === 'deliver' && action.line.author.kind === 'agent');
    expect(line).toMatchObject({ do: 'deliver', ...(mailed ? { mailed } : {}) });
    expect('mailed' in line!).toBe(mailed === true);
    expect(story.conversation).toMatchObject({ floor: 'agent', followUp: null, promises: [] });
    expect(story.actions).toContainEqual(expect.objectContaining({ do: 'promise', change: expect.objectContaining({ is: 'kept' }) }));
  });

  it('may be answered while another agent has him', () => {
    const story = followed().askedForHelp();
    const other = 'session_bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee';
    story.agentsAreThere().happens(aFact('desk-opened', { handoverId: story.handoverId, sessionId: other }));
    story.happens(aFact('first-message-posted', { handoverId: story.handoverId })).later(HOUR);
    story.happens(aFact('agent-wrote', { at: story.now }));
    expect(story.conversation).toMatchObject({ floor: 'waiting', followUp: { step: 'open', answerUntil: null } });
    story.happens(aFact('desk-state', { at: story.now }));
    expect(story.conversation.followUp).toBeNull();
  });

  it.each(['desk-state', 'desk-removed'] as const)('is told when it ends without an answer (%s)', (kind) => {
    const story = followed().later(HOUR);
    story.happens(aFact(kind, { at: story.now } as never));
    expect([story.shown.length, step(story), story.conversation.promises]).toEqual([1, null, []]);
  });

  const backInTheSameConversation = () => {
    const handover = HandoverSettingsSchema.parse({ session: 'reuse' });
    const story = new Story(aPolicy({ handover })).askedForHelp().accepted().later(HOUR).happens(aFact('time-passed'));
    says(taps(story, CONTACT_BY_EMAIL), ANNA);
    return opened(taps(story, USE_ADDRESS))
      .later(HOUR)
      .askedForHelp()
      .accepted()
      .later(HOUR / 60);
  };

  it.each(['desk-state', 'desk-removed'] as const)(
    'and asks for a human in the same conversation has the bot when it ends (%s)',
    (kind) => {
      const story = backInTheSameConversation();
      expect(story.conversation).toMatchObject({ floor: 'waiting', followUp: { step: 'open' } });
      story.happens(aFact(kind, { at: story.now } as never));
      expect(story.conversation).toMatchObject({ floor: 'bot', followUp: null, promises: [] });
      expect(story.shown).toHaveLength(1);
    },
  );

  it('and does not wait for that human any longer is still owed the e-mail', () => {
    const story = taps(backInTheSameConversation(), BACK_TO_BOT);
    expect(story.asked).not.toContain('desk:set-state');
    expect(story.conversation).toMatchObject({ floor: 'bot', followUp: { step: 'open' }, promises: [{ kind: 'mail' }] });
  });

  it('is not given up for a state that is older than his wish', () => {
    const story = followed().later(HOUR);
    story.happens(aFact('desk-state', { at: START - 1 }));
    expect(step(story)).toBe('open');
  });

  it('whose agent is done goes on with the bot, and may wish for another answer', () => {
    const story = followed().later(HOUR);
    story.happens(aFact('agent-wrote', { at: story.now })).later(HOUR);
    story.happens(aFact('desk-state', { at: story.now }));
    expect(story.conversation).toMatchObject({ floor: 'bot', followUp: null });
    taps(taps(story, CONTACT_BY_EMAIL), USE_ADDRESS);
    expect(planned(story.all).map(({ handoverId }) => handoverId)).toHaveLength(2);
    expect(new Set(planned(story.all).map(({ handoverId }) => handoverId)).size).toBe(2);
  });
});

it('an agent’s word to a visitor who left an ordinary handover is mailed where an address is known', () => {
  const story = knows(storyOn.agent(), { email: ANNA }).happens(aFact('agent-wrote', { at: START + 5 }));
  expect(story.actions.filter((action) => action.do === 'deliver')).toMatchObject([{ mailed: true }]);
});
