import { describe, expect, it } from '@jest/globals';
import { ourLines } from '@baton/contracts';
import fc from 'fast-check';
import type { Conversation } from '../conversation.js';
import { SESSION, START, aFact, storyOn } from '../conversation.builder.js';
import type { Story } from '../conversation.builder.js';
import type { Fact } from '../facts.js';
import type { FloorPolicy } from '../policy.js';
import { endPromises } from '../promises/ledger.js';
import { Ruling } from '../ruling.js';
import { hold } from './hold.js';
import { keepAliveGap } from './keep-alive.js';
import { QUIET } from './next-word.js';
import { SECOND, policyOf } from './waiting.builder.js';

const { en } = ourLines;

const DAY = 86_400 * SECOND;

/** What happens while somebody waits, and after how long. While the service is away no timer rings; then all that are due. */
type Step = { readonly after: number } & (
  { readonly what: 'word' | 'taken' | 'agent-writes' } | { readonly what: 'hold' | 'away'; readonly ms: number }
);

const after = fc.integer({ min: 0, max: 400 * SECOND });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ after, what: fc.constant('word' as const) }) },
  { weight: 1, arbitrary: fc.record({ after, what: fc.constantFrom('taken' as const, 'agent-writes' as const) }) },
  { weight: 1, arbitrary: fc.record({ after, what: fc.constant('hold' as const), ms: fc.integer({ min: 0, max: 1_200 * SECOND }) }) },
  { weight: 2, arbitrary: fc.record({ after, what: fc.constant('away' as const), ms: fc.integer({ min: 0, max: 2_000 * SECOND }) }) },
);
const steps = fc.array(step, { maxLength: 12 });

const LINES = ['one', 'two', 'three', 'four', 'five'];
const policy = fc
  .record({
    keepAliveSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 30, max: 600 })),
    lines: fc.integer({ min: 1, max: LINES.length }),
    noAcceptSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 10, max: 2_000 })),
    noFirstAnswerSeconds: fc.integer({ min: 10, max: 4_000 }),
  })
  .map(({ keepAliveSeconds, lines, ...timers }) =>
    policyOf({ waiting: { keepAliveSeconds }, texts: { keepAlive: LINES.slice(0, lines) }, timers }),
  );

interface Told {
  readonly at: number;
  readonly text: string;
}

/** One wait, from the acceptance until it ended or a day has passed. Between two facts the service always starts anew. */
class Wait {
  readonly told: Told[] = [];
  readonly story: Story;
  /** How often an agent asked for time and for how long together (ms), and how long the service was away. */
  holds = 0;
  held = 0;
  away = 0;
  connectedAt: number | null = null;

  constructor(policy: FloorPolicy) {
    this.story = storyOn.waiting(policy);
    this.told.push({ at: START, text: en.texts.waiting });
  }

  run(steps: readonly Step[]): this {
    for (const step of steps) {
      this.pass(this.story.now + step.after);
      this.take(step);
    }
    this.pass(this.story.now + DAY);
    return this;
  }

  private take(step: Step): void {
    const { story } = this;
    switch (step.what) {
      case 'word':
        return this.happens(aFact('visitor-wrote'));
      case 'taken':
        return this.happens(aFact('desk-taken', { sessionId: SESSION }));
      case 'agent-writes':
        if (story.conversation.floor !== 'waiting') return;
        this.connectedAt = story.now;
        return this.happens(aFact('agent-wrote', { at: story.now }));
      case 'hold':
        return this.hold(step.ms);
      case 'away':
        this.away += step.ms;
        story.later(step.ms);
    }
  }

  private hold(ms: number): void {
    const { story } = this;
    if (story.conversation.floor !== 'waiting') return;
    const ruling = new Ruling(story.conversation, aFact('time-passed'), story.policy, story.now);
    hold(ruling, story.now + ms);
    endPromises(ruling, ['answer'], 'cancelled');
    story.conversation = ruling.state;
    this.holds += 1;
    this.held += ms;
  }

  private pass(until: number): void {
    const { story } = this;
    for (;;) {
      const due = Math.min(...story.conversation.timers.map(({ dueAt }) => dueAt));
      if (due > until) break;
      story.now = Math.max(story.now, due);
      this.happens(aFact('time-passed'));
    }
    story.now = until;
  }

  private happens(fact: Fact): void {
    const { story } = this;
    story.conversation = JSON.parse(JSON.stringify(story.conversation)) as Conversation;
    story.happens(fact);
    for (const text of story.shown) this.told.push({ at: story.now, text });
  }

  get ends(): string[] {
    return this.story.all.flatMap((action) =>
      action.do === 'announce' && /timed-out|cancelled|resolved/.test(action.event.type) ? [action.event.type] : [],
    );
  }
}

/** The longest a visitor waits without a word of ours (ms), where nobody asks for time and the service is there. */
function longestSilence({ handover: { waiting, texts, timers } }: FloorPolicy): number {
  const whole = timers.noFirstAnswerSeconds * SECOND;
  if (waiting.keepAliveSeconds === 0) return whole;
  const gaps = (texts.keepAlive ?? []).map((_, nth) => keepAliveGap(waiting.keepAliveSeconds, nth));
  return Math.max(gaps.at(-1)! + 2 * QUIET, whole - gaps.reduce((sum, gap) => sum + gap, 0));
}

const RUNS = { numRuns: 500 };

describe('whatever happens while somebody waits, whenever the service is started anew', () => {
  it('he is told nothing twice, and ends once', () => {
    fc.assert(
      fc.property(policy, steps, (policy, steps) => {
        const { told, ends } = new Wait(policy).run(steps);
        const texts = told.map(({ text }) => text);
        expect(new Set(texts).size).toBe(texts.length);
        expect(ends.length).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });

  it('he is never without a word for longer than the settings say', () => {
    fc.assert(
      fc.property(policy, steps, (policy, steps) => {
        const { told, holds, held, away, story } = new Wait(policy).run(steps.filter(({ what }) => what !== 'agent-writes'));
        expect(story.conversation.floor).toBe('bot');
        const whole = policy.handover.timers.noFirstAnswerSeconds * SECOND;
        // Each time an agent asks for begins the time anew when it is over.
        const bound = holds > 0 ? (holds + 1) * whole + held : longestSilence(policy);
        told.slice(1).forEach(({ at }, nth) => expect(at - told[nth]!.at).toBeLessThanOrEqual(bound + away));
      }),
      RUNS,
    );
  });

  it('two lines of ours keep their distance', () => {
    fc.assert(
      fc.property(policy, steps, (policy, steps) => {
        const { told } = new Wait(policy).run(steps.filter(({ what }) => what !== 'agent-writes'));
        told.slice(2).forEach(({ at }, nth) => expect(at - told[nth + 1]!.at).toBeGreaterThanOrEqual(QUIET));
      }),
      RUNS,
    );
  });

  it("he is told nothing of waiting any more from an agent's first word on", () => {
    fc.assert(
      fc.property(policy, steps, (policy, steps) => {
        const { told, connectedAt } = new Wait(policy).run(steps);
        if (connectedAt === null) return;
        const late = told.filter(({ at, text }) => at > connectedAt && (LINES.includes(text) || text === en.texts.stillWaiting));
        expect(late).toEqual([]);
      }),
      RUNS,
    );
  });
});
