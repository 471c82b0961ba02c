import { describe, expect, it } from '@jest/globals';
import type { FaultRunResult } from './fault-run.js';
import { ofHandovers } from './report.js';
import { allIsWell, figuresOf, type Row, table } from './table.js';

const verdict = {
  conversations: 2,
  words: 120,
  lost: [],
  twice: [],
  outOfOrder: [],
  gaps: [],
  inDoubt: 1,
  toldLate: 3,
  heardAgain: 2,
  withdrawn: 1,
};
const run: FaultRunResult = {
  scenario: 'kafka-20s',
  injections: [{ what: 'kafka killed', backAfter: 2.04 }],
  verdict,
  complaints: [],
  handoversCompleted: 4,
  longestSilence: 24.26,
  settledAfter: 1,
  recovered: [
    { whose: 'visitors', usual: 2, seconds: [6.54] },
    { whose: 'agents', usual: 6.9, seconds: [0] },
  ],
};
const row = (change: Partial<FaultRunResult> = {}): Row => ({
  name: 'kafka-20s',
  title: 'Kafka away for 20 s',
  report: ofHandovers({ ...run, ...change }),
});
const skipped: Row = { name: 'disk-full-kafka', title: 'a full disk', skipped: 'only root may mount' };

describe('the table of faults', () => {
  it('shows what was done and what came of it, one line for each', () => {
    const lines = table([row(), skipped]).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]!.split(/ {2,}/)).toEqual([
      'kafka-20s',
      'Kafka away for 20 s',
      '120',
      '0',
      '0',
      '0',
      '3',
      '1',
      '6.5 s / < 7 s',
      '24.3 s',
      'good',
    ]);
    expect(lines[2]).toMatch(/^disk-full-kafka .*– +SKIPPED: only root may mount$/);
  });

  it('says in a line of JSON the same', () => {
    expect(JSON.parse(figuresOf([row(), skipped]))).toMatchObject({
      faults: [
        { name: 'kafka-20s', good: true, words: 120, lost: 0, doubled: 0, outOfOrder: 0, inDoubt: 1, recovered: 6.5, longestSilence: 24.3 },
        { name: 'disk-full-kafka', skipped: 'only root may mount' },
      ],
    });
  });
});

describe('a run of faults', () => {
  it('is well when something was tried and nothing went wrong', () => {
    expect(allIsWell([row(), skipped])).toBe(true);
  });

  it.each<[string, Row[]]>([
    ['when nothing was tried', []],
    ['when all was skipped', [skipped]],
    ['when a run broke off', [row(), { name: 'doors', title: 'doors', failed: 'no platform' }]],
    ['when nothing was broken', [row({ injections: [] })]],
    ['when a word was lost', [row({ verdict: { ...verdict, lost: ['a word'] } })]],
    ['when a word was doubled', [row({ verdict: { ...verdict, twice: ['a word'] } })]],
    ['when a word came out of order', [row({ verdict: { ...verdict, outOfOrder: ['a word'] } })]],
    ['when a log has a gap', [row({ verdict: { ...verdict, gaps: ['1 to 3'] } })]],
    ['when somebody complained', [row({ complaints: ['a service ended over it'] })]],
    ['when it took too long to recover', [row({ recoversWithin: 6 })]],
    ['when nobody was handed over', [row({ handoversCompleted: 0 })]],
  ])('is not well %s', (_, rows) => {
    expect(allIsWell(rows)).toBe(false);
  });

  it('shows what went wrong as wrong, and what never recovered as never', () => {
    const lost = table([
      row({ verdict: { ...verdict, lost: ['a word'] }, recovered: [{ whose: 'visitors', usual: 2, seconds: [Infinity] }] }),
    ]);
    expect(lost).toMatch(/ 1 .*never +24\.3 s +WRONG$/);
  });
});
