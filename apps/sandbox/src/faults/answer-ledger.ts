/** What was asked of the AI in one conversation and when a human had the word, against what it said. Times are Crisp's (ms). */

/** A burst of a visitor that only the AI can answer. */
export interface AskedBurst {
  readonly kind: 'burst';
  /** When its last line was stored. */
  readonly at: number;
  /** When its first was; an answer from here on is its answer. */
  readonly from: number;
  /** Words that the right answer has. */
  readonly sign: string;
}

/** A human wrote, and had the word until the conversation was resolved. */
export interface HumanStretch {
  readonly kind: 'human';
  readonly from: number;
  readonly at: number;
  /** Absent while he still has it. */
  readonly until?: number;
}

export type Happened = AskedBurst | HumanStretch;

export interface Said {
  readonly at: number;
  readonly text: string;
}

/** A call to Crisp that was on its way when the human wrote cannot be called back; its answer is older than this. */
export const ON_ITS_WAY_MS = 2_000;

/** A hook is made right after its line was stored. */
const HOOK_MADE_WITHIN_MS = 20;

export interface AnswerVerdict {
  bursts: number;
  stretches: number;
  readonly lost: string[];
  /** Bursts of which Crisp gave a hook up while nobody could take it: without an answer, and none could be. */
  neverTold: number;
  readonly twice: string[];
  readonly afterHuman: string[];
  /** Answers that were on their way when a human wrote. */
  crossed: number;
  /** Answers that say something else than what was asked, such as that something failed. */
  readonly other: string[];
}

export const emptyVerdict = (): AnswerVerdict => ({
  bursts: 0,
  stretches: 0,
  lost: [],
  neverTold: 0,
  twice: [],
  afterHuman: [],
  crossed: 0,
  other: [],
});

/**
 * Judges one conversation. What happened is in order; an answer belongs to what began last before it.
 * @param untold when lines of the visitor were stored of which no hook ever arrived
 */
export function judgeAnswers(
  name: string,
  happened: readonly Happened[],
  said: readonly Said[],
  untold: readonly number[],
  verdict: AnswerVerdict,
): void {
  happened.forEach((one, index) => {
    const end = happened[index + 1]?.from ?? Infinity;
    const answers = said.filter(({ at }) => at >= one.from && at < end);
    if (one.kind === 'burst') judgeBurst(`${name}, burst ${index + 1}`, one, answers, untold, verdict);
    else judgeStretch(`${name}, human ${index + 1}`, one, answers, verdict);
  });
}

function judgeBurst(
  name: string,
  { sign, from, at }: AskedBurst,
  answers: readonly Said[],
  untold: readonly number[],
  verdict: AnswerVerdict,
): void {
  verdict.bursts += 1;
  if (answers.length === 0) {
    if (untold.some((line) => line >= from && line <= at + HOOK_MADE_WITHIN_MS)) verdict.neverTold += 1;
    else verdict.lost.push(`${name}: no answer`);
  }
  if (answers.length > 1) verdict.twice.push(`${name}: ${answers.length} answers`);
  if (answers.length === 1 && !answers[0]!.text.includes(sign))
    verdict.other.push(`${name}: not “${sign}” but “${answers[0]!.text.slice(0, 120)}”`);
}

function judgeStretch(name: string, { at, until = Infinity }: HumanStretch, answers: readonly Said[], verdict: AnswerVerdict): void {
  verdict.stretches += 1;
  const before = answers.filter((answer) => answer.at <= at + ON_ITS_WAY_MS);
  verdict.crossed += before.filter((answer) => answer.at > at).length;
  if (before.length > 1) verdict.twice.push(`${name}: ${before.length} answers before the human`);
  for (const answer of answers)
    if (answer.at > at + ON_ITS_WAY_MS && answer.at < until)
      verdict.afterHuman.push(`${name}: an answer ${answer.at - at} ms after the human`);
}
