import { guessLanguage } from '@baton/knowledge/language';
import { wordsOf } from '@baton/language';

/** Fewer words than this tell no language surely. */
const WORDS_TO_TELL = 5;
/** Neighbours such as Norwegian and Swedish sound alike. */
const ALIKE = 0.12;

/** Whether a text may be in a language: only one that surely is in another may not. */
export function mayBeIn(language: string, text: string): boolean {
  if (wordsOf(text).length < WORDS_TO_TELL) return true;
  const guess = guessLanguage(text);
  if (!guess?.sure || guess.language === language) return true;
  return (guess.scores[language] ?? 0) >= (guess.scores[guess.language] ?? 1) - ALIKE;
}
