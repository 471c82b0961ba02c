import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { freshTalk, askedIn, claimOf, isCurrent } from './talk.js';
import type { Claim, Talk } from './talk.js';
import { afterMute, afterRejection, afterSaid, afterTurn, afterUnmute, hasToldQuotaEnd, mayAskForHuman } from './talk-rules.js';
import type { Said } from './talk-rules.js';
import { Orchestrated, START } from './testing/events.js';

const BURST = { quietMs: 1_200, longestMs: 8_000 };
const MINUTE = 60_000;
const ANSWER: Said = { answerId: 'answer', text: 'Within 30 days.', as: 'answer', tells: true, asksHuman: false, language: 'en' };

/** A talk that lives through what the orchestrator tells of it. */
class Life {
  readonly from = new Orchestrated(undefined, undefined, () => START);
  now = START;
  talk: Talk = freshTalk({ conversationId: this.from.conversationId, botId: 'demo', channel: 'webchat' });

  says(text: string, patch: Parameters<Orchestrated['says']>[1] = {}): this {
    this.talk = afterTurn(this.talk, this.from.says(text, patch).data, BURST, this.now);
    return this;
  }
  isMuted(): this {
    this.talk = afterMute(this.talk, this.from.mutes().data);
    return this;
  }
  isUnmuted(...of: Parameters<Orchestrated['unmutes']>): this {
    this.talk = afterUnmute(this.talk, this.from.unmutes(...of).data, this.now);
    return this;
  }
  isAnswered(said: Partial<Said> = {}, claim: Claim = claimOf(this.talk)): this {
    this.talk = afterSaid(this.talk, claim, { ...ANSWER, ...said }, this.now);
    return this;
  }
  later(ms: number): this {
    this.now += ms;
    return this;
  }
  get asked(): string[] {
    return askedIn(this.talk, claimOf(this.talk)).map(({ from, text }) => `${from}: ${text}`);
  }
}

describe('the end of the plan', () => {
  const DAY = 24 * 60 * MINUTE;
  const told = () => new Life().says('?').isAnswered({ as: 'quota-end' });

  it.each<[string, Life, boolean]>([
    ['was not told where nothing was said of it', new Life().says('?').isAnswered(), false],
    ['was told for the rest of the month', told().later(26 * DAY), true],
    ['was not told in the next month', told().later(27 * DAY), false],
    ['was not told since something was answered', told().says('?').isAnswered(), false],
  ])('%s', (_, { talk, now }, is) => {
    expect(hasToldQuotaEnd(talk, now)).toBe(is);
  });
});

describe('a turn', () => {
  it('is answered when the visitor has finished, and a tap at once', () => {
    expect(new Life().says('hello').talk.dueAt).toBe(START + 1_200);
    expect(new Life().says('hello').later(1_000).says('my parcel').talk.dueAt).toBe(START + 2_200);
    expect(new Life().says('Talk to a human', { payload: 'human' }).talk.dueAt).toBe(START);
  });

  it('is answered with all that waits, once', () => {
    const life = new Life().says('hello').says('where is my parcel?');
    expect(life.asked).toEqual(['visitor: hello', 'visitor: where is my parcel?']);
    expect(life.isAnswered().talk).toMatchObject({ answered: 2, dueAt: null, waitsSince: null });
  });

  it('overtakes the answer to the one before it', () => {
    const life = new Life().says('hello');
    const claim = claimOf(life.talk);
    expect(isCurrent(life.talk, claim)).toBe(true);
    expect(isCurrent(life.says('and').talk, claim)).toBe(false);
  });

  it('of somebody who never stops lets an answer out in between, and is answered next', () => {
    const life = new Life().says('one');
    for (let n = 0; n < 7; n++) life.later(1_000).says('more');
    const claim = claimOf(life.later(1_100).says('and more').talk);
    expect(isCurrent(life.later(500).says('and on').talk, claim)).toBe(true);
    life.isAnswered({}, claim);
    expect(life.talk).toMatchObject({ answered: 9, turn: 10, dueAt: life.now });
    expect(life.asked.slice(-2)).toEqual(['assistant: Within 30 days.', 'visitor: and on']);
  });

  it('that came before changes nothing, nor does one of an epoch that is over', () => {
    const life = new Life();
    const first = life.from.says('hello').data;
    const once = afterTurn(life.talk, first, BURST, START);
    expect(afterTurn(once, first, BURST, START)).toBe(once);
    const muted = afterMute(once, life.from.mutes().data);
    expect(afterTurn(muted, { ...first, turn: 2 }, BURST, START)).toBe(muted);
  });

  it('that lay about for half an hour is known, and not answered', () => {
    const life = new Life().later(31 * MINUTE).says('hello');
    expect(life.talk).toMatchObject({ turn: 1, answered: 1, dueAt: null });
    expect(life.asked).toEqual(['visitor: hello']);
  });

  it('keeps what Postgres cannot keep out, and a talk that never ends within bounds', () => {
    const life = new Life().says('a\0b\ud800');
    expect(life.asked).toEqual(['visitor: a\ufffdb\ufffd']);
    for (let n = 0; n < 200; n++) life.says(`line ${n}`).isAnswered();
    expect(life.talk.lines).toHaveLength(60);
    for (let n = 0; n < 100; n++) life.says(`waits ${n}`);
    expect(life.asked[0]).toBe('visitor: waits 60');
    expect(life.asked).toHaveLength(40);
  });
});

describe('while others speak', () => {
  it('nothing is due, and what was being answered is theirs', () => {
    const life = new Life().says('hello');
    const claim = claimOf(life.talk);
    expect(life.isMuted().talk).toMatchObject({ isSilent: true, dueAt: null, epoch: 1 });
    expect(isCurrent(life.talk, claim)).toBe(false);
  });

  it('what they say becomes part of the talk, and the visitor is told anew that a machine speaks', () => {
    const life = new Life().says('hello').isAnswered().isMuted();
    expect(life.talk.hasTold).toBe(true);
    life.isUnmuted('resolved', [
      ['visitor', 'my parcel?'],
      ['agent', 'It leaves today.'],
    ]);
    expect(life.talk).toMatchObject({ isSilent: false, hasTold: false, misses: 0 });
    expect(life.says('and the other?').asked.slice(-3)).toEqual([
      'visitor: my parcel?',
      'agent: It leaves today.',
      'visitor: and the other?',
    ]);
  });

  it('their stretch is marked: who it was, from when to when, and what binds us, until the next one', () => {
    const at = '2026-01-05T10:05:00.000Z';
    const [promised, decided] = [[{ name: 'Mia', text: 'I will look.', at }], [{ name: 'Mia', text: 'It is cancelled.', at }]];
    const life = new Life().says('hello').isMuted();
    life.isUnmuted('resolved', [['agent', 'It is cancelled.']], {
      handover_id: '019b8d6e-7d10-7000-8000-0000000000b1',
      began_at: '2026-01-05T10:00:00.000Z',
      ended_at: '2026-01-05T10:09:00.000Z',
      agents: ['Mia'],
      said: [...promised, ...decided],
      promised,
      decided,
      extract: 'Mia: It is cancelled.',
    });
    const mark = { agents: ['Mia'], from: START, until: START + 9 * MINUTE };
    expect(life.talk.human).toMatchObject({ ...mark, binding: [{ text: 'I will look.' }, { text: 'It is cancelled.' }] });
    expect(life.isMuted().isUnmuted('declined').talk.human).toMatchObject(mark);
  });

  it('what was held for the bot stands once, though it is told with their talk and as a turn', () => {
    const life = new Life().says('human!').isAnswered({ as: 'human', asksHuman: true }).isMuted();
    const unmuted = life.from.unmutes('declined', [['visitor', 'hello?']]).data;
    life.talk = afterUnmute(life.talk, unmuted, life.now);
    const turn = life.from.says('hello?').data;
    const held = { ...turn, messages: [{ ...turn.messages[0]!, at: unmuted.human_stretch[0]!.at }] };
    life.talk = afterTurn(life.talk, held, BURST, life.now);
    expect(life.asked.filter((line) => line === 'visitor: hello?')).toHaveLength(1);
  });
});

describe('calling a human', () => {
  it('is not done again for the same misses when nobody came, until ten minutes have passed', () => {
    for (const reason of ['declined', 'timed-out'] as const) {
      const life = new Life().says('?').isAnswered({ as: 'human', asksHuman: true }).isMuted().isUnmuted(reason);
      expect([life.talk.misses, mayAskForHuman(life.talk, life.now)]).toEqual([0, false]);
      expect(mayAskForHuman(life.talk, life.now + 10 * MINUTE)).toBe(true);
    }
  });

  it('is held to be under way also where nobody says that it was declined', () => {
    const life = new Life().says('?').isAnswered({ as: 'human', asksHuman: true });
    expect(mayAskForHuman(life.talk, life.now + MINUTE)).toBe(false);
  });

  it('is possible again at once when somebody came', () => {
    const life = new Life().says('?').isAnswered({ as: 'human', asksHuman: true }).isMuted();
    life.isUnmuted('resolved', [['agent', 'Done']]);
    expect(mayAskForHuman(life.talk, life.now)).toBe(true);
  });
});

describe('misses', () => {
  it('are counted in a row; a courtesy or a failure of ours is none', () => {
    const life = new Life();
    const after = (as: Said['as']) => life.says('?').isAnswered({ as }).talk.misses;
    expect((['unknown', 'courtesy', 'trouble', 'unknown', 'answer', 'unknown'] as const).map(after)).toEqual([1, 1, 1, 2, 0, 1]);
  });
});

describe('an answer that was not shown', () => {
  it('was not said: neither its words nor what it told', () => {
    const life = new Life().says('hello').isAnswered();
    life.talk = afterRejection(life.talk, 'answer');
    expect([life.talk.hasTold, life.talk.lines.length]).toEqual([false, 1]);
    expect(afterRejection(life.talk, 'another')).toBe(life.talk);
  });
});

describe('in whatever order things happen', () => {
  const happening = fc.oneof(
    { weight: 4, arbitrary: fc.constant('says') },
    { weight: 2, arbitrary: fc.constant('begins') },
    { weight: 3, arbitrary: fc.constant('ends') },
    { weight: 1, arbitrary: fc.constant('muted') },
    { weight: 1, arbitrary: fc.constant('unmuted') },
    { weight: 2, arbitrary: fc.constant('later') },
  );

  it('no answer of an epoch that is over is given after the mute was heard, and nobody is left without one', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (story) => {
        const life = new Life();
        const begun: Claim[] = [];
        const answeredTurns: number[] = [];
        for (const what of story) {
          if (what === 'says' && !life.talk.isSilent) life.says('?');
          if (what === 'muted' && !life.talk.isSilent) life.isMuted();
          if (what === 'unmuted' && life.talk.isSilent) life.isUnmuted();
          if (what === 'later') life.later(3_000);
          if (what === 'begins' && life.talk.dueAt !== null) begun.push(claimOf(life.talk));
          if (what === 'ends') {
            for (const claim of begun.splice(0)) {
              if (!isCurrent(life.talk, claim)) continue;
              expect([life.talk.isSilent, claim.epoch]).toEqual([false, life.from.epoch]);
              expect(answeredTurns).not.toContain(claim.turn);
              answeredTurns.push(claim.turn);
              life.isAnswered({}, claim);
            }
          }
          const waits = life.talk.turn > life.talk.answered;
          expect(life.talk.dueAt !== null).toBe(waits && !life.talk.isSilent);
        }
      }),
      { numRuns: 500 },
    );
  });
});
