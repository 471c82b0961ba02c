import type { AiRunResult } from './ai-run.js';
import type { FaultRunResult } from './fault-run.js';

/** What came of one scenario: a sentence for people, figures for machines. */
export interface FaultReport {
  readonly sentence: string;
  readonly figures: Readonly<Record<string, unknown>>;
  /** Everything that should not have happened. */
  readonly wrong: readonly string[];
  readonly isGood: boolean;
}

export function ofHandovers({
  scenario,
  injections,
  verdict,
  complaints,
  handoversCompleted,
  longestSilence,
  settledAfter,
  recovered,
}: FaultRunResult): FaultReport {
  const { words, lost, twice, outOfOrder, gaps, inDoubt, toldLate } = verdict;
  const wrong = [...lost, ...twice, ...outOfOrder, ...gaps, ...complaints];
  return {
    sentence:
      `${words} words, ${handoversCompleted} handovers: lost ${lost.length}, doubled ${twice.length}, out of order ${outOfOrder.length}, ` +
      `gaps ${gaps.length}, in doubt ${inDoubt}, told late by Crisp and Messenger ${toldLate}; ${endOf(longestSilence, settledAfter, recovered)}`,
    figures: {
      scenario,
      ...brokenOf(injections),
      words,
      handovers: handoversCompleted,
      lost: lost.length,
      doubled: twice.length,
      outOfOrder: outOfOrder.length,
      gaps: gaps.length,
      inDoubt,
      toldLate,
      complaints: complaints.length,
      ...timesOf(longestSilence, settledAfter, recovered),
    },
    wrong,
    isGood: injections.length > 0 && handoversCompleted > 0 && wrong.length === 0,
  };
}

export function ofAnswers({
  scenario,
  injections,
  verdict,
  complaints,
  longestSilence,
  settledAfter,
  recovered,
}: AiRunResult): FaultReport {
  const { bursts, stretches, lost, neverTold, twice, afterHuman, crossed, other } = verdict;
  const wrong = [...lost, ...twice, ...afterHuman, ...complaints];
  return {
    sentence:
      `${bursts} bursts for the AI, ${stretches} for a human: lost ${lost.length}, answered twice ${twice.length}, after a human ${afterHuman.length}, ` +
      `crossed his words ${crossed}, never told by Crisp ${neverTold}, answered otherwise ${other.length}; ${endOf(longestSilence, settledAfter, recovered)}`,
    figures: {
      scenario,
      ...brokenOf(injections),
      bursts,
      stretches,
      lost: lost.length,
      neverTold,
      doubled: twice.length,
      afterHuman: afterHuman.length,
      crossed,
      other: other.length,
      complaints: complaints.length,
      ...timesOf(longestSilence, settledAfter, recovered),
    },
    wrong: [...wrong, ...other],
    isGood: injections.length > 0 && bursts > 0 && wrong.length === 0,
  };
}

function brokenOf(injections: FaultRunResult['injections']): Record<string, unknown> {
  return {
    injections: injections.length,
    did: injections.map(({ what }) => what),
    slowestBack: rounded(Math.max(0, ...injections.map(({ backAfter }) => backAfter))),
  };
}

/** Seconds; `recovered` is that of the slowest, null when it never came to pass. */
function timesOf(longestSilence: number, settledAfter: number, recovered: readonly number[]): Record<string, number | null> {
  const slowest = Math.max(0, ...recovered);
  return {
    recovered: Number.isFinite(slowest) ? rounded(slowest) : null,
    longestSilence: rounded(longestSilence),
    settledAfter: rounded(settledAfter),
  };
}

function endOf(longestSilence: number, settledAfter: number, recovered: readonly number[]): string {
  const slowest = Math.max(0, ...recovered);
  const recovery = Number.isFinite(slowest) ? `recovered ${slowest.toFixed(1)} s after the fault's end` : 'it never recovered';
  return `${recovery}, longest silence ${longestSilence.toFixed(1)} s, all there ${settledAfter.toFixed(1)} s after the end`;
}

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;
