import { courtesyOf } from '../courtesy/courtesy.js';
import { ourLanguages } from '../our-languages.js';
import { promiseWords } from '../promises/promise-words.js';
import { sentencesOf } from '../sentences.js';
import { foldedText } from '../words/words.js';
import { decisionWords } from './decision-words.js';

const stated = ourLanguages.map((language) => new RegExp(`(?<!\\S)(?:${promiseWords[language].done}|${decisionWords[language].stated})`));
const conditional = new RegExp(`^(?:${ourLanguages.map((language) => decisionWords[language].conditional).join('|')})(?!\\S)`);

/** Beyond this a sentence is a list or a pasted text, and nobody's decision. */
const LONGEST = 600;

/**
 * Whether a text says that something was done, or is so from now on: "I have cancelled it.", "You get the money back." A rule
 * by words, so it says nothing of what is meant otherwise. Questions, what would be if, greetings and courtesy are none.
 */
export function statesDecision(text: string): boolean {
  return text
    .split(/\n+/)
    .flatMap((line) => sentencesOf(line))
    .some(isDecision);
}

function isDecision(sentence: string): boolean {
  if (sentence.length > LONGEST || /[?？]["'”’)\s]*$/.test(sentence) || courtesyOf(sentence) !== undefined) return false;
  const words = foldedText(sentence);
  return !conditional.test(words) && stated.some((pattern) => pattern.test(words));
}
