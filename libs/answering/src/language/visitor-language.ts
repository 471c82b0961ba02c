import { guessLanguage } from '@baton/knowledge/language';
import { commonWordsOf, fold, type OurLanguage, ourLanguages, primaryLanguage, wordsOf } from '@baton/language';

/** Their words are of no language. One begins with its word, so that each word is looked at once. */
const ADDRESSES = /https?:\/\/\S+|www\.\S+|(?<!\S)[^\s@]+@\S+/g;

/** So many words said in another language make it the language of the talk. */
const WORDS_TO_SWITCH = 3;

/** Lines that are looked back at. */
const MOST_LINES = 12;

/** A vote of short words is heard when it leads by so much. */
const LEAD = 0.5;
/** Against the sound of the letters it must lead by so much. */
const CLEAR = 1.5;
/** Languages whose sound differs less cannot be told from a line. */
const ALIKE = 0.08;

/**
 * The language to answer in, ISO 639-1: the one the visitor surely wrote in last. Once sure, a lone word of another language
 * (a name, `ok`, `thanks`) does not change it. Without any sign the channel's `locale`, else English.
 * @param lines what the visitor wrote, oldest first
 */
export function visitorLanguage(lines: readonly string[], locale?: string): string {
  const expected = primaryLanguage(locale);
  let pinned: string | undefined;
  let likely: string | undefined;
  for (const line of lines.slice(-MOST_LINES)) {
    const told = languageOfLine(line, pinned ?? expected);
    if (!told) continue;
    likely = told.language;
    if (told.sure && (pinned === undefined || wordsOf(line).length >= WORDS_TO_SWITCH)) pinned = told.language;
  }
  return pinned ?? expected ?? likely ?? 'en';
}

/**
 * The language of one line, and whether it may be relied on. Short words that only one language uses weigh more than the
 * sound of letters, which errs on lines of one or two words; where both leave it open, the expected language is taken if it
 * is among the possible ones.
 */
function languageOfLine(line: string, expected?: string): { readonly language: string; readonly sure: boolean } | undefined {
  const vote = voteOfCommonWords(line, expected);
  const guess = guessLanguage(line);
  if (vote && (vote.lead >= CLEAR || (vote.lead >= LEAD && (!guess?.sure || guess.language === vote.language)))) {
    return { language: vote.language, sure: true };
  }
  if (!guess?.sure) return vote && { language: vote.language, sure: false };
  const best = guess.scores[guess.language] ?? 0;
  if (expected !== undefined && (guess.scores[expected] ?? 0) >= best - ALIKE) return { language: expected, sure: true };
  return { language: guess.language, sure: wordsOf(line).length > 1 };
}

/** The language that has most of the common words of a line, and by how much; a word of several languages is shared by them. */
function voteOfCommonWords(line: string, expected?: string): { readonly language: OurLanguage; readonly lead: number } | undefined {
  const votes = new Map<OurLanguage, number>();
  for (const word of wordsOf(line.replace(ADDRESSES, ' ')).slice(0, 60).map(fold)) {
    const speakers = ourLanguages.filter((language) => commonWordsOf(language).has(word));
    for (const language of speakers) votes.set(language, (votes.get(language) ?? 0) + 1 / speakers.length);
  }
  const favoured = (language: OurLanguage) => (language === expected ? 0.1 : 0);
  const [first, second] = [...votes].sort((a, b) => b[1] + favoured(b[0]) - a[1] - favoured(a[0]));
  return first && { language: first[0], lead: first[1] - (second?.[1] ?? 0) };
}
