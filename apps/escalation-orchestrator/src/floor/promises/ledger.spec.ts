import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BACK_TO_BOT, ourLines } from '@baton/contracts';
import type { Action, PromiseChange } from '../actions.js';
import { SESSION, Story, aFact, aPolicy, storyOn } from '../conversation.builder.js';
import { ESCALATION_DEADLINE } from '../policy.js';
import type { FloorPolicy } from '../policy.js';
import { randomPromises } from '../random-story.builder.js';
import { isBroken } from './times.js';

const { en } = ourLines;

const MINUTE = 60_000;

const changes = (actions: readonly Action[]): PromiseChange[] =>
  actions.flatMap((action) => (action.do === 'promise' ? [action.change] : []));
/** What the last fact did to promises: `made look`, `kept answer`. */
const ledgerOf = (story: Story) =>
  changes(story.actions).map((change) => {
    if (change.is === 'made') return `made ${change.promise.kind}`;
    return change.is === 'warned' || change.is === 'moved' ? change.is : `${change.is} ${change.kind}`;
  });
const handover = (patch: object): FloorPolicy => aPolicy({ handover: { ...aPolicy().handover, ...patch } });
const notesOf = (story: Story) =>
  story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-note' ? [action.work.text] : []));
const goesBack = { type: 'text', text: 'b', payload: BACK_TO_BOT } as const;

describe('"one moment"', () => {
  it('is a promise until the deadline of the request', () => {
    const story = storyOn.escalating();
    expect(changes(story.actions)).toEqual([
      {
        is: 'made',
        promise: expect.objectContaining({ kind: 'look', dueAt: story.now + ESCALATION_DEADLINE, handoverId: story.handoverId }),
        messageId: expect.any(String),
        text: en.texts.oneMoment,
      },
    ]);
  });
  it('is kept when agents have the conversation, and "someone will answer" takes its place', () => {
    expect(ledgerOf(storyOn.waiting())).toEqual(['kept look', 'made answer']);
  });
  it('is apologised for by the line that says that nobody is there', () => {
    const story = storyOn.escalating();
    story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
    expect(ledgerOf(story)).toEqual(['apologised look']);
    expect(story.shown).toHaveLength(1);
  });
  it('is apologised for when time runs out', () => {
    expect(ledgerOf(storyOn.escalating().later(ESCALATION_DEADLINE).happens(aFact('time-passed')))).toEqual(['apologised look']);
  });
  it('is cancelled by the visitor who leaves', () => {
    expect(ledgerOf(storyOn.escalating().happens(aFact('visitor-wrote', { body: goesBack })))).toEqual(['cancelled look']);
  });
  it('is kept by an agent who writes before the conversation is opened for all', () => {
    const story = storyOn.escalating().agentsAreThere().opened();
    expect(ledgerOf(story.happens(aFact('agent-wrote', { at: story.now })))).toEqual(['kept look']);
  });
});

describe('"someone will answer you here"', () => {
  const due = (story: Story) => story.conversation.promises[0]!.dueAt - story.now;

  it('is due when time gives the visitor back', () => {
    expect(due(storyOn.waiting())).toBe(15 * MINUTE);
    expect(due(storyOn.waiting(handover({ timers: { noAcceptSeconds: 60, noFirstAnswerSeconds: 0, silenceSeconds: 0 } })))).toBe(MINUTE);
  });
  it('is due within the bound of the bot when no timer gives him back', () => {
    expect(due(storyOn.waiting(handover({ timers: { noAcceptSeconds: 0, noFirstAnswerSeconds: 0, silenceSeconds: 0 } })))).toBe(
      30 * MINUTE,
    );
  });
  it("is kept by an agent's first word, once", () => {
    const story = storyOn.waiting();
    expect(ledgerOf(story.happens(aFact('agent-wrote', { at: story.now })))).toEqual(['kept answer']);
    expect(ledgerOf(story.happens(aFact('agent-wrote', { at: story.now + 1 })))).toEqual([]);
  });
  it('is cancelled when the visitor leaves', () => {
    expect(ledgerOf(storyOn.waiting().happens(aFact('visitor-wrote', { body: goesBack })))).toEqual(['cancelled answer']);
  });
  it('is apologised for when nobody answered in time, and nothing is said twice', () => {
    const story = storyOn.waiting();
    story.later(15 * MINUTE).happens(aFact('time-passed'));
    expect(ledgerOf(story)).toEqual(['apologised answer']);
    expect(story.shown.filter((text) => text === en.texts.timedOut)).toHaveLength(1);
    expect(story.shown).not.toContain(en.texts.takesLonger);
  });
  it('is apologised for when the agents resolve it without a word', () => {
    const story = storyOn.waiting();
    story.happens(aFact('desk-state', { at: story.now + 1, state: 'resolved' }));
    expect(ledgerOf(story)).toEqual(['apologised answer']);
    expect(story.shown).toContain(en.texts.timedOut);
  });
  it('is apologised for though nobody is given back, and the agents are reminded before and after', () => {
    const story = storyOn.waiting(handover({ timers: { noAcceptSeconds: 0, noFirstAnswerSeconds: 0, silenceSeconds: 0 } }));
    story.later(22.5 * MINUTE).happens(aFact('time-passed'));
    expect(ledgerOf(story)).toEqual(['warned']);
    expect(notesOf(story)).toEqual(['The visitor was promised an answer here until 10:30 UTC, which is in 8 minutes.']);
    story.later(7.5 * MINUTE).happens(aFact('time-passed'));
    expect(ledgerOf(story)).toEqual(['apologised answer']);
    expect(story.shown).toContain(en.texts.takesLonger);
    expect(notesOf(story)).toEqual([expect.stringContaining('That time has passed')]);
    expect(story.conversation.floor).toBe('waiting');
  });
  it('is due later when somebody in the inbox asks for time, also when nothing new is said, and earlier when he takes that back', () => {
    const story = storyOn.waiting(handover({ commandSegments: { hold: 'hold' } }));
    const segments = (...set: string[]) => story.later(MINUTE).happens(aFact('segments-set', { at: story.now, segments: set }));
    segments('hold');
    expect([due(story), ledgerOf(story)]).toEqual([35 * MINUTE, ['cancelled answer', 'made answer']]);
    segments();
    segments('hold');
    expect([due(story), ledgerOf(story)]).toEqual([35 * MINUTE, ['moved']]);
    story.happens(aFact('agent-commanded', { at: story.now + 1, command: { do: 'hold', forMs: 0 } }));
    expect([due(story), ledgerOf(story)]).toEqual([15 * MINUTE, ['moved']]);
  });
  it('has no second warning where the timer has one', () => {
    const story = storyOn.waiting();
    for (let minute = 0; minute < 15; minute += 1) story.later(MINUTE).happens(aFact('time-passed'));
    const notes = story.all.filter(
      (action) => action.do === 'desk' && action.work.kind === 'post-note' && action.work.text.includes('promised'),
    );
    expect(notes).toEqual([]);
  });
});

describe('what the bot says of humans', () => {
  const saying = (text: string, patch: object = {}) => aFact('bot-answered', { messages: [{ text }], ...patch });
  const PROMISE = 'A colleague will get back to you shortly.';

  it('is a promise', () => {
    const story = storyOn.bot().happens(saying(PROMISE));
    expect(changes(story.actions)).toEqual([
      expect.objectContaining({
        is: 'made',
        text: PROMISE,
        promise: expect.objectContaining({ kind: 'bot', dueAt: story.now + 30 * MINUTE }),
      }),
    ]);
  });
  it.each(['Let me check that for you.', 'I have cancelled your order.', 'Would you like someone to call you?'])('is none: %s', (text) => {
    expect(ledgerOf(storyOn.bot().happens(saying(text)))).toEqual([]);
  });
  it('is none when help is asked for with it', () => {
    const story = storyOn.bot().happens(saying('Let me get someone for you.', { needHelp: true }));
    expect(ledgerOf(story)).toEqual(['made look']);
  });
  it('is none when an answer by e-mail is asked for with it', () => {
    const story = storyOn.bot().happens(saying('Someone will write to you.', { contactByEmail: true }));
    expect(ledgerOf(story)).toEqual([]);
  });
  it('moves no end when it is said again', () => {
    const story = storyOn.bot().happens(saying(PROMISE)).later(MINUTE).happens(saying(PROMISE));
    expect(ledgerOf(story)).toEqual([]);
  });
  it('is kept by a human who speaks in time', () => {
    const story = storyOn.bot().happens(saying(PROMISE)).later(MINUTE).askedForHelp().accepted();
    expect(ledgerOf(story.happens(aFact('agent-wrote', { at: story.now })))).toEqual(['kept bot', 'kept answer']);
  });
  it('is apologised for when nobody came', () => {
    const story = storyOn
      .bot()
      .happens(saying(PROMISE))
      .later(30 * MINUTE)
      .happens(aFact('time-passed'));
    expect(ledgerOf(story)).toEqual(['apologised bot']);
    expect(story.shown).toEqual([en.texts.promiseBroken]);
  });
  it('is replaced where the bot may not promise; its other lines stay, and it hears so', () => {
    const story = storyOn.bot(handover({ promises: { ofBot: 'refuse', keptWithinSeconds: 60 } }));
    story.happens(
      aFact('bot-answered', { messages: [{ text: 'Hello.' }, { text: PROMISE }, { text: 'We will call you.' }, { text: 'Bye.' }] }),
    );
    expect(story.shown).toEqual(['Hello.', en.texts.cannotPromise, 'Bye.']);
    expect(story.actions).toContainEqual({
      do: 'tell-bot',
      event: { type: 'bot.answer-rejected', data: expect.objectContaining({ reason: 'promises' }) },
    });
    expect(ledgerOf(story)).toEqual([]);
  });
  it('is nobody’s business where the settings say so', () => {
    const story = storyOn.bot(handover({ promises: { ofBot: 'ignore', keptWithinSeconds: 60 } })).happens(saying(PROMISE));
    expect([ledgerOf(story), story.shown]).toEqual([[], [PROMISE]]);
  });
});

describe('an answer by e-mail', () => {
  const promisedByMail = () => {
    const story = storyOn.bot();
    const followUp = {
      step: 'open',
      handoverId: 'f0000000-0000-4000-8000-000000000001',
      websiteId: aPolicy().websiteId!,
      category: null,
      email: 'ada@example.com',
      sessionId: SESSION,
      asked: 0,
      answerUntil: story.now + 60 * MINUTE,
      beganAt: story.now,
    } as const;
    const promise = { id: 'p', kind: 'mail', handoverId: followUp.handoverId, madeAt: story.now, dueAt: followUp.answerUntil } as const;
    story.conversation = { ...story.conversation, followUp, promises: [promise], timers: [] };
    return story.happens(aFact('visitor-presence'));
  };

  it('is looked after from then on, whatever else happens to timers', () => {
    const story = promisedByMail();
    expect(story.conversation.timers).toContainEqual({ kind: 'promise', dueAt: story.now + 50 * MINUTE });
    story.askedForHelp();
    expect(story.conversation.timers).toContainEqual({ kind: 'promise', dueAt: story.now + ESCALATION_DEADLINE });
    story.later(ESCALATION_DEADLINE).happens(aFact('time-passed'));
    expect(story.conversation.timers.find(({ kind }) => kind === 'promise')).toEqual({
      kind: 'promise',
      dueAt: story.now - ESCALATION_DEADLINE + 50 * MINUTE,
    });
  });
  it('is apologised for when its time is over, and the agents are told', () => {
    const story = promisedByMail()
      .later(60 * MINUTE)
      .happens(aFact('time-passed'));
    expect(ledgerOf(story)).toEqual(['apologised mail']);
    expect(story.shown).toEqual([expect.stringContaining('Your request is still open')]);
    expect(notesOf(story)).toHaveLength(1);
  });
  it("is kept by an agent's word in that conversation", () => {
    const story = promisedByMail().later(MINUTE);
    expect(ledgerOf(story.happens(aFact('agent-wrote', { at: story.now, sessionId: SESSION })))).toContain('kept mail');
  });
  it('is kept as well by an agent who answers him in the chat: nobody may say then that nobody wrote', () => {
    const story = promisedByMail().later(MINUTE).askedForHelp();
    story.agentsAreThere().happens(aFact('desk-opened', { handoverId: story.handoverId, sessionId: 'session_chat' }));
    story.happens(aFact('first-message-posted', { handoverId: story.handoverId }));
    expect(ledgerOf(story.happens(aFact('agent-wrote', { at: story.now, sessionId: 'session_chat' })))).toContain('kept mail');
  });
});

describe('whatever happens, in whatever order', () => {
  const policies = fc.constantFrom(
    aPolicy(),
    handover({ timers: { noAcceptSeconds: 300, noFirstAnswerSeconds: 0, silenceSeconds: 600 } }),
    handover({
      timers: { noAcceptSeconds: 0, noFirstAnswerSeconds: 0, silenceSeconds: 600 },
      promises: { ofBot: 'record', keptWithinSeconds: 120 },
    }),
    handover({ timers: { noAcceptSeconds: 900, noFirstAnswerSeconds: 60, silenceSeconds: 0 } }),
  );

  it('each promise ends once, in words that the visitor sees, at most one of a kind is open, and none when all time has passed', () => {
    fc.assert(
      fc.property(randomPromises, policies, (steps, policy) => {
        const story = new Story(policy);
        const open = new Map<string, string>();
        let isOnTime = false;
        const follow = () => {
          const isSaid = story.actions.some((action) => action.do === 'deliver' && action.line.author.kind !== 'agent');
          for (const change of changes(story.actions)) {
            if (change.is === 'made') {
              expect(open.has(change.promise.id)).toBe(false);
              expect(change.promise.dueAt).toBeGreaterThan(story.now);
              open.set(change.promise.id, change.promise.kind);
            } else if (change.is === 'warned' || change.is === 'moved') expect(open.has(change.id)).toBe(true);
            else {
              expect(open.delete(change.id)).toBe(true);
              expect(change.is === 'kept' || isSaid).toBe(true);
              if (isOnTime) expect(isBroken(change.dueAt, story.now)).toBe(false);
            }
          }
          expect([...open.keys()].sort()).toEqual(story.conversation.promises.map(({ id }) => id).sort());
          expect(new Set(open.values()).size).toBe(open.size);
          const ends = story.conversation.timers.find(({ kind }) => kind === 'no-first-answer')?.dueAt;
          const answer = story.conversation.promises.find(({ kind }) => kind === 'answer')?.dueAt;
          if (ends !== undefined && answer !== undefined) expect(answer).toBe(ends);
        };
        for (const { step, wait } of steps) {
          story.later(wait);
          story.happens(step(story));
          follow();
        }
        for (let rings = 0; story.conversation.timers.length > 0; rings += 1) {
          expect(rings).toBeLessThan(100);
          story.now = Math.max(story.now, Math.min(...story.conversation.timers.map((timer) => timer.dueAt)));
          story.happens(aFact('time-passed'));
          follow();
          isOnTime ||= story.conversation.timers.every(({ dueAt }) => dueAt > story.now);
        }
        expect(story.conversation.promises).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
