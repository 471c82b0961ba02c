import type { AiRunResult } from './ai-run.js';
import type { FaultRunResult } from './fault-run.js';
import { inWords, type Recovery, slowest } from './recovery.js';

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
  recoversWithin,
}: FaultRunResult): FaultReport {
  const { words, lost, twice, outOfOrder, gaps, inDoubt, toldLate, heardAgain, withdrawn } = verdict;
  const wrong = [...lost, ...twice, ...outOfOrder, ...gaps, ...complaints, ...tooSlow(recovered, recoversWithin)];
  return {
    sentence:
      `${words} words, ${handoversCompleted} handovers: lost ${lost.length}, doubled ${twice.length}, out of order ${outOfOrder.length}, ` +
      `gaps ${gaps.length}, in doubt ${inDoubt}, told late by Crisp and Messenger ${toldLate}, ` +
      `heard again by the bot ${heardAgain}, withdrawn from it ${withdrawn}; ${endOf(longestSilence, settledAfter, recovered)}`,
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
      heardAgain,
      withdrawn,
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
  recoversWithin,
}: AiRunResult): FaultReport {
  const { bursts, stretches, lost, neverTold, twice, afterHuman, crossed, other } = verdict;
  const wrong = [...lost, ...twice, ...afterHuman, ...complaints, ...tooSlow(recovered, recoversWithin)];
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

/** Nothing of what was said is wrong, but it came too late. */
function tooSlow(recovered: readonly Recovery[], within = Infinity): string[] {
  return recovered
    .filter((one) => slowest([one]) > within)
    .map((one) => `${one.whose} had to wait for ${inWords([one])} after the fault's end, more than ${within} s`);
}

/** Seconds; `recovered` is that of the slowest, null when it never came to pass; what took less than `usual` is not told from nothing. */
function timesOf(longestSilence: number, settledAfter: number, recovered: readonly Recovery[]): Record<string, unknown> {
  const most = slowest(recovered);
  return {
    recovered: Number.isFinite(most) ? rounded(most) : null,
    recoveredInWords: inWords(recovered),
    usual: Object.fromEntries(recovered.map(({ whose, usual }) => [whose, rounded(usual)])),
    longestSilence: rounded(longestSilence),
    settledAfter: rounded(settledAfter),
  };
}

function endOf(longestSilence: number, settledAfter: number, recovered: readonly Recovery[]): string {
  const whose = recovered.map((one) => `${one.whose} ${inWords([one])}`).join(', ');
  return `as usual again after the fault's end: ${whose}; longest silence ${longestSilence.toFixed(1)} s, all there ${settledAfter.toFixed(1)} s after the end`;
}

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;
