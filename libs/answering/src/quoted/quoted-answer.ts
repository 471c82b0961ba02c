import type { Passage } from '@baton/knowledge';
import { contentWords, hasWord } from '@baton/language';
import type { Verdict } from '../answer.js';
import { evidenceOf } from '../guards/evidence.js';
import { judgeQuoted, mayBeQuoted } from '../guards/guards.js';
import { languageName, lineOf, type Voice } from '../language/lines.js';
import { settled } from '../guards/markup.js';
import { extract } from './extract.js';
import { plainText } from './plain-text.js';

export interface Quoted {
  /** Undefined when nothing may be quoted. */
  readonly text?: string;
  readonly passage?: Passage;
  readonly verdicts: readonly Verdict[];
}

/**
 * The words of a source that answer a question, with the line that leads to them: that something was found, and in which
 * language where it is not the visitor's. The answer of a pair stands under its question, which it may not be understood
 * without, unless the visitor asked the same.
 * @param passages best first, without orders to machines
 */
export function quotedAnswer(question: string, passages: readonly Passage[], visitor: string, voice: Voice): Quoted {
  let leftOut = 0;
  const quote = extract(question, voice.language, passages, (sentence) => {
    const may = mayBeQuoted(sentence);
    if (!may) leftOut += 1;
    return may;
  });
  if (!quote) return { verdicts: [{ rule: 'promises', passed: false, of: 'extract', detail: 'nothing is left to be quoted' }] };
  const { passage } = quote;
  const { text, verdicts } = judgeQuoted(quote.text, evidenceOf([passage], visitor, voice.language, voice.botName), leftOut);
  const foreign = passage.language !== undefined && passage.language !== voice.language;
  const all: Verdict[] = [
    ...verdicts,
    { rule: 'language', passed: true, of: 'extract', ...(foreign ? { detail: `the source is in ${passage.language}` } : {}) },
  ];
  if (text === undefined) return { verdicts: all };
  const found = foreign
    ? lineOf('foundIn', voice).replace('{language}', languageName(passage.language ?? '', voice.language))
    : passage.question === undefined
      ? lineOf('found', voice)
      : undefined;
  const answersTo =
    passage.question === undefined || isSameQuestion(question, passage.question, voice.language)
      ? undefined
      : `“${settled(plainText(passage.question))}”`;
  return { text: [found, answersTo, text].filter((part) => part !== undefined).join('\n'), passage, verdicts: all };
}

/** So large a part of the words of each must be in the other. */
const SAME = 0.75;

/** Whether an answer to one question can be read as the answer to another without saying so. */
function isSameQuestion(one: string, other: string, language: string): boolean {
  const [a, b] = [contentWords(one, language), contentWords(other, language)];
  const within = (words: readonly string[], others: readonly string[]) =>
    words.filter((word) => hasWord(others, word)).length >= SAME * words.length;
  return a.length > 0 && b.length > 0 && within(a, b) && within(b, a);
}
