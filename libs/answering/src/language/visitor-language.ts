import { guessLanguage } from '@baton/knowledge/language';
import { commonWordsOf, fold, wordsOf } from '../words/words.js';
import { ourLanguages, primaryLanguage, type OurLanguage } from './our-languages.js';

/** So many words said in another language make it the language of the talk. */
const WORDS_TO_SWITCH = 3;

/** A vote of short words is heard when it leads by so much. */
const LEAD = 0.5;

/**
 * The language to answer in, ISO 639-1: the one the visitor surely wrote in last. Once sure, a lone word of another language
 * (a name, `ok`, `thanks`) does not change it. Without any sign the channel's `locale`, else English.
 * @param lines what the visitor wrote, oldest first
 */
export function visitorLanguage(lines: readonly string[], locale?: string): string {
  const expected = primaryLanguage(locale);
  let pinned: string | undefined;
  let likely: string | undefined;
  for (const line of lines) {
    const told = languageOfLine(line, pinned ?? expected);
    if (!told) continue;
    likely = told.language;
    if (told.sure && (pinned === undefined || wordsOf(line).length >= WORDS_TO_SWITCH)) pinned = told.language;
  }
  return pinned ?? expected ?? likely ?? 'en';
}

/**
 * The language of one line. Short words that only one language uses weigh more than the sound of letters, which errs on
 * lines of one or two words; where both leave it open, the expected language is taken if it is among the possible ones.
 */
export function languageOfLine(line: string, expected?: string): { readonly language: string; readonly sure: boolean } | undefined {
  const vote = voteOfCommonWords(line, expected);
  const guess = guessLanguage(line);
  if (vote && (!guess?.sure || guess.language === vote.language)) return { language: vote.language, sure: true };
  if (vote && vote.lead >= 1.5) return { language: vote.language, sure: true };
  if (!guess) return undefined;
  const best = Object.values(guess.scores)[0] ?? 0;
  if (expected !== undefined && (guess.scores[expected] ?? 0) >= best - 0.08) return { language: expected, sure: guess.sure };
  return { language: guess.language, sure: guess.sure && wordsOf(line).length > 1 };
}

function voteOfCommonWords(line: string, expected?: string): { readonly language: OurLanguage; readonly lead: number } | undefined {
  const votes = new Map<OurLanguage, number>();
  for (const word of wordsOf(line).slice(0, 60).map(fold)) {
    const speakers = ourLanguages.filter((language) => commonWordsOf(language).has(word));
    for (const language of speakers) votes.set(language, (votes.get(language) ?? 0) + 1 / speakers.length);
  }
  const ranked = [...votes].sort((a, b) => b[1] + (b[0] === expected ? 0.1 : 0) - a[1] - (a[0] === expected ? 0.1 : 0));
  const [first, second] = ranked;
  if (!first) return undefined;
  const lead = first[1] - (second?.[1] ?? 0);
  return lead >= LEAD ? { language: first[0], lead } : undefined;
}
