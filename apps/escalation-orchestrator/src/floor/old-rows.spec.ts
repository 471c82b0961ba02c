import { describe, expect, it } from '@jest/globals';
import { BACK_TO_BOT, CONTACT_BY_EMAIL, HandoverSettingsSchema, STILL_NEED_HELP } from '@baton/contracts';
import { aFact, aPolicy, storyOn } from './conversation.builder.js';
import type { Story } from './conversation.builder.js';
import { freshConversation } from './conversation.js';
import type { Conversation } from './conversation.js';
import type { Fact } from './facts.js';

/** What every row has; whatever else stands in one came with a later version. */
const SINCE_EVER = {
  row: 'id botId channel address floor epoch turn openTurns deliverySequence linePosition lastFingerprint mutedUntil elsewhereSince botStays held handover lastHandover handoverCount timers userData locale present toldOfDeadChannel',
  handover: 'id number category reason requestedBy requestedAt step websiteId sessionId acceptedAt takenAt connectedAt agent stateClock',
  lastHandover: 'id number websiteId sessionId endedAt stateClock',
  timers: 'escalation-deadline no-first-answer-warning no-first-answer silence-warning silence mute-expired',
};

const only = (one: object | null, names: string) => one && Object.fromEntries(names.split(' ').map((name) => [name, one[name as never]]));

/** As a row of the first version is read. */
function written(story: Story): Story {
  const { handover, lastHandover, timers, ...row } = story.conversation;
  const old = {
    ...only(row, SINCE_EVER.row),
    handover: only(handover, SINCE_EVER.handover),
    lastHandover: only(lastHandover, SINCE_EVER.lastHandover),
    timers: timers.filter(({ kind }) => SINCE_EVER.timers.split(' ').includes(kind)),
  };
  story.conversation = { ...freshConversation(row), ...(JSON.parse(JSON.stringify(old)) as Partial<Conversation>) };
  return story;
}

const policy = aPolicy({
  handover: HandoverSettingsSchema.parse({
    ratings: { human: true, bot: true },
    rules: { asksForHuman: true, frustration: true, fallbacksInARow: 1 },
  }),
});
const says = (text: string, payload?: string) => aFact('visitor-wrote', { body: { type: 'text', text, ...(payload ? { payload } : {}) } });

const FACTS: readonly ((story: Story) => Fact)[] = [
  () => says('I want a human'),
  ...[BACK_TO_BOT, STILL_NEED_HELP, CONTACT_BY_EMAIL].map((payload) => () => says('a tap', payload)),
  ({ now }) => aFact('agent-wrote', { at: now }),
  ({ now }) => aFact('desk-state', { at: now }),
  ({ now }) => aFact('desk-state', { at: now, state: 'unresolved' }),
  ({ now }) => aFact('desk-removed', { at: now }),
  ({ now }) => aFact('agent-commanded', { at: now, command: { do: 'hold', forMs: 60_000 } }),
  ({ now }) => aFact('agent-commanded', { at: now }),
  () => aFact('bot-answered', { needHelp: true }),
  () => aFact('bot-answered', { messages: [{ text: 'Someone will call you.' }], fallback: true }),
  () => aFact('answered-elsewhere'),
  () => aFact('rated-at-desk'),
  ({ handoverId }) => aFact('first-message-posted', { handoverId }),
  ({ handoverId }) => aFact('word-refused', { handoverId }),
];

describe.each(Object.keys(storyOn) as (keyof typeof storyOn)[])('a row of the first version, the floor being "%s",', (floor) => {
  it('lives on whatever happens, and nothing that is promised in it stays open', () => {
    for (const first of FACTS) {
      for (const second of FACTS) {
        const story = written(storyOn[floor](policy)).later(61_000);
        story.happens(first(story)).later(61_000).happens(second(story));
        for (let hour = 0; hour < 30; hour++) story.later(3_600_000).happens(aFact('time-passed'));
        expect(story.conversation.promises).toEqual([]);
        expect(story.conversation.handover === null).toBe(story.conversation.floor === 'bot');
      }
    }
  });
});
