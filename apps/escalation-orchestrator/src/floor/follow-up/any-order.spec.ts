import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Story, aFact, aPolicy } from '../conversation.builder.js';
import { randomPromises } from '../random-story.builder.js';
import { addressOf } from './address.js';

type Steps = typeof randomPromises extends fc.Arbitrary<infer Of> ? Of : never;

const somebody = fc.record({
  channel: fc.constantFrom('webchat', 'messenger') as fc.Arbitrary<'webchat' | 'messenger'>,
  comesAndGoes: fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
  steps: randomPromises,
});

/** A visitor who comes and goes while anything happens; each fact is looked at. */
function live(
  { channel, comesAndGoes, steps }: { channel: 'webchat' | 'messenger'; comesAndGoes: boolean[]; steps: Steps },
  look: (story: Story, before: Story['conversation']) => void,
): void {
  const story = new Story(aPolicy(), channel);
  const happens = (fact: Parameters<Story['happens']>[0]) => {
    const before = story.conversation;
    story.happens(fact);
    look(story, before);
  };
  steps.forEach(({ step, wait }, nth) => {
    story.later(wait);
    happens(aFact('visitor-presence', { present: comesAndGoes[nth % comesAndGoes.length]! }));
    happens(step(story));
    happens(aFact('time-passed'));
  });
}

describe('in whatever order it happens', () => {
  it('an agent’s word is loud in one place: mailed only to somebody who has left the webchat and has an address', () => {
    fc.assert(
      fc.property(somebody, (one) =>
        live(one, (story) => {
          const { present, userData } = story.conversation;
          for (const action of story.actions) {
            if (action.do !== 'deliver') continue;
            const isMailed = action.mailed === true;
            const isForMail = action.line.author.kind === 'agent' && one.channel === 'webchat' && !present && addressOf(userData) !== null;
            expect(isMailed).toBe(isForMail);
          }
        }),
      ),
      { numRuns: 100 },
    );
  });

  it('nobody is left in a question: who is asked for his address has the bot, and a clock that ends it', () => {
    fc.assert(
      fc.property(somebody, (one) =>
        live(one, ({ conversation: { followUp, floor, timers } }) => {
          const isAsked = followUp?.step === 'address' || followUp?.step === 'confirm';
          if (isAsked) expect(floor).toBe('bot');
          expect(timers.some(({ kind }) => kind === 'follow-up-address')).toBe(isAsked);
        }),
      ),
      { numRuns: 100 },
    );
  });

  it('an answer by e-mail is promised exactly while its conversation is open and nobody has answered in it', () => {
    fc.assert(
      fc.property(somebody, (one) =>
        live(one, ({ conversation: { followUp, promises }, actions }) => {
          const isPromised = promises.some(({ kind }) => kind === 'mail');
          if (isPromised) expect(followUp).toMatchObject({ step: 'open' });
          const opened = actions.some((action) => action.do === 'announce' && action.event.type === 'handover.followed-up');
          if (opened) expect(isPromised).toBe(true);
          if (followUp && followUp.step !== 'open') expect(isPromised).toBe(false);
        }),
      ),
      { numRuns: 100 },
    );
  });

  it('one conversation is opened for one wish', () => {
    fc.assert(
      fc.property(somebody, (one) =>
        live(one, (story, before) => {
          const planned = story.actions.filter((action) => action.do === 'desk' && action.work.kind === 'open-follow-up').length;
          if (planned === 0) return;
          expect(planned).toBe(1);
          expect(before.followUp?.step).toBe('confirm');
          expect(story.conversation.followUp?.step).toBe('opening');
        }),
      ),
      { numRuns: 100 },
    );
  });
});
