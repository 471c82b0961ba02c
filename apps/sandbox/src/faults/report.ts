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
}: FaultRunResult): FaultReport {
  const { words, lost, twice, outOfOrder, gaps, inDoubt, toldLate } = verdict;
  const wrong = [...lost, ...twice, ...outOfOrder, ...gaps, ...complaints];
  return {
    sentence:
      `${words} words, ${handoversCompleted} handovers: lost ${lost.length}, twice ${twice.length}, out of order ${outOfOrder.length}, ` +
      `gaps ${gaps.length}, in doubt ${inDoubt}, told late by Crisp and Messenger ${toldLate}; ${endOf(longestSilence, settledAfter)}`,
    figures: {
      scenario,
      ...brokenOf(injections),
      words,
      handovers: handoversCompleted,
      lost: lost.length,
      twice: twice.length,
      outOfOrder: outOfOrder.length,
      gaps: gaps.length,
      inDoubt,
      toldLate,
      complaints: complaints.length,
      longestSilence,
      settledAfter,
    },
    wrong,
    isGood: injections.length > 0 && handoversCompleted > 0 && wrong.length === 0,
  };
}

export function ofAnswers({ scenario, injections, verdict, complaints, longestSilence, settledAfter }: AiRunResult): FaultReport {
  const { bursts, stretches, lost, neverTold, twice, afterHuman, crossed, other } = verdict;
  const wrong = [...lost, ...twice, ...afterHuman, ...complaints];
  return {
    sentence:
      `${bursts} bursts for the AI, ${stretches} for a human: lost ${lost.length}, answered twice ${twice.length}, after a human ${afterHuman.length}, ` +
      `crossed his words ${crossed}, never told by Crisp ${neverTold}, answered otherwise ${other.length}; ${endOf(longestSilence, settledAfter)}`,
    figures: {
      scenario,
      ...brokenOf(injections),
      bursts,
      stretches,
      lost: lost.length,
      neverTold,
      twice: twice.length,
      afterHuman: afterHuman.length,
      crossed,
      other: other.length,
      complaints: complaints.length,
      longestSilence,
      settledAfter,
    },
    wrong: [...wrong, ...other],
    isGood: injections.length > 0 && bursts > 0 && wrong.length === 0,
  };
}

function brokenOf(injections: FaultRunResult['injections']): Record<string, number> {
  return { injections: injections.length, slowestBack: Math.max(...injections.map(({ backAfter }) => backAfter)) };
}

function endOf(longestSilence: number, settledAfter: number): string {
  return `longest silence ${longestSilence.toFixed(1)} s, all there ${settledAfter.toFixed(1)} s after the end`;
}
