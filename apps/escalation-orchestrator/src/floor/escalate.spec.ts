import { describe, expect, it } from '@jest/globals';
import { BACK_TO_BOT, CONTACT_BY_EMAIL, CONTINUE_WITH_BOT, HandoverSettingsSchema, ourLines } from '@baton/contracts';
import { SESSION, START, Story, aFact, aPolicy, storyOn } from './conversation.builder.js';
import { AVAILABILITY_TIMEOUT, ESCALATION_DEADLINE } from './policy.js';

const { en } = ourLines;

const MINUTE = 60_000;
const backToBot = () => aFact('visitor-wrote', { body: { type: 'text', text: 'Back', payload: BACK_TO_BOT } });

describe('asking for a human', () => {
  it('promises nothing before Crisp has answered: one moment first, then the promise', () => {
    const story = new Story();
    expect(story.askedForHelp().shown).toEqual([en.texts.oneMoment]);
    expect(story.agentsAreThere().shown).toEqual([]);
    expect(story.opened().shown).toEqual([]);
    story.happens(aFact('first-message-posted', { handoverId: story.handoverId }));
    expect(story.shown).toEqual([en.texts.waiting]);
    expect(story.asked).toEqual(['mode:waiting', 'handover.accepted', 'desk:set-state']);
  });

  it("shows the bot's messages before it lets go", () => {
    const story = new Story().happens(aFact('bot-answered', { messages: [{ text: 'Let me get someone.' }], needHelp: true }));
    expect(story.shown).toEqual(['Let me get someone.', en.texts.oneMoment]);
  });

  it('keeps what the visitor says meanwhile and puts it behind the first message', () => {
    const story = new Story().askedForHelp().happens(aFact('visitor-wrote', { body: { type: 'text', text: 'Hurry' } }));
    expect(story.asked).toEqual([]);
    story.agentsAreThere();
    expect(story.asked).toEqual([
      'desk:open-session',
      'desk:set-contact',
      'desk:post-first-message',
      'desk:post-briefing',
      'desk:post-visitor-words',
    ]);
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
      expect(story.shown).toEqual([en.noAgentFor['channel-off']]);
    }
  });

  it('outside business hours is declined without asking anybody, and hears when the team is back', () => {
    const hours = { timeZone: 'Europe/Berlin', weekly: { monday: [{ from: '13:00', to: '17:00' }] } };
    const story = new Story(aPolicy({ handover: HandoverSettingsSchema.parse({ hours }) })).askedForHelp();
    expect(story.conversation.floor).toBe('bot');
    expect(story.asked).toEqual(['handover.requested', 'handover.declined']);
    expect(story.shown).toEqual(['Our team is not there at the moment and will be back today at 13:00. I am still here to help.']);
    expect(story.actions).toContainEqual({
      do: 'announce',
      event: { type: 'handover.declined', data: expect.objectContaining({ reason: 'closed', opens_at: '2026-01-05T12:00:00.000Z' }) },
    });
  });

  it('of a team that never opens is told no time', () => {
    const story = new Story(aPolicy({ handover: HandoverSettingsSchema.parse({ hours: { timeZone: 'UTC', weekly: {} } }) })).askedForHelp();
    expect(story.shown).toEqual([en.noAgent]);
    expect(JSON.stringify(story.actions)).not.toContain('opens_at');
  });

  it('of a category asks for those who answer it, and is opened in their inbox', () => {
    const categories = { Billing: { operatorIds: ['mia'], inboxId: 'money' } };
    const story = new Story(aPolicy({ handover: HandoverSettingsSchema.parse({ categories }) })).askedForHelp({ category: 'billing' });
    expect(story.actions).toContainEqual({ do: 'desk', work: expect.objectContaining({ kind: 'ask-availability', operatorIds: ['mia'] }) });
    story.agentsAreThere();
    expect(story.actions).toContainEqual({ do: 'desk', work: expect.objectContaining({ kind: 'open-session', inboxId: 'money' }) });
  });

  it('says the line of the reason, with its quick replies before ours', () => {
    const { handover } = aPolicy();
    const rich = { text: 'Closed now', quick_replies: [{ title: 'E-mail me', payload: 'mail', content_type: 'text' as const }] };
    const story = new Story(aPolicy({ handover: { ...handover, noAgentMessages: { 'nobody-online': rich } } })).askedForHelp();
    story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
    const line = story.actions.find((action) => action.do === 'deliver');
    expect(line).toMatchObject({
      line: { author: { kind: 'bot' }, body: { text: 'Closed now' } },
    });
    expect(line?.do === 'deliver' && line.line.body.type === 'text' && line.line.body.quickReplies?.map(({ payload }) => payload)).toEqual([
      'mail',
      CONTACT_BY_EMAIL,
      CONTINUE_WITH_BOT,
    ]);
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

  it('with more about the visitor than can be kept, is heard, and the agents know that something is left out', () => {
    const note = (story: Story) => story.asked.filter((what) => what === 'desk:post-note').length;
    const story = new Story().askedForHelp({ userDataLeftOut: true });
    expect([story.conversation.floor, note(story)]).toEqual(['escalating', 0]);
    expect(note(story.agentsAreThere())).toBe(1);
    expect(note(story.opened().happens(aFact('bot-answered', { needHelp: true, userDataLeftOut: true })))).toBe(1);
  });

  describe('with a note for the agents', () => {
    const notes = (story: Story) =>
      story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-note' ? [action.work.text] : []));

    it('has it in the inbox right after the first message, before what was said meanwhile, and shows it to nobody else', () => {
      const story = new Story().askedForHelp({ note: 'Wants a refund' }).happens(aFact('visitor-wrote'));
      expect(notes(story.agentsAreThere())).toEqual(['Wants a refund']);
      expect(story.asked).toEqual([
        'desk:open-session',
        'desk:set-contact',
        'desk:post-first-message',
        'desk:post-briefing',
        'desk:post-note',
        'desk:post-visitor-words',
      ]);
      const other = story.all.filter((action) => action.do !== 'desk');
      expect(JSON.stringify(other)).not.toContain('refund');
    });

    it('has what the bot adds while it waits, too, up to twenty', () => {
      const story = new Story().askedForHelp({ note: 'first' }).accepted();
      expect(notes(story.happens(aFact('bot-answered', { needHelp: true, note: 'second' })))).toEqual(['second']);
      for (let more = 3; more <= 30; more++) story.happens(aFact('bot-answered', { needHelp: true, note: `note ${more}` }));
      expect(story.all.filter((action) => action.do === 'desk' && action.work.kind === 'post-note')).toHaveLength(20);
    });

    it('tells nobody where nobody can come, and a note without a call for help is none', () => {
      const declined = new Story(aPolicy({ websiteId: null })).askedForHelp({ note: 'for nobody' });
      expect(declined.all.some((action) => action.do === 'desk')).toBe(false);
      const story = storyOn.waiting().happens(aFact('bot-answered', { note: 'by the way', userData: { name: 'Ada' } }));
      expect(notes(story)).toEqual([]);
    });

    it('is cut where it is longer than a message may be', () => {
      const story = new Story().askedForHelp({ note: 'A long story. '.repeat(280).trim() }).agentsAreThere();
      expect(notes(story).length).toBe(3);
      expect(Math.max(...notes(story).map((text) => text.length))).toBeLessThanOrEqual(1_900);
    });
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

describe('a session that is used again', () => {
  const { handover } = aPolicy();
  const again = () => {
    const story = new Story(aPolicy({ handover: { ...handover, session: 'reuse' } })).askedForHelp().accepted();
    story.later(MINUTE).happens(backToBot());
    story.later(MINUTE).askedForHelp().accepted();
    expect(story.conversation.handover?.sessionId).toBe(SESSION);
    return story;
  };

  it.each([
    ['from before the earlier episode ended', -3 * MINUTE],
    ['that we set when it ended', -MINUTE + 500],
    ['from before this episode began', -1],
  ])('is not ended by an echo %s', (_what, ago) => {
    const story = again();
    story.happens(aFact('desk-state', { at: story.now + ago }));
    expect(story.conversation.floor).toBe('waiting');
    expect(story.later(MINUTE).happens(aFact('desk-state', { at: story.now })).conversation.floor).toBe('bot');
  });
});
