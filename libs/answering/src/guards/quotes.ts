import { fold, wordsOf } from '@baton/language';

/** A quote of fewer words proves nothing. */
const LEAST_WORDS = 3;

/** Whether a text stands word for word in another, whatever its marks and line ends. */
export function isQuoteOf(quote: string, text: string): boolean {
  const words = wordsOf(quote).map(fold);
  return words.length >= LEAST_WORDS && ` ${wordsOf(text).map(fold).join(' ')} `.includes(` ${words.join(' ')} `);
}
