import type { GivenAnswer } from '@baton/control-api';

const WORDS: Readonly<Record<GivenAnswer['state'], string>> = {
  planned: 'on its way',
  posted: 'the visitor has it',
  dropped: 'not said',
  suggested: 'suggested to agents only',
  shadow: 'recorded only (shadow mode)',
  failed: 'could not be delivered',
};

const WHY: Readonly<Record<string, string>> = {
  superseded: 'the visitor went on writing',
  human: 'a human had the word',
  resolved: 'the conversation was resolved',
  off: 'the assistant was switched off',
};

/** What became of an answer, and whether it counts against the plan. */
export function becameWords({ state, why, counted }: Pick<GivenAnswer, 'state' | 'why' | 'counted'>): string {
  const because = why === undefined ? '' : `: ${WHY[why] ?? why}`;
  return `${WORDS[state]}${because}${counted && state === 'posted' ? ', counted' : ''}`;
}
