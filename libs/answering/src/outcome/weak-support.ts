import type { AssistantSettings } from '@baton/contracts';

/**
 * What follows when an answer cannot be given: it is said, or a human is asked for, by the bot's settings.
 * @param missesBefore questions in a row without an answer before this one
 */
export function onWeakSupport(
  answers: Pick<AssistantSettings['answers'], 'whenUnsupported' | 'humanAfterMisses'>,
  missesBefore: number,
): { readonly kind: 'unknown' } | { readonly kind: 'human'; readonly reason: 'unsupported' | 'misses' } {
  if (answers.whenUnsupported === 'human') return { kind: 'human', reason: 'unsupported' };
  if (answers.humanAfterMisses > 0 && missesBefore + 1 >= answers.humanAfterMisses) return { kind: 'human', reason: 'misses' };
  return { kind: 'unknown' };
}
