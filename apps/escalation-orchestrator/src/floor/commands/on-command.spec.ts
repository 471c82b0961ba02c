import { HandoverSettingsSchema } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { SESSION, START, Story, aFact, aPolicy, storyOn } from '../conversation.builder.js';
import type { DeskCommand, FactOf } from '../facts.js';

const MINUTE = 60_000;
const BACK: DeskCommand = { do: 'give-back', block: null };
const HOLD: DeskCommand = { do: 'hold', forMs: 20 * MINUTE };

function commanded(story: Story, command: DeskCommand, patch: Partial<FactOf<'agent-commanded'>> = {}): Story {
  return story.happens(aFact('agent-commanded', { at: story.now, command, ...patch }));
}

/** The notes that the last fact asked for. */
function notes(story: Story): string[] {
  return story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-note' ? [action.work.text] : []));
}

const ignored = (story: Story) => story.actions.flatMap((action) => (action.do === 'ignore' ? [action.reason] : []));

describe('a command by a private note', () => {
  it('waits until Crisp said who works there', () => {
    const story = commanded(storyOn.agent(), BACK, { writer: 'unchecked' });
    expect([story.conversation.floor, story.asked]).toEqual(['agent', ['desk:check-operator']]);
  });

  it.each<[Partial<FactOf<'agent-commanded'>>, string]>([
    [{ writer: 'unchecked', operatorId: null }, 'did not say who wrote it'],
    [{ writer: 'unknown' }, 'could not be asked'],
  ])('of somebody who is not known (%j) is not obeyed, and he is told so', (patch, told) => {
    const story = commanded(storyOn.agent(), BACK, patch);
    expect([story.conversation.floor, notes(story)]).toEqual(['agent', [expect.stringContaining(told)]]);
  });

  it('of a stranger is passed over', () => {
    const story = commanded(storyOn.agent(), BACK, { writer: 'stranger' });
    expect([story.conversation.floor, notes(story), ignored(story)]).toEqual(['agent', [], ['command-of-a-stranger']]);
  });

  it('is passed over where commands are switched off', () => {
    const policy = aPolicy({ handover: HandoverSettingsSchema.parse({ commands: false }) });
    const story = commanded(storyOn.agent(policy), BACK);
    expect([story.conversation.floor, notes(story), ignored(story)]).toEqual(['agent', [], ['commands-off']]);
  });

  it('is never shown to the visitor, nor is its answer', () => {
    for (const command of [{ do: 'why' }, { do: 'help', unknown: null }, { do: 'assistant', on: true }] as const) {
      const story = commanded(storyOn.agent(), command);
      expect([story.shown, notes(story).length]).toEqual([[], 1]);
    }
  });

  it('that nobody knows is explained', () => {
    expect(notes(commanded(storyOn.agent(), { do: 'help', unknown: '!hodl' }))[0]).toMatch(/“!hodl”.*`!bot`.*`!hold 20m`.*`!why`/s);
  });

  it('for the assistant has nothing to switch', () => {
    expect(notes(commanded(storyOn.agent(), { do: 'assistant', on: true }))[0]).toContain('never speaks');
  });
});

describe('!bot', () => {
  it.each(['waiting', 'agent'] as const)(
    'gives back now while the floor is with %s, and the conversation is resolved in the inbox',
    (floor) => {
      const story = commanded(storyOn[floor](), BACK);
      expect(story.conversation.floor).toBe('bot');
      expect(story.asked).toEqual(
        expect.arrayContaining(['handover.resolved', 'bot.unmuted:resolved', 'desk:set-state', 'desk:post-note']),
      );
      expect(notes(story)).toEqual([expect.stringContaining('with the bot again')]);
    },
  );

  it('names the block that the bot goes on with', () => {
    const story = commanded(storyOn.agent(), { do: 'give-back', block: 'order-status' });
    expect(notes(story)[0]).toContain('“order-status”');
    expect(story.actions).toContainEqual(expect.objectContaining({ do: 'unmute', continueWith: 'order-status' }));
  });

  it.each([
    ['half an hour late', { at: START - 31 * MINUTE }],
    ['of an earlier handover in the same session', { at: START - 1 }],
  ])('that comes %s does nothing and says so', (_what, patch) => {
    const story = new Story().happens(aFact('agent-wrote', { at: START }));
    commanded(story, BACK, patch);
    expect([story.conversation.floor, notes(story)]).toEqual(['agent', [expect.stringContaining('too late')]]);
  });

  it('of a day ago is not even answered', () => {
    const story = commanded(storyOn.agent().later(25 * 60 * MINUTE), BACK, { at: START });
    expect([notes(story), ignored(story)]).toEqual([[], ['old-command']]);
  });

  it.each([
    ['where the visitor is with the bot', () => storyOn.agent().happens(aFact('desk-state', { at: START + 1 })), 'is with the bot'],
    ['while he is being brought there', () => storyOn.escalating(), 'just being brought'],
  ])('%s moves nothing and says so', (_where, of, told) => {
    const story = of();
    const { floor } = story.conversation;
    commanded(story, BACK);
    expect([story.conversation.floor, notes(story)]).toEqual([floor, [expect.stringContaining(told)]]);
  });

  it('in an older conversation of the visitor says where he is', () => {
    const story = commanded(storyOn.agent(), BACK, { sessionId: 'session_older' });
    expect(story.conversation.floor).toBe('agent');
    expect(story.actions).toContainEqual({
      do: 'desk',
      work: expect.objectContaining({ kind: 'post-note', sessionId: 'session_older', text: expect.stringContaining('newer conversation') }),
    });
  });
});

describe('!hold', () => {
  it('keeps the visitor, tells him when the agent is back, and is a promise', () => {
    const story = commanded(storyOn.agent(), HOLD);
    expect(story.shown).toEqual([expect.stringMatching(/^Mia .* 20 /)]);
    expect(story.conversation.promises).toMatchObject([{ kind: 'return', dueAt: START + 20 * MINUTE }]);
    expect(story.conversation.handover?.heldUntil).toBe(START + 20 * MINUTE);
    expect(notes(story)).toEqual([expect.stringMatching(/until today at 10:20.*about 20 minutes/)]);
  });

  it('before anybody answered is said under the name of who wrote the note', () => {
    expect(commanded(storyOn.waiting(), HOLD, { by: 'Tom' }).shown).toEqual([expect.stringMatching(/^Tom .* 20 /)]);
  });

  it('off lets the normal times run again', () => {
    const story = commanded(storyOn.waiting(), HOLD).later(MINUTE);
    commanded(story, { do: 'hold', forMs: 0 });
    expect(story.conversation.handover?.heldUntil).toBe(story.now);
    expect([story.shown, notes(story)]).toEqual([[], [expect.stringContaining('normal times')]]);
    commanded(story, { do: 'hold', forMs: 0 });
    expect(notes(story)).toEqual([expect.stringContaining('Nothing is on hold')]);
  });
});

describe('!why', () => {
  it('tells the cause, what was checked, since when, what happens next and what is promised', () => {
    const handover = HandoverSettingsSchema.parse({ waiting: { keepAliveSeconds: 0 }, categories: { billing: { operatorIds: ['mia'] } } });
    const story = new Story(aPolicy({ handover })).askedForHelp({ category: 'Billing', reason: 'The order is lost.' }).accepted();
    commanded(story.later(2 * MINUTE), { do: 'why' });
    expect(notes(story)[0]?.split('\n')).toEqual([
      'The bot asked for a human: today at 10:00 (UTC), 2 minutes ago.',
      'Category: Billing.',
      'Reason given: The order is lost.',
      'Before he was promised anybody, Crisp said that somebody for Billing is online.',
      'Nobody has answered yet.',
      'He is given back to the bot if nobody answers: today at 10:15 (UTC).',
      expect.stringMatching(/^The visitor was promised an answer here, until today at/),
    ]);
  });

  it('tells who took over unasked, and that nothing happens by itself', () => {
    const story = commanded(new Story().happens(aFact('agent-wrote', { at: START })), { do: 'why' });
    expect(notes(story)[0]).toMatch(
      /^An agent wrote to the visitor unasked.*Nothing was checked.*Mia has answered.*Nothing happens by itself/s,
    );
  });

  it('tells that it is over', () => {
    const story = storyOn.agent().happens(aFact('desk-state', { at: START + 1 }));
    expect(notes(commanded(story, { do: 'why' }))).toEqual([
      'The handover of this conversation ended today at 10:00 (UTC). The visitor is with the bot; write to him here to take over.',
    ]);
    expect(notes(commanded(story, { do: 'why' }, { sessionId: `${SESSION}x` }))).toEqual([
      'The handover of this conversation is long over.',
    ]);
  });
});
