import { describe, expect, it } from '@jest/globals';
import { report, type RolloutResult } from './report.js';

const build = { name: 'old', root: '/', what: 'a commit', waitsByItself: true } as const;
const verdict = {
  ...{ conversations: 1, words: 10, inDoubt: 0, toldLate: 0, heardAgain: 0, withdrawn: 0 },
  ...{ lost: [], twice: [], outOfOrder: [], gaps: [] },
};
const run = {
  scenario: 'rollout',
  injections: [],
  verdict,
  complaints: [],
  handoversCompleted: 2,
  longestSilence: 1,
  settledAfter: 1,
  recovered: [],
};
const answered = { bursts: 8, stretches: 2, lost: [], neverTold: 0, twice: [], afterHuman: [], crossed: 0, other: [] };
const answers = { verdict: answered, complaints: [], longestSilence: 1 };
const good: RolloutResult = {
  builds: { old: build, new: { ...build, name: 'new' } },
  run,
  answers,
  fleets: [{ name: 'ingress', isReplaced: true, stops: [1_000, 2_000, 2_500], answers: { all: 5, ok: 5, bad: [] } }],
  rebalances: { dispatcher: 3 },
  parked: new Map(),
  raised: new Map([['asked', { from: 2, to: 3 }]]),
  troubles: [],
};
const ingress = good.fleets[0]!;

it('an upgrade in which nothing went wrong says what it cost', () => {
  const { table, figures, wrong } = report(good);
  expect(wrong).toEqual([]);
  expect(table).toContain('median 2.0 s, longest 2.5 s of 3');
  expect(figures).toMatchObject({ lost: 0, non2xx: { ingress: 0 }, rebalances: { dispatcher: 3 }, wrong: 0 });
});

it.each([
  ['an upgrade', 'a1', 'b2', true],
  ['a rolling restart when both are of one commit', 'a1', 'a1', false],
  ['a rolling restart when there is no git', undefined, undefined, false],
])('says whether it was %s', (_, before, now, isUpgrade) => {
  const { table, figures } = report({
    ...good,
    builds: { old: { ...build, commit: before }, new: { ...build, name: 'new', commit: now } },
  });
  expect(figures['isUpgrade']).toBe(isUpgrade);
  expect(table.includes('says nothing of an upgrade')).toBe(!isUpgrade);
});

it('what was put aside because a version was raised says so, and stays wrong', () => {
  const raisedOnly = new Map([['orchestrator: handovers: asked is known in version 2, not 3', 2]]);
  const { table, wrong } = report({ ...good, parked: raisedOnly });
  expect(table).toContain('2; expected: this release raised asked from 2 to 3');
  expect(wrong).toHaveLength(1);
  const more = new Map([...raisedOnly, ['orchestrator: handovers: it lacks a field', 1]]);
  expect(report({ ...good, parked: more }).table).not.toContain('expected');
});

describe('an upgrade is not well', () => {
  it.each<[string, Partial<RolloutResult>, string]>([
    ['when a word is lost', { run: { ...run, verdict: { ...verdict, lost: ['a word'] } } }, 'a word'],
    ['when a question was not answered', { answers: { ...answers, verdict: { ...answered, lost: ['burst 1: no answer'] } } }, 'no answer'],
    ['when the AI talked over a human', { answers: { ...answers, verdict: { ...answered, afterHuman: ['human 1'] } } }, 'human 1'],
    ['when nobody asked the AI', { answers: { ...answers, verdict: { ...answered, bursts: 0 } } }, 'nobody asked the AI'],
    ['when a hook was refused', { fleets: [{ ...ingress, answers: { all: 5, ok: 4, bad: ['502'] } }] }, '502'],
    ['when a stop took long', { fleets: [{ ...ingress, stops: [3_100] }] }, 'ingress took 3.1 s'],
    [
      'when a record was put aside',
      { parked: new Map([['dispatcher: deliveries: unknown', 2]]) },
      '2 records went to the dead letters of dispatcher',
    ],
    ['when a replica ended by itself', { troubles: ['ai-old-1 ended by itself'] }, 'ended by itself'],
    ['when nothing was replaced', { fleets: [{ ...ingress, stops: [] }] }, 'no ingress was replaced'],
    ['when nobody wrote a hook', { fleets: [{ ...ingress, answers: { all: 0, ok: 0, bad: [] } }] }, 'no web hook came'],
    ['when nobody talked', { run: { ...run, handoversCompleted: 0 } }, 'no handover'],
  ])('%s', (_, change, sentence) => {
    expect(report({ ...good, ...change }).wrong.join('\n')).toContain(sentence);
  });
});
