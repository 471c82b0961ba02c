import { describe, expect, it } from '@jest/globals';
import { Ledger } from './ledger.js';

/** v1 and v2 to the bot, which answers and calls a human; v3 and v4 to him. */
function aGoodRun(): Ledger {
  const ledger = new Ledger();
  for (const word of ['v1', 'v2', 'v3', 'v4']) ledger.visitorSaid('c', word);
  ledger.botTurn('c', 1, { heard: ['v1'], line: 'b1', calls: false });
  ledger.botTurn('c', 2, { heard: ['v2'], line: 'b2', calls: false });
  ledger.botTurn('c', 3, { heard: [], calls: true });
  ledger.agentSaid('c', 'a1');
  ledger.agentSaid('c', 'a2');
  return ledger;
}
const GOOD_SCREEN = ['v1', 'b1', 'v2', 'b2', '', 'v3', 'a1', 'v4', 'a2'];
const screen = (ledger: Ledger, words = GOOD_SCREEN) => words.forEach((word, index) => ledger.visitorSaw('c', index + 1, word));
const desk = (ledger: Ledger, ...words: [string, number][]) =>
  ledger.agentsSee(
    'c',
    words.map(([word, fingerprint]) => ({ word, fingerprint })),
  );
/** The good run, with another screen. */
function seen(...words: string[]) {
  const ledger = aGoodRun();
  screen(ledger, words);
  desk(ledger, ['v3', 1], ['v4', 2]);
  return ledger;
}

describe('the ledger of a fault run', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(seen(...GOOD_SCREEN).verdict()).toEqual({
      ...{ conversations: 1, words: 8, inDoubt: 0, toldLate: 0, heardAgain: 0, withdrawn: 0 },
      ...{ lost: [], twice: [], outOfOrder: [], gaps: [] },
    });
  });

  it('finds words that never arrived, on either side', () => {
    const ledger = aGoodRun();
    screen(ledger);
    desk(ledger, ['v4', 2]);
    ledger.agentSaid('c', 'a3');
    ledger.visitorSaid('c', 'anyone?');
    expect(ledger.verdict().lost).toEqual([
      'c: agent\'s "a3" never reached the visitor',
      'c: visitor\'s "v3" reached neither Crisp nor the bot',
      'c: visitor\'s "anyone?" reached neither Crisp nor the bot',
    ]);
  });

  it('finds words that arrived twice, and counts apart what nobody could know', () => {
    const ledger = aGoodRun();
    screen(ledger, [...GOOD_SCREEN, 'a1']);
    desk(ledger, ['v3', 1], ['v3', 1], ['v4', 2], ['v4', 3]);
    const verdict = ledger.verdict();
    expect(verdict.twice).toEqual(['c: "a1" twice on the screen', 'c: visitor\'s "v4" twice in Crisp']);
    expect(verdict.inDoubt).toBe(1);
  });

  it('finds words in the wrong order, and holes in the log', () => {
    const ledger = aGoodRun();
    screen(ledger, ['b1', 'b2', 'a2']);
    ledger.visitorSaw('c', 5, 'a1');
    desk(ledger, ['v4', 2], ['v3', 1]);
    const verdict = ledger.verdict();
    expect(verdict.outOfOrder).toEqual(['c: agent\'s "a1" on the screen', 'c: visitor\'s "v3" in Crisp']);
    expect(verdict.gaps).toEqual(['c: 3 to 5']);
  });

  it('looks anew when it is told to', () => {
    const ledger = seen('a2', 'a1');
    ledger.lookAgain();
    screen(ledger);
    desk(ledger, ['v3', 1], ['v4', 2]);
    expect(ledger.verdict()).toMatchObject({ lost: [], outOfOrder: [] });
  });
});

describe('what the platform told late', () => {
  const after = (a1: [number, number], a2: [number, number]) => {
    const ledger = seen('b1', 'b2', 'a2', 'a1');
    ledger.wasTold('c', 'a1', { from: a1[0], until: a1[1] });
    ledger.wasTold('c', 'a2', { from: a2[0], until: a2[1] });
    const { outOfOrder, toldLate } = ledger.verdict();
    return { wrong: outOfOrder.length, toldLate };
  };
  it.each<[string, [number, number], [number, number], object]>([
    ['is excused when it was told of behind the other', [30, 40], [10, 20], { wrong: 0, toldLate: 1 }],
    ['is excused when it was still being told of', [5, 40], [10, 20], { wrong: 0, toldLate: 1 }],
    ['is excused when it was never told of', [Infinity, Infinity], [10, 20], { wrong: 0, toldLate: 1 }],
    ['is wrong when it had been told of before', [1, 5], [10, 20], { wrong: 1, toldLate: 0 }],
    ['is wrong when the other was found without being told', [1, 5], [Infinity, Infinity], { wrong: 1, toldLate: 0 }],
  ])('%s', (_, a1, a2, expected) => {
    expect(after(a1, a2)).toEqual(expected);
  });

  it('excuses nothing of which no hook tells', () => {
    expect(seen('b1', 'b2', 'a2', 'a1').verdict()).toMatchObject({ outOfOrder: [expect.anything()], toldLate: 0 });
  });

  it('does not excuse what something else overtook', () => {
    const ledger = aGoodRun();
    ledger.agentSaid('c', 'a3');
    screen(ledger, ['b1', 'b2', 'a2', 'a3', 'a1']);
    ledger.wasTold('c', 'a1', { from: 30, until: 40 });
    ledger.wasTold('c', 'a2', { from: 10, until: 20 });
    ledger.wasTold('c', 'a3', { from: 50, until: 60 });
    expect(ledger.verdict().outOfOrder).toEqual(['c: agent\'s "a1" on the screen']);
  });
});

describe('the words of the bot', () => {
  it('are looked for on the screen: each, once, in order', () => {
    expect(seen('b2', 'a1', 'a2').verdict().lost).toEqual(['c: bot\'s "b1" never reached the visitor']);
    expect(seen('b1', 'b2', 'b1', 'a1', 'a2').verdict().twice).toEqual(['c: "b1" twice on the screen']);
    expect(seen('b2', 'b1', 'a1', 'a2').verdict().outOfOrder).toEqual(['c: bot\'s "b1" on the screen']);
  });

  it('may be withdrawn when the floor moves: the last before it called a human', () => {
    expect(seen('b1', 'a1', 'a2').verdict()).toMatchObject({ lost: [], withdrawn: 1 });
    expect(seen('a1', 'a2').verdict()).toMatchObject({ lost: [], withdrawn: 2 });
  });

  it('are lost where no human was called behind them', () => {
    const ledger = seen(...GOOD_SCREEN);
    ledger.botTurn('c', 4, { heard: [], line: 'b4', calls: false });
    expect(ledger.verdict()).toMatchObject({ lost: ['c: bot\'s "b4" never reached the visitor'], withdrawn: 0 });
  });

  it.each([
    ['not-your-floor', { withdrawn: 1, lost: [] }],
    ['unknown-turn', { withdrawn: 0, lost: ['c: bot\'s "b4" never reached the visitor (unknown-turn)'] }],
  ])('that were refused because of %s', (reason, expected) => {
    const ledger = seen(...GOOD_SCREEN);
    ledger.botTurn('c', 4, { heard: [], line: 'b4', calls: false });
    ledger.botRefused('c', 'b4', reason);
    expect(ledger.verdict()).toMatchObject(expected);
  });

  it('are said once for a turn that comes again, and what it heard again is counted apart', () => {
    const ledger = seen(...GOOD_SCREEN);
    ledger.botTurn('c', 2, { heard: ['v2'], line: 'b2', calls: false });
    expect(ledger.verdict()).toMatchObject({ words: 8, heardAgain: 1, twice: [], outOfOrder: [] });
  });

  it('answer what was heard in its order', () => {
    const ledger = seen(...GOOD_SCREEN);
    ledger.visitorSaid('c', 'v5');
    ledger.visitorSaid('c', 'v6');
    ledger.botTurn('c', 4, { heard: ['v6', 'v5'], calls: false });
    expect(ledger.verdict().outOfOrder).toEqual(['c: visitor\'s "v5" at the bot']);
  });
});
