import type { Passage, Retrieval } from '@baton/knowledge';
import { fold, hasWord, wordsOf } from '@baton/language';
import type { Rewritten } from './follow-up.js';

/** A follow-up that leans on the talk is believed unless it is found so much better without it. */
const BETTER_ALONE = 0.1;
/** One that perhaps does not must be found so much better with it. */
const BETTER_WITH = 0.05;

export interface LookedUp {
  readonly question: string;
  readonly retrieval: Retrieval;
}

/**
 * Looks a question up, a follow-up both as it was written and with its topic. What names a matter that is known is answered
 * as it stands, unless it is found clearly better with the topic and has a sign of leaning on it: words of the old topic are
 * found best by its old answer.
 * @param threshold support from which on is answered; default the knowledge base's
 */
export async function lookUp(
  question: string,
  rewritten: Rewritten | undefined,
  retrieve: (question: string) => Promise<Retrieval>,
  threshold?: number,
): Promise<LookedUp> {
  if (!rewritten) return { question, retrieval: await retrieve(question) };
  const [alone, within] = await Promise.all([retrieve(question), retrieve(rewritten.question)]);
  return within.support >= needed(alone, rewritten, threshold ?? alone.threshold)
    ? { question: rewritten.question, retrieval: within }
    : { question, retrieval: alone };
}

/** The support from which on the question with its topic is believed. */
function needed(alone: Retrieval, { leaning, names }: Rewritten, threshold: number): number {
  const clearly = alone.support + BETTER_WITH;
  const isSupported = alone.support >= threshold;
  const isKnown = names.some((name) => alone.passages.some((passage) => hasWord(wordsIn(passage), name)));
  if (leaning === 'hardly') return isSupported || !isKnown ? Infinity : clearly;
  if (leaning === 'perhaps' || (isSupported && isKnown)) return clearly;
  return alone.support - BETTER_ALONE;
}

function wordsIn({ sourceTitle, titlePath, question, text }: Passage): string[] {
  return wordsOf([sourceTitle, ...titlePath, question ?? '', text].join('\n')).map(fold);
}
