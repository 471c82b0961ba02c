import { sentencesOf } from '../sentences.js';
import { ourLanguages } from '../our-languages.js';
import { foldedText } from '../words/words.js';
import { contactWords } from './contact-words.js';
import { promiseWords } from './promise-words.js';

const bounded = (words: string) => new RegExp(`(?<!\\S)(?:${words})`);
const personal = ourLanguages.map((language) => bounded(`${promiseWords[language].personal}|${promiseWords[language].done}`));
const house = ourLanguages.map((language) => bounded(promiseWords[language].house));

const contact = ourLanguages.map((language) => ({
  said: bounded(contactWords[language].contact),
  unless: new RegExp(`(?<!\\S)(?:${contactWords[language].unless})(?!\\S)`),
}));

const SENTENCE_OR_LINE = /\n+/;

/**
 * Whether a text says that a person will come, call or write, that the speaker will do something, or that something was
 * done. Nobody may say that in somebody else's name, not even in the words of a source.
 */
export function isPersonalPromise(text: string): boolean {
  return clausesOf(text).some((words) => personal.some((pattern) => pattern.test(words)));
}

/**
 * Whether a text says that a human comes, or that somebody gets in touch later: what the reader waits for. Not what the speaker
 * does himself ("let me check"), what he asks, or what hangs on something that the reader must do first ("if you leave your number").
 */
export function promisesContact(text: string): boolean {
  return sentencesIn(text)
    .filter((sentence) => !/[?？]\W*$/u.test(sentence))
    .map(foldedText)
    .some((words) => contact.some(({ said, unless }) => said.test(words) && !unless.test(words)));
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
  return sentencesIn(text)
    .map(foldedText)
    .filter((words) => words !== '');
}

function sentencesIn(text: string): string[] {
  return text.split(SENTENCE_OR_LINE).flatMap((line) => sentencesOf(line));
}
