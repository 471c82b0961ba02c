import { describe, expect, it } from '@jest/globals';
import { ourLines } from '@baton/contracts';
import { START, Story, aFact, storyOn } from '../conversation.builder.js';
import { decide } from '../decide.js';
import type { FloorPolicy } from '../policy.js';
import { endPromises } from '../promises/ledger.js';
import { Ruling } from '../ruling.js';
import { hold } from './hold.js';
import { MINUTE, notesOf, policyOf } from './waiting.builder.js';

const { en } = ourLines;

/** An agent asks for time; whatever is said about it takes the place of the answer that was promised. */
function held(story: Story, ms: number): Story {
  const ruling = new Ruling(story.conversation, aFact('time-passed'), story.policy, story.now);
  hold(ruling, story.now + ms);
  endPromises(ruling, ['answer'], 'cancelled');
  story.conversation = ruling.state;
  return story;
}

const timersOf = (story: Story) => Object.fromEntries(story.conversation.timers.map(({ kind, dueAt }) => [kind, (dueAt - START) / MINUTE]));

describe('an agent who asks for time', () => {
  it('has it: nobody is warned, and the visitor not given back, before it is over; then the whole time runs', () => {
    const story = held(storyOn.waiting().later(10 * MINUTE), 20 * MINUTE);
    story.later(20 * MINUTE - 1).happens(aFact('time-passed'));
    expect([story.shown, notesOf(story), story.conversation.floor]).toEqual([[], [], 'waiting']);
    expect(timersOf(story)).toMatchObject({ 'no-first-answer-warning': 30 + 11.25, 'no-first-answer': 45, 'keep-alive': 32 });
  });

  it('has taken the conversation', () => {
    const story = held(storyOn.waiting(policyOf({ timers: { noAcceptSeconds: 60 } })), 5 * MINUTE);
    expect(story.conversation.handover?.takenAt).toBe(START);
    expect(timersOf(story)).not.toHaveProperty('no-accept');
  });

  it('has it also when the conversation is only being opened', () => {
    const story = held(storyOn.escalating().agentsAreThere().opened(), 10 * MINUTE);
    story.happens(aFact('first-message-posted', { handoverId: story.handoverId }));
    expect(timersOf(story)).toMatchObject({ 'no-first-answer': 25 });
    expect(story.shown).toEqual([en.texts.waiting]);
  });

  it('has it while he owes an answer, and for what is written meanwhile', () => {
    const owing = storyOn
      .agent()
      .happens(aFact('visitor-wrote'))
      .later(30 * MINUTE);
    expect(timersOf(held(owing, 20 * MINUTE))).toEqual({ 'silence-warning': 50 + 55, silence: 50 + 60 });
    const answered = held(storyOn.agent(), 20 * MINUTE);
    expect(timersOf(answered)).toEqual({});
    expect(timersOf(answered.later(5 * MINUTE).happens(aFact('visitor-wrote')))).toMatchObject({ silence: 80 });
  });

  it('may shorten it again', () => {
    const story = held(held(storyOn.waiting(), 60 * MINUTE), 0);
    expect(timersOf(story)).toMatchObject({ 'no-first-answer': 15 });
  });

  it('asks for nothing where there is no handover', () => {
    const story = new Story();
    expect(held(story, MINUTE).conversation).toEqual(new Story().conversation);
  });
});

describe('a warning', () => {
  it.each<[string, FloorPolicy, string]>([
    [
      'names the time that is left, and how to ask for more',
      policyOf({}),
      'The visitor is still waiting for an answer. In 4 minutes he will be given back to the bot. If you need more time, write the private note !hold 20m.',
    ],
    [
      'names no command where there are none',
      policyOf({ commands: false }),
      'The visitor is still waiting for an answer. In 4 minutes he will be given back to the bot.',
    ],
  ])('%s', (_, policy, text) => {
    expect(
      notesOf(
        storyOn
          .waiting(policy)
          .later(11.25 * MINUTE)
          .happens(aFact('time-passed')),
      ),
    ).toEqual([text]);
  });

  it('is worth nothing after the end', () => {
    const story = storyOn
      .waiting()
      .later(11.25 * MINUTE)
      .happens(aFact('time-passed'));
    expect(story.actions).toContainEqual(
      expect.objectContaining({ work: expect.objectContaining({ kind: 'post-note', deadline: START + 15 * MINUTE }) }),
    );
  });

  it('that comes late tells the time that is left', () => {
    expect(
      notesOf(
        storyOn
          .waiting()
          .later(14 * MINUTE)
          .happens(aFact('time-passed')),
      )[0],
    ).toContain('In 1 minute he');
  });

  it('is one where two are due, of the end that comes first', () => {
    const policy = policyOf({ timers: { noAcceptSeconds: 840, noFirstAnswerSeconds: 900 } });
    const story = storyOn
      .waiting(policy)
      .later(12 * MINUTE)
      .happens(aFact('time-passed'));
    expect(notesOf(story)).toHaveLength(1);
    expect(notesOf(story)[0]).toContain('In 2 minutes he');
    expect(story.shown).toEqual([en.texts.stillWaiting]);
  });

  it('does not comfort the visitor a second time', () => {
    const policy = policyOf({ timers: { noAcceptSeconds: 600, noFirstAnswerSeconds: 900 }, waiting: { keepAliveSeconds: 0 } });
    const story = storyOn
      .waiting(policy)
      .later(7.5 * MINUTE)
      .happens(aFact('time-passed'));
    expect(story.shown).toEqual([en.texts.stillWaiting]);
    held(story, 0)
      .later(11.25 * MINUTE)
      .happens(aFact('time-passed'));
    expect([notesOf(story).length, story.shown]).toEqual([1, []]);
  });

  it('of an agent who fell silent names the time that is left, too', () => {
    const story = storyOn
      .agent()
      .happens(aFact('visitor-wrote'))
      .later(55 * MINUTE)
      .happens(aFact('time-passed'));
    expect(notesOf(story)[0]).toContain('The visitor wrote and has no answer yet. In 5 minutes he');
    expect(story.shown).toEqual([]);
  });
});

describe('a service that was away', () => {
  it.each<[string, number]>([
    ['past the end', 16],
    ['for a day', 24 * 60],
  ])('%s says only the end', (_, minutes) => {
    const story = storyOn
      .waiting()
      .later(minutes * MINUTE)
      .happens(aFact('time-passed'));
    expect(story.shown).toEqual([en.texts.timedOut]);
    expect(notesOf(story)).toEqual(['Nobody answered in time: the visitor was given back to the bot. Write here to take over again.']);
    expect(decide(story.conversation, aFact('time-passed'), story.policy, story.now + MINUTE).actions).toEqual([]);
  });

  it('past a warning and several words says one thing', () => {
    const story = storyOn
      .waiting()
      .later(12 * MINUTE)
      .happens(aFact('time-passed'));
    expect(story.shown).toEqual([en.texts.stillWaiting]);
  });

  it('past several words says the first of them', () => {
    const story = storyOn
      .waiting()
      .later(10 * MINUTE)
      .happens(aFact('time-passed'));
    expect(story.shown).toEqual([en.texts.keepAlive[0]]);
    expect(story.later(2 * MINUTE).happens(aFact('time-passed')).shown).toEqual([en.texts.stillWaiting]);
  });

  it('past two ends names the one that came first', () => {
    const policy = policyOf({ timers: { noAcceptSeconds: 300, noFirstAnswerSeconds: 600 } });
    const story = storyOn
      .waiting(policy)
      .later(60 * MINUTE)
      .happens(aFact('time-passed'));
    expect(story.actions).toContainEqual(
      expect.objectContaining({ event: expect.objectContaining({ data: expect.objectContaining({ timeout: 'no-accept' }) }) }),
    );
  });
});
