import { sentencesOf } from '../sentences.js';
import { ourLanguages } from '../our-languages.js';
import { fold, wordsOf } from '../words/words.js';
import { promiseWords } from './promise-words.js';

const bounded = (words: string) => new RegExp(`(?<!\\S)(?:${words})`);
const personal = ourLanguages.map((language) => bounded(`${promiseWords[language].personal}|${promiseWords[language].done}`));
const house = ourLanguages.map((language) => bounded(promiseWords[language].house));

const SENTENCE_OR_LINE = /\n+/;

/**
 * Whether a text says that a person will come, call or write, that the speaker will do something, or that something was
 * done. Nobody may say that in somebody else's name, not even in the words of a source.
 */
export function isPersonalPromise(text: string): boolean {
  return clausesOf(text).some((words) => personal.some((pattern) => pattern.test(words)));
}

/**
 * How many sentences of an answer promise something: what a person will do, or what the house will do, unless a cited
 * passage says the latter in the same words.
 */
export function promisesIn(text: string, passages: string): number {
  const sourced = foldedText(passages);
  return clausesOf(text).filter(
    (words) =>
      personal.some((pattern) => pattern.test(words)) || (house.some((pattern) => pattern.test(words)) && !sourced.includes(words)),
  ).length;
}

function clausesOf(text: string): string[] {
  return text
    .split(SENTENCE_OR_LINE)
    .flatMap((line) => sentencesOf(line))
    .map(foldedText)
    .filter((words) => words !== '');
}

function foldedText(text: string): string {
  return wordsOf(text).map(fold).join(' ');
}
