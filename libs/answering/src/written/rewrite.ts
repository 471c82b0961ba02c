import { contentWords, hasWord } from '@baton/language';

const LONGEST = 300;

/**
 * A model's rewriting of a follow-up, where it may be believed: one line, not much longer than what it was made of, and of
 * words that the talk has. Anything else is no rewriting.
 * @param talk all that the model was shown
 */
export function believedRewriting(said: string, talk: string, language: string): string | undefined {
  const line = said
    .replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/gi, '')
    .trim()
    .replace(/^["'“„«]|["'”“»]$/g, '')
    .trim();
  if (line === '' || line.includes('\n') || line.length > LONGEST || /[{}<>]/.test(line)) return undefined;
  const words = contentWords(line, language);
  const known = contentWords(talk, language);
  if (words.length === 0) return undefined;
  return words.filter((word) => !hasWord(known, word)).length <= words.length * 0.25 ? line : undefined;
}
