import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BACK_TO_BOT } from '@baton/contracts';
import { Story, aFact } from './conversation.builder.js';
import { randomStory } from './random-story.builder.js';

const RUNS = { numRuns: 1_500 };

describe('whatever happens, in whatever order', () => {
  it('epoch, floor, episode and numbering agree after every fact', () => {
    fc.assert(
      fc.property(randomStory, (steps) => {
        const s = new Story();
        for (const { step, wait } of steps) {
          const before = s.conversation;
          s.later(wait).happens(step(s));
          const after = s.conversation;
          expect(after.handover === null).toBe(after.floor === 'bot');
          expect(after.epoch - before.epoch).toBeGreaterThanOrEqual(after.floor === before.floor ? 0 : 1);
          const numbers = s.actions.flatMap((action) => ('deliverySequence' in action ? [action.deliverySequence] : []));
          expect(numbers).toEqual(
            Array.from({ length: after.deliverySequence - before.deliverySequence }, (_, i) => before.deliverySequence + 1 + i),
          );
          const fingerprints = s.all.flatMap((action) =>
            action.do === 'desk' && 'fingerprint' in action.work ? [action.work.fingerprint] : [],
          );
          expect(new Set(fingerprints).size).toBe(fingerprints.length);
        }
      }),
      RUNS,
    );
  });

  it('the bot never speaks over an agent', () => {
    fc.assert(
      fc.property(randomStory, (steps) => {
        const s = new Story();
        for (const { step, wait } of steps) {
          const { floor, botStays, elsewhereSince } = s.conversation;
          const fact = step(s.later(wait));
          s.happens(fact);
          const spoke = s.actions.some((action) => action.do === 'deliver' && action.line.author.kind === 'bot');
          if (spoke && fact.kind === 'bot-answered') {
            expect(floor === 'bot' || (botStays && floor !== 'agent')).toBe(true);
            expect(elsewhereSince === null || fact.needHelp).toBe(true);
          }
          const heard = s.actions.some((action) => action.do === 'tell-bot' && action.event.type === 'bot.turn');
          if (heard) expect(s.conversation.floor === 'bot' || (s.conversation.botStays && s.conversation.floor !== 'agent')).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("every word of the visitor is heard by the bot or brought to the agents, and none of an agent's is dropped", () => {
    fc.assert(
      fc.property(randomStory, (steps) => {
        const s = new Story();
        const said: string[] = [];
        for (const { step, wait } of steps) {
          const fact = step(s.later(wait));
          s.happens(fact);
          if (fact.kind === 'agent-wrote') {
            expect(s.actions.some((action) => action.do === 'deliver' && action.line.messageId === fact.messageId)).toBe(true);
          }
          if (fact.kind === 'visitor-wrote' && !(fact.body.type === 'text' && fact.body.payload === BACK_TO_BOT)) said.push(fact.messageId);
        }
        const heard = new Set(s.conversation.held.map((word) => word.messageId));
        for (const action of s.all) {
          if (action.do === 'desk' && action.work.kind === 'post-visitor-words') heard.add(action.work.messageId);
          if (action.do === 'tell-bot' && action.event.type === 'bot.turn')
            for (const message of action.event.data.messages) heard.add(message.id);
        }
        expect(said.filter((id) => !heard.has(id))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('nobody is stranded: when the other side stays silent, time alone gives a waiting visitor back to the bot', () => {
    fc.assert(
      fc.property(randomStory, (steps) => {
        const s = new Story();
        for (const { step, wait } of steps) s.later(wait).happens(step(s));
        s.happens(aFact('visitor-wrote'));
        for (let rings = 0; s.conversation.timers.length > 0; rings += 1) {
          expect(rings).toBeLessThan(20);
          s.now = Math.max(s.now, Math.min(...s.conversation.timers.map((timer) => timer.dueAt)));
          s.happens(aFact('time-passed'));
        }
        expect(s.conversation.floor).toBe('bot');
        expect(s.conversation.mutedUntil).toBeNull();
        expect(s.conversation.held).toEqual([]);
      }),
      RUNS,
    );
  });
});
