import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HandoverSettingsSchema } from '@baton/contracts';
import type { Line } from '../actions.js';
import { Story, aFact, aPolicy } from '../conversation.builder.js';
import type { Fact } from '../facts.js';
import { randomStory } from '../random-story.builder.js';

const BUDGET = { handoversPerHour: 3, botLinesInARow: 4, turnsPerMinute: 2 };
const HOUR = 3_600_000;
const policy = aPolicy({
  handover: HandoverSettingsSchema.parse({
    budget: BUDGET,
    rules: { fallbacksInARow: 2, words: ['lawyer'], asksForHuman: true, frustration: true },
  }),
});

const says = (text: string): Fact => aFact('visitor-wrote', { body: { type: 'text', text } });
/** What two machines and an angry visitor would do. */
const LOOPS = {
  nothing: () => null,
  anger: () => says('this is ridiculous'),
  lawyer: () => says('I call my lawyer'),
  human: () => says('I want to talk to a human'),
  word: () => says('and again'),
  fallback: () => aFact('bot-answered', { fallback: true, messages: [{ text: 'Sorry?' }] }),
  chatter: () => aFact('bot-answered', { messages: [{ text: 'Sorry?' }, { text: 'Sorry?' }] }),
  help: () => aFact('bot-answered', { needHelp: true, messages: [{ text: 'Sorry?' }] }),
} satisfies Record<string, () => Fact | null>;
const loops = fc.array(fc.constantFrom(...(Object.keys(LOOPS) as (keyof typeof LOOPS)[])), { minLength: 60, maxLength: 60 });

const ENDS = ['handover.resolved', 'handover.timed-out', 'handover.cancelled'];
const isBotLine = ({ body }: Line): boolean => body.type === 'text' && (body.text === 'Sorry?' || body.text === 'bot');

/** Tells a story, and calls back with what was before each fact. */
function tell(
  base: readonly { step: (story: Story) => Fact; wait: number }[],
  extras: readonly (keyof typeof LOOPS)[],
  look: (story: Story, before: Story['conversation'], fact: Fact) => void,
): Story {
  const story = new Story(policy);
  base.forEach(({ step, wait }, index) => {
    // Most of it happens within moments: that is how loops are.
    story.later(index % 3 === 0 ? wait : wait / 1_000);
    for (const fact of [LOOPS[extras[index] ?? 'nothing'](), step(story)]) {
      if (!fact) continue;
      const before = story.conversation;
      story.happens(fact);
      look(story, before, fact);
    }
  });
  return story;
}

describe('whatever happens, in whatever order', () => {
  it('no more humans are asked for in an hour than the budget allows, and no rule asks while a human has the floor', () => {
    fc.assert(
      fc.property(randomStory, loops, (base, extras) => {
        const requests: number[] = [];
        tell(base, extras, (story, before) => {
          for (const action of story.actions) {
            if (action.do !== 'announce' || action.event.type !== 'handover.requested') continue;
            const by = action.event.data.requested_by;
            if (by === 'rule') expect([before.floor, before.mutedUntil]).toEqual(['bot', null]);
            if (by !== 'agent' && !action.event.data.reopens) requests.push(story.now);
          }
        });
        for (const at of requests) {
          expect(requests.filter((other) => other > at - HOUR && other <= at).length).toBeLessThanOrEqual(BUDGET.handoversPerHour);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a bot never says more in a row than the budget allows, and what is remembered for it stays small', () => {
    fc.assert(
      fc.property(randomStory, loops, (base, extras) => {
        let [lines, since] = [0, 0];
        tell(base, extras, (story, _before, fact) => {
          if (fact.kind === 'visitor-wrote' || story.now - since >= HOUR) lines = 0;
          if (lines === 0) since = story.now;
          for (const action of story.actions) {
            // Given back by a human, the bot begins a new talk.
            if (action.do === 'announce' && ENDS.includes(action.event.type)) [lines, since] = [0, story.now];
            if (action.do === 'deliver' && isBotLine(action.line)) lines += 1;
            expect(lines).toBeLessThanOrEqual(BUDGET.botLinesInARow);
          }
          const { recentHandovers, recentTurns, botStretch } = story.conversation;
          expect(recentHandovers.length).toBeLessThanOrEqual(BUDGET.handoversPerHour);
          expect(recentTurns.length).toBeLessThanOrEqual(BUDGET.turnsPerMinute);
          expect(botStretch.asked?.length ?? 0).toBeLessThanOrEqual(10);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('words that wait for the bot have a time at which it gets them', () => {
    fc.assert(
      fc.property(randomStory, loops, (base, extras) => {
        tell(base, extras, ({ conversation }) => {
          const { floor, mutedUntil, held, timers } = conversation;
          if (floor !== 'bot' || held.length === 0) return;
          expect(timers.map(({ kind }) => kind)).toContain(mutedUntil === null ? 'gathered-turn' : 'mute-expired');
        });
      }),
      { numRuns: 300 },
    );
  });
});
