import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aSession, POLICY } from '../testing/sessions.js';
import { GOODBYE_MS, pendingOf, stateOf } from './session.js';
import type { Session } from './session.js';
import { afterFact, mayTakeUp } from './session-rules.js';
import type { InboxFact } from './session-rules.js';

/** Facts by Crisp's clock, each at a time of its own, a second or so apart. */
const happenings: fc.Arbitrary<InboxFact[]> = fc
  .array(
    fc.record({
      what: fc.constantFrom('asks', 'asks', 'asks', 'agent', 'assigned', 'resolved', 'on', 'off', 'edited', 'deleted', 'machine', 'typing'),
      gap: fc.integer({ min: 1, max: 9_000 }),
      of: fc.nat(20),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((drawn) => {
    let at = 1_000;
    return drawn.map(({ what, gap, of }): InboxFact => {
      at += gap;
      const fingerprint = at;
      switch (what) {
        case 'asks':
          return { kind: 'visitor-line', fingerprint, at, text: `question ${at}` };
        case 'agent':
          return { kind: 'human-line', fingerprint, at, text: `agent ${at}` };
        case 'machine':
          return { kind: 'machine-line', fingerprint, at, text: `machine ${at}` };
        case 'edited':
        case 'deleted':
          return { kind: what, fingerprint: earlierLine(drawn, of), at, text: `edited ${at}` };
        case 'on':
        case 'off':
          return { kind: 'command', at, says: what };
        default:
          return { kind: what as 'assigned' | 'resolved' | 'typing', at };
      }
    });
  });

/** The fingerprint of one of the drawn lines, whether it comes before or after. */
function earlierLine(drawn: readonly { gap: number }[], of: number): number {
  return drawn.slice(0, (of % drawn.length) + 1).reduce((at, { gap }) => at + gap, 1_000);
}

/** As they happened, and as they arrive: in any order, some of them more than once. */
const arrivals = happenings.chain((facts) =>
  fc
    .tuple(
      fc.shuffledSubarray(facts, { minLength: facts.length }),
      fc.array(fc.record({ copy: fc.nat(facts.length - 1), place: fc.nat(facts.length) }), { maxLength: 20 }),
    )
    .map(([shuffled, copies]) => {
      const arriving = [...shuffled];
      for (const { copy, place } of copies) arriving.splice(Math.max(place, arriving.indexOf(facts[copy]!) + 1), 0, facts[copy]!);
      return { facts, arriving };
    }),
);

const told = (facts: readonly InboxFact[], session: Session = aSession()): Session =>
  facts.reduce((state, fact, index) => afterFact(state, fact, POLICY, 100_000_000 + index), session);

const shape = (session: Session) => ({
  state: stateOf(session),
  waits: pendingOf(session).map(({ fingerprint, text }) => ({ fingerprint, text })),
  speaks: session.burst !== null,
});

const newest = (facts: readonly InboxFact[], is: (fact: InboxFact) => boolean): number =>
  Math.max(0, ...facts.filter(is).map((fact) => ('at' in fact ? fact.at : 0)));

/** Whether, of what is known, a human has the word: reckoned without the rule. */
function humanHasTheWord(facts: readonly InboxFact[]): boolean {
  const human = newest(facts, ({ kind }) => kind === 'human-line' || kind === 'assigned');
  const handedBack = newest(facts, (fact) => fact.kind === 'command' && fact.says === 'on');
  const end = newest(facts, ({ kind }) => kind === 'resolved');
  const isAnswer = facts.some((fact) => fact.kind === 'visitor-line' && fact.at > end && fact.at < human);
  return human > 0 && human > handedBack && (end === 0 || human > end + GOODBYE_MS || (human > end && isAnswer));
}

describe('in whatever order, however late and however often facts come', () => {
  it('the same may speak and the same waits', () => {
    fc.assert(
      fc.property(arrivals, ({ facts, arriving }) => {
        expect(shape(told(arriving))).toEqual(shape(told(facts)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('a fact that comes fifty times has one effect', () => {
    fc.assert(
      fc.property(happenings, fc.nat(24), (facts, which) => {
        const session = told(facts);
        const fact = facts[which % facts.length]!;
        expect(
          told(
            Array.from({ length: 50 }, () => fact),
            session,
          ),
        ).toEqual(afterFact(session, fact, POLICY, 100_000_000));
        if (fact.kind !== 'typing') expect(told([fact], session)).toEqual(session);
      }),
      { numRuns: 300 },
    );
  });

  it('nothing is planned after a human’s word until it is resolved or handed back', () => {
    fc.assert(
      fc.property(arrivals, ({ arriving }) => {
        let session = aSession();
        arriving.forEach((fact, index) => {
          session = afterFact(session, fact, POLICY, index);
          if (humanHasTheWord(arriving.slice(0, index + 1))) expect(mayTakeUp(session, 'reply') || session.burst !== null).toBe(false);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('each question is answered once or cleared by a human or an end, and none is lost', () => {
    const play = fc.record({ arrivals, steps: fc.array(fc.constantFrom('look', 'plan', 'say', 'lose'), { minLength: 60, maxLength: 60 }) });
    fc.assert(
      fc.property(play, ({ arrivals: { arriving }, steps }) => {
        const game = new Game();
        arriving.forEach((fact, index) => {
          game.hears(fact);
          for (const step of steps.slice(index, index + 2)) game.does(step);
        });
        game.ends();
        const counts = new Map<number, number>();
        for (const fingerprint of game.answered.flat()) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
        expect([...counts.values()].every((count) => count === 1)).toBe(true);
        const removed = new Set(arriving.flatMap((fact) => (fact.kind === 'deleted' ? [fact.fingerprint] : [])));
        const cleared = newest(arriving, ({ kind }) => kind === 'human-line' || kind === 'resolved');
        if (stateOf(game.session) !== 'open') return;
        for (const fact of arriving) {
          if (fact.kind === 'visitor-line' && fact.at > cleared && !removed.has(fact.fingerprint))
            expect(counts.get(fact.fingerprint)).toBe(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

/** A worker and an inbox by hand: plans what is due, says it only if nothing has overtaken it, as the service does. */
class Game {
  session = aSession();
  readonly answered: number[][] = [];
  private now = 100_000_000;
  private n = 0;
  private onItsWay: { answerId: string; asked: number[]; epoch: number } | null = null;

  hears(fact: InboxFact): void {
    this.now += 700;
    this.session = afterFact(this.session, fact, POLICY, this.now);
  }

  does(step: string): void {
    if (step === 'plan') this.plan();
    if (step === 'say') this.say();
    if (step === 'lose') this.lose();
  }

  ends(): void {
    for (let round = 0; round < 3; round++) {
      this.say();
      this.now += 20_000;
      this.plan();
    }
    this.say();
  }

  private plan(): void {
    const { burst, epoch } = this.session;
    if (this.onItsWay || burst === null || burst.dueAt > this.now) return;
    const asked = pendingOf(this.session).map(({ fingerprint }) => fingerprint);
    this.onItsWay = { answerId: `a${this.n++}`, asked, epoch };
    this.hears({ kind: 'planned', answerId: this.onItsWay.answerId, asked });
  }

  private say(): void {
    const answer = this.onItsWay;
    if (!answer) return;
    this.onItsWay = null;
    const { answerId, asked } = answer;
    if (this.session.epoch !== answer.epoch) return this.hears({ kind: 'not-said', answerId, asked, again: false, why: 'superseded' });
    this.answered.push(asked);
    this.hears({ kind: 'said', answerId, asked, fingerprint: -this.n, text: 'answer', as: 'answer' });
  }

  /** Its source is gone: it is made anew. */
  private lose(): void {
    const answer = this.onItsWay;
    if (!answer) return;
    this.onItsWay = null;
    const { answerId, asked } = answer;
    this.hears({ kind: 'not-said', answerId, asked, again: this.session.epoch === answer.epoch, why: 'source-gone' });
  }
}
