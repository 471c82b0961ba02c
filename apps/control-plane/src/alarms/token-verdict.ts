import type { TokenState } from './snapshot.js';

/**
 * What a try says of a token: whether Crisp takes it. Undefined when it says nothing: Crisp did not answer, or wanted no more calls just
 * then, which is its trouble and not the token's.
 */
export function isTaken(state: TokenState): boolean | undefined {
  if (state === 'no-answer' || state === 'limited') return undefined;
  return state === 'taken';
}
