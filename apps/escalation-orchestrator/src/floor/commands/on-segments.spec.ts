import { HandoverSettingsSchema } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { aFact, aPolicy, storyOn } from '../conversation.builder.js';
import type { Story } from '../conversation.builder.js';

const MINUTE = 60_000;
const policy = aPolicy({ handover: HandoverSettingsSchema.parse({ commandSegments: { bot: 'Back to bot', hold: 'hold', why: 'why?' } }) });

/** The segments of the conversation are these. */
const set = (story: Story, ...segments: string[]) => story.happens(aFact('segments-set', { at: story.now, segments }));

const dropped = (story: Story) =>
  story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'drop-segment' ? [action.work.segment] : []));

describe('a segment that is a switch', () => {
  it('gives the visitor back and is taken off again', () => {
    const story = set(storyOn.agent(policy), 'chat', 'back to bot');
    expect([story.conversation.floor, dropped(story)]).toEqual(['bot', ['back to bot']]);
    expect(story.asked).toContain('desk:post-note');
  });

  it('acts once, however often it is told of, and again when it was taken off between', () => {
    const story = set(storyOn.agent(policy), 'chat', 'hold');
    expect(story.shown).toHaveLength(1);
    expect(set(story.later(MINUTE), 'chat', 'hold', 'vip').actions).toEqual([{ do: 'ignore', reason: 'other-segments' }]);
    set(story, 'chat', 'vip');
    expect(set(story.later(MINUTE), 'hold', 'chat').shown).toHaveLength(1);
  });

  it('that an older reading of ours brought back is taken off and nothing else', () => {
    const story = set(set(storyOn.agent(policy), 'hold').later(500), 'chat');
    set(story.later(500), 'chat', 'hold');
    expect([story.shown, dropped(story)]).toEqual([[], ['hold']]);
  });

  it('holds for 20 minutes; before anybody answered the visitor hears only that he is not forgotten', () => {
    const story = set(storyOn.waiting(policy), 'hold');
    expect(story.conversation.handover?.heldUntil).toBe(story.now + 20 * MINUTE);
    expect(story.shown).toEqual(['Thank you for waiting, we have not forgotten you.']);
    expect(story.conversation.promises.map(({ kind }) => kind)).toEqual(['answer']);
  });

  it('is none where it is the name of the category, which we set ourselves', () => {
    const story = storyOn.bot(policy).askedForHelp({ category: 'HOLD' }).accepted();
    expect(set(story, 'chat', 'hold').actions).toEqual([{ do: 'ignore', reason: 'other-segments' }]);
  });

  it('told of late moves nothing', () => {
    const story = set(storyOn.agent(policy).later(MINUTE), 'hold');
    story.happens(aFact('segments-set', { at: story.now - 1, segments: [] }));
    expect(story.actions).toEqual([{ do: 'ignore', reason: 'older-segments' }]);
  });

  it('works although commands by notes are switched off', () => {
    const handover = HandoverSettingsSchema.parse({ commands: false, commandSegments: { bot: 'bot' } });
    expect(set(storyOn.agent(aPolicy({ handover })), 'bot').conversation.floor).toBe('bot');
  });

  it('is nothing where none is named', () => {
    expect(set(storyOn.agent(), 'bot', 'hold').actions).toEqual([{ do: 'ignore', reason: 'other-segments' }]);
  });
});
