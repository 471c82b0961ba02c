import { describe, expect, it } from '@jest/globals';
import { HandoverSettingsSchema, ourLines } from '@baton/contracts';
import { Story, START, aFact, aPolicy, storyOn } from '../conversation.builder.js';
import { CIRCLE } from './loop-budget.js';

const { en } = ourLines;

const policyWith = (budget: Record<string, unknown>) => aPolicy({ handover: HandoverSettingsSchema.parse({ budget }) });
const says = (text = 'words') => aFact('visitor-wrote', { body: { type: 'text', text } });
const nobody = (story: Story) => story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
const alarms = (story: Story) => story.actions.flatMap((action) => (action.do === 'alarm' ? [action.name] : []));
const rejections = (story: Story) =>
  story.actions.flatMap((action) =>
    action.do === 'tell-bot' && action.event.type === 'bot.answer-rejected' ? [action.event.data.reason] : [],
  );
const MINUTE = 60_000;

describe('a bot that asks again for whom it was refused', () => {
  it('is refused at once, and nothing of its answer is shown, until the visitor says something', () => {
    const story = new Story().happens(says());
    nobody(story.askedForHelp());
    story.later(1_000).askedForHelp({ messages: [{ text: 'I am getting someone' }] });
    expect([story.shown, story.asked, rejections(story), alarms(story)]).toEqual([
      [],
      ['bot.answer-rejected'],
      ['budget'],
      ['handover-loop'],
    ]);
    story.happens(says()).askedForHelp();
    expect(story.conversation.floor).toBe('escalating');
  });

  it('is refused also when it was given what the visitor said before', () => {
    const story = new Story().happens(says()).askedForHelp().happens(says('hurry'));
    nobody(story);
    expect(story.asked).toContain('bot.turn');
    story.askedForHelp({ turn: story.conversation.turn, epoch: story.conversation.epoch });
    expect([rejections(story), story.conversation.openTurns]).toEqual([['budget'], []]);
  });

  it('is refused after nobody answered in time, too', () => {
    const story = storyOn.waiting().later(900_000).happens(aFact('time-passed'));
    expect(story.conversation.floor).toBe('bot');
    expect(rejections(story.askedForHelp())).toEqual(['budget']);
  });

  it('may ask when a while has passed', () => {
    const story = new Story().happens(says());
    nobody(story.askedForHelp());
    expect(story.later(CIRCLE).askedForHelp().conversation.floor).toBe('escalating');
  });
});

describe('the handovers of an hour', () => {
  const upTo = (count: number) => {
    const story = new Story(policyWith({ handoversPerHour: 2 }));
    for (let n = 0; n < count; n++) nobody(story.happens(says()).askedForHelp()).later(MINUTE);
    return story;
  };

  it('end: the visitor is told once for each of his words that no human comes, and may ask again when the hour is over', () => {
    const story = upTo(2);
    story.happens(says()).askedForHelp({ messages: [{ text: 'Let me see.' }] });
    expect([story.shown, rejections(story), alarms(story)]).toEqual([['Let me see.', en.noAgent], ['budget'], ['handover-loop']]);
    expect(story.later(2 * MINUTE).askedForHelp().shown).toEqual([]);
    expect(story.happens(says()).askedForHelp().shown).toEqual([en.noAgent]);
    expect(
      story
        .later(60 * MINUTE)
        .happens(says())
        .askedForHelp().conversation.floor,
    ).toBe('escalating');
  });

  it('alarm nobody when a rule and the bot heard the same wish and nobody was there', () => {
    const policy = policyWith({});
    const rules = { ...policy.handover.rules, asksForHuman: true };
    const story = new Story({ ...policy, handover: { ...policy.handover, rules } });
    nobody(story.happens(aFact('visitor-wrote', { body: { type: 'text', text: 'I want to talk to a human' } })));
    story.askedForHelp();
    expect([rejections(story), alarms(story), story.shown]).toEqual([['budget'], [], []]);
  });

  it('never keep an agent from taking over', () => {
    const story = upTo(2).happens(aFact('agent-wrote', { at: START + 3_600_000 }));
    expect(story.conversation.floor).toBe('agent');
  });

  it('end for rules as well: the bot answers instead', () => {
    const handover = HandoverSettingsSchema.parse({ budget: { handoversPerHour: 1 }, rules: { words: ['refund', 'lawyer'] } });
    const story = new Story(aPolicy({ handover })).happens(says('refund'));
    nobody(story).later(10 * MINUTE);
    expect(story.happens(says('lawyer')).asked).toEqual(['bot.turn']);
  });
});

describe('the lines of a bot in a row', () => {
  const speaks = (count: number) =>
    aFact('bot-answered', { messages: Array.from({ length: count }, (_, n) => ({ text: `line ${n + 1}` })) });

  it('end at the limit: further ones are not shown until the visitor says something', () => {
    const story = new Story(policyWith({ botLinesInARow: 3 })).happens(says()).happens(speaks(2)).happens(speaks(2));
    expect([story.shown, rejections(story), alarms(story)]).toEqual([['line 1'], ['budget'], ['bot-loop']]);
    expect(story.happens(speaks(1)).shown).toEqual([]);
    story.happens(says()).happens(speaks(2));
    expect([story.shown, alarms(story)]).toEqual([['line 1', 'line 2'], []]);
  });

  it('begin anew after an hour, for a bot that has news now and then', () => {
    const story = new Story(policyWith({ botLinesInARow: 2 }))
      .happens(says())
      .happens(speaks(2))
      .later(60 * MINUTE);
    expect(story.happens(speaks(1)).shown).toEqual(['line 1']);
  });

  it('do not keep it from calling for help', () => {
    const story = new Story(policyWith({ botLinesInARow: 1 })).happens(says()).happens(speaks(1));
    story.happens(aFact('bot-answered', { messages: [{ text: 'help!' }], needHelp: true }));
    expect(story.conversation.floor).toBe('escalating');
    expect(story.shown).toEqual([en.texts.oneMoment]);
  });
});

describe('the turns of a minute', () => {
  it('end at the limit: what a machine says beyond it becomes one turn when the minute is over, and nothing is lost', () => {
    const story = new Story(policyWith({ turnsPerMinute: 2 })).happens(says('1')).happens(says('2')).later(1_000);
    story.happens(says('3'));
    expect([story.asked, alarms(story)]).toEqual([[], ['bot-loop']]);
    story.happens(says('4')).later(59_000).happens(aFact('time-passed'));
    expect(story.actions).toMatchObject([
      { do: 'tell-bot', event: { type: 'bot.turn', data: { turn: 3, messages: [{ text: '3' }, { text: '4' }] } } },
    ]);
  });

  it('go with the next word when that comes first', () => {
    const story = new Story(policyWith({ turnsPerMinute: 1 })).happens(says('1')).happens(says('2')).later(61_000).happens(says('3'));
    expect(story.actions).toContainEqual(
      expect.objectContaining({
        event: expect.objectContaining({
          data: expect.objectContaining({ messages: [expect.objectContaining({ text: '2' }), expect.objectContaining({ text: '3' })] }),
        }),
      }),
    );
    expect(story.conversation.timers.filter(({ kind }) => kind === 'gathered-turn')).toEqual([]);
  });

  it('do not keep what was gathered from a bot that stays while a human is looked for', () => {
    const story = new Story(policyWith({ turnsPerMinute: 1 })).happens(says('1')).happens(says('2')).askedForHelp({ muted: false });
    expect(story.actions).toContainEqual(
      expect.objectContaining({ event: expect.objectContaining({ data: expect.objectContaining({ turn: 2 }) }) }),
    );
    expect(story.agentsAreThere().asked).toContain('desk:post-visitor-words');
  });

  it('end at the limit also for a bot that stays while a human is awaited: the human reads it all', () => {
    const story = new Story(policyWith({ turnsPerMinute: 2 })).askedForHelp({ muted: false }).accepted();
    story.happens(says('1')).happens(says('2')).happens(says('3'));
    expect([story.asked, alarms(story)]).toEqual([['desk:post-visitor-words'], ['bot-loop']]);
    expect(story.later(MINUTE).happens(says('4')).asked).toEqual(['desk:post-visitor-words', 'bot.turn']);
  });

  it('beyond the limit of a bot that stays are its own when nobody comes, each once', () => {
    const story = new Story(policyWith({ turnsPerMinute: 1 })).askedForHelp({ muted: false }).happens(says('1')).happens(says('2'));
    expect(story.asked).toEqual([]);
    nobody(story);
    expect(story.actions).toContainEqual(
      expect.objectContaining({
        event: expect.objectContaining({ data: expect.objectContaining({ messages: [expect.objectContaining({ text: '2' })] }) }),
      }),
    );
  });

  it('do not keep what was gathered from an agent who takes over', () => {
    const story = new Story(policyWith({ turnsPerMinute: 1 })).happens(says('1')).happens(says('2')).happens(aFact('agent-wrote'));
    expect(story.asked).toContain('desk:post-visitor-words');
    expect(story.later(120_000).happens(aFact('time-passed')).asked).not.toContain('bot.turn');
  });
});
