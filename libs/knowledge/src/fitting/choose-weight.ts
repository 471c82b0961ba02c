import { fuse } from '../retrieval/fuse.js';
import type { Yardstick } from '../retrieval/yardstick.js';
import type { Trial } from './trial.js';

/** As near to either leg alone as a knowledge base may go: the other one still decides between equals. */
const WEIGHTS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Gains smaller than so many standard errors are luck. */
const ERRORS_TO_BE_SURE = 2;

export interface ChosenWeight {
  readonly weight: number;
  /** Mean gain (nDCG@10) of the trials with that weight, and with the one it began from. */
  readonly gain: number;
  readonly gainBefore: number;
}

/** The weight with which the trials find their answers best; the one it began from, unless another is better beyond luck. */
export function chooseWeight(trials: readonly Trial[], yardstick: Yardstick, from: number): ChosenWeight {
  const before = trials.map((trial) => gainOf(trial, from, yardstick));
  let best = { weight: from, sure: 0, gain: mean(before) };
  for (const weight of WEIGHTS) {
    const gains = trials.map((trial) => gainOf(trial, weight, yardstick));
    const differences = gains.map((gain, index) => gain - before[index]!);
    const sure = mean(differences) - ERRORS_TO_BE_SURE * standardError(differences);
    if (sure > best.sure) best = { weight, sure, gain: mean(gains) };
  }
  return { weight: best.weight, gain: best.gain, gainBefore: mean(before) };
}

function gainOf({ answer, found }: Trial, weight: number, yardstick: Yardstick): number {
  const rank = fuse(found, weight, yardstick).findIndex(({ chunk }) => chunk === answer);
  return rank < 0 || rank >= 10 ? 0 : 1 / Math.log2(rank + 2);
}

function standardError(values: readonly number[]): number {
  const middle = mean(values);
  const variance = mean(values.map((value) => (value - middle) ** 2));
  return Math.sqrt(variance / Math.max(1, values.length - 1));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
