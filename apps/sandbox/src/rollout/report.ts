import type { AiRunResult } from '../faults/ai-run.js';
import type { FaultRunResult } from '../faults/fault-run.js';
import type { Answers } from './balancer.js';
import type { Build } from './build.js';
import { becauseRaised, type Raised } from './raised-versions.js';

/** What came of an upgrade. */
export interface RolloutResult {
  readonly builds: { readonly old: Build; readonly new: Build };
  readonly run: FaultRunResult;
  /** Of those who asked the AI in Crisp's chat box. */
  readonly answers: Pick<AiRunResult, 'verdict' | 'complaints' | 'longestSilence'>;
  readonly fleets: readonly {
    readonly name: string;
    readonly isReplaced: boolean;
    readonly stops: readonly number[];
    readonly answers: Answers;
  }[];
  readonly rebalances: Readonly<Record<string, number>>;
  /** Records that a service put aside: who, of which topic and why, how often. */
  readonly parked: ReadonlyMap<string, number>;
  /** Events that the two builds write in different versions. */
  readonly raised: ReadonlyMap<string, Raised>;
  /** What else should not have happened. */
  readonly troubles: readonly string[];
}

/** A stop may take this long. */
export const STOP_WITHIN_MS = 3_000;

export interface RolloutReport {
  readonly table: string;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly wrong: readonly string[];
}

export function report({ builds, run, answers, fleets, rebalances, parked, raised, troubles }: RolloutResult): RolloutReport {
  const { words, lost, twice, outOfOrder, gaps, inDoubt } = run.verdict;
  const { bursts, stretches, lost: unanswered, twice: answeredTwice, afterHuman, other, neverTold } = answers.verdict;
  const deadLetters = [...parked.values()].reduce((sum, count) => sum + count, 0);
  const because = [...parked.keys()].map((what) => becauseRaised(what, raised));
  const expected = [...new Set(because.filter((one) => one !== undefined))];
  const areExpected = parked.size > 0 && !because.includes(undefined);
  const replaced = fleets.filter(({ stops }) => stops.length > 0);
  const ingress = fleets.find(({ name }) => name === 'ingress');
  const slow = fleets.flatMap(({ name, stops }) =>
    stops.filter((ms) => ms > STOP_WITHIN_MS).map((ms) => `${name} took ${(ms / 1_000).toFixed(1)} s from SIGTERM to its end`),
  );
  const nothing = [
    ...(words === 0 ? ['nobody said anything'] : []),
    ...(run.handoversCompleted === 0 ? ['no handover was completed'] : []),
    ...(bursts === 0 ? ['nobody asked the AI'] : []),
    ...(ingress === undefined || ingress.answers.all === 0 ? ['no web hook came'] : []),
    ...fleets.filter(({ isReplaced, stops }) => isReplaced && stops.length === 0).map(({ name }) => `no ${name} was replaced`),
  ];
  const wrong = [
    ...nothing,
    ...lost,
    ...twice,
    ...outOfOrder,
    ...gaps,
    ...run.complaints,
    ...unanswered,
    ...answeredTwice,
    ...afterHuman,
    ...other,
    ...answers.complaints,
    ...slow,
    ...[...parked].map(([what, count]) => `${count} records went to the dead letters of ${what}`),
    ...troubles,
    ...fleets.flatMap(({ answers }) => answers.bad),
  ];
  const stops = Object.fromEntries(
    fleets.map((fleet) => [fleet.name, { median: median(fleet.stops), longest: Math.max(0, ...fleet.stops) }]),
  );
  const { old } = builds;
  const isUpgrade = old.commit !== undefined && old.commit !== builds.new.commit;
  const rows: [string, string][] = [
    ['what', isUpgrade ? 'an upgrade and back' : 'a rolling restart: both builds are of one commit, so this says nothing of an upgrade'],
    ['old', old.what],
    ['new', builds.new.what],
    ['words', `${words}, ${run.handoversCompleted} handovers completed`],
    ['lost', String(lost.length)],
    ['doubled', String(twice.length + inDoubt)],
    ['out of order', String(outOfOrder.length)],
    ['gaps', String(gaps.length)],
    ['asked of the AI', `${bursts}, ${stretches} answered by a human`],
    ['unanswered', `${unanswered.length}${neverTold === 0 ? '' : `, and ${neverTold} of which Crisp never told`}`],
    ['answered twice', String(answeredTwice.length)],
    ['answered after a human', String(afterHuman.length)],
    ['answered otherwise', String(other.length)],
    ['dead letters', `${deadLetters}${areExpected ? `; expected: this release raised ${expected.join(', ')}` : ''}`],
    ...fleets.map(({ name, answers }): [string, string] => [`non-2xx at ${name}`, `${answers.bad.length} of ${answers.all}`]),
    ...replaced.map(({ name, stops: all }): [string, string] => [
      `SIGTERM → exit, ${name}`,
      `median ${seconds(median(all))}, longest ${seconds(Math.max(0, ...all))} of ${all.length}`,
    ]),
    ['longest silence', `${seconds(run.longestSilence * 1_000)}, of the AI ${seconds(answers.longestSilence * 1_000)}`],
    [
      'rebalances',
      Object.entries(rebalances)
        .map(([group, count]) => `${group} ${count}`)
        .join(', ') || 'none',
    ],
    ['all there', `${run.settledAfter.toFixed(1)} s after the end`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return {
    table: rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n'),
    figures: {
      isUpgrade,
      old: old.what,
      new: builds.new.what,
      words,
      handovers: run.handoversCompleted,
      lost: lost.length,
      doubled: twice.length + inDoubt,
      outOfOrder: outOfOrder.length,
      gaps: gaps.length,
      asked: bursts,
      unanswered: unanswered.length,
      answeredTwice: answeredTwice.length,
      afterHuman: afterHuman.length,
      answeredOtherwise: other.length,
      deadLetters,
      non2xx: Object.fromEntries(fleets.map(({ name, answers }) => [name, answers.bad.length])),
      requests: Object.fromEntries(fleets.map(({ name, answers }) => [name, answers.all])),
      stopMs: stops,
      longestSilence: run.longestSilence,
      longestSilenceOfAi: answers.longestSilence,
      rebalances,
      settledAfter: run.settledAfter,
      steps: run.injections.map(({ what, backAfter }) => ({ what, seconds: backAfter })),
      wrong: wrong.length,
    },
    wrong,
  };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
