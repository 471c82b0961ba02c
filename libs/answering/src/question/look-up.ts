import type { Retrieval } from '@baton/knowledge';
import type { Rewritten } from './follow-up.js';

/** A follow-up that leans on the talk is believed unless it is found so much better without it. */
const BETTER_ALONE = 0.1;
/** One that perhaps does must be found so much better with it. */
const BETTER_WITH = 0.05;

export interface LookedUp {
  readonly question: string;
  readonly retrieval: Retrieval;
}

/**
 * Looks a question up, a follow-up both as it was written and with its topic, and takes the one that the knowledge base knows
 * more about: a change of topic that was not seen is not drowned in the old topic.
 */
export async function lookUp(
  question: string,
  rewritten: Rewritten | undefined,
  retrieve: (question: string) => Promise<Retrieval>,
): Promise<LookedUp> {
  if (!rewritten) return { question, retrieval: await retrieve(question) };
  const [alone, within] = await Promise.all([retrieve(question), retrieve(rewritten.question)]);
  const favour = rewritten.leaning === 'leans' ? BETTER_ALONE : -BETTER_WITH;
  return alone.support > within.support + favour ? { question, retrieval: alone } : { question: rewritten.question, retrieval: within };
}
