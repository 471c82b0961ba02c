import { describe, expect, it } from '@jest/globals';
import { Ledger } from './ledger.js';

function aGoodRun(): Ledger {
  const ledger = new Ledger();
  ledger.visitorSaid('c', 'hello');
  ledger.botHeard('c', 'hello');
  ledger.visitorSaid('c', 'v1');
  ledger.visitorSaid('c', 'v2');
  ledger.agentSaid('c', 'a1');
  ledger.agentSaid('c', 'a2');
  ['hello', 'v1', 'a1', 'v2', 'a2'].forEach((word, index) => ledger.visitorSaw('c', index + 1, word));
  return ledger;
}
const desk = (ledger: Ledger, ...words: [string, number][]) =>
  ledger.agentsSee(
    'c',
    words.map(([word, fingerprint]) => ({ word, fingerprint })),
  );

describe('the ledger of a fault run', () => {
  it('finds nothing wrong where nothing is', () => {
    const ledger = aGoodRun();
    desk(ledger, ['v1', 1], ['v2', 2]);
    expect(ledger.verdict()).toEqual({
      conversations: 1,
      words: 5,
      lost: [],
      twice: [],
      outOfOrder: [],
      gaps: [],
      inDoubt: 0,
      toldLate: 0,
    });
  });

  it('finds words that never arrived, on either side', () => {
    const ledger = aGoodRun();
    desk(ledger, ['v2', 2]);
    ledger.agentSaid('c', 'a3');
    ledger.visitorSaid('c', 'anyone?');
    expect(ledger.verdict().lost).toHaveLength(3);
  });

  it('finds words that arrived twice, and counts apart what nobody could know', () => {
    const ledger = aGoodRun();
    desk(ledger, ['v1', 1], ['v1', 1], ['v2', 2], ['v2', 3]);
    ledger.visitorSaw('c', 6, 'a1');
    const verdict = ledger.verdict();
    expect(verdict.twice).toEqual(['c: "a1" twice on the screen', 'c: visitor\'s "v2" twice in Crisp']);
    expect(verdict.inDoubt).toBe(1);
  });

  it('finds words in the wrong order, and holes in the log', () => {
    const ledger = new Ledger();
    ledger.agentSaid('c', 'a1');
    ledger.agentSaid('c', 'a2');
    ledger.visitorSaw('c', 1, 'a2');
    ledger.visitorSaw('c', 3, 'a1');
    ledger.visitorSaid('c', 'v1');
    ledger.visitorSaid('c', 'v2');
    desk(ledger, ['v2', 2], ['v1', 1]);
    const verdict = ledger.verdict();
    expect(verdict.outOfOrder).toHaveLength(2);
    expect(verdict.gaps).toEqual(['c: 1 to 3']);
  });

  it('does not hold against us what Crisp told late', () => {
    const ledger = aGoodRun();
    ledger.lookAgain();
    ['a2', 'a1'].forEach((word, index) => ledger.visitorSaw('c', index + 1, word));
    expect(ledger.verdict().outOfOrder).toHaveLength(1);
    ledger.toldLate('c', 'a1');
    expect(ledger.verdict()).toMatchObject({ outOfOrder: [], toldLate: 1 });
  });
});
