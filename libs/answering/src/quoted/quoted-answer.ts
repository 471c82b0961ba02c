import type { Passage } from '@baton/knowledge';
import type { Verdict } from '../answer.js';
import { evidenceOf } from '../guards/evidence.js';
import { judgeQuoted, mayBeQuoted } from '../guards/guards.js';
import { languageName, lineOf, type Voice } from '../language/lines.js';
import { extract } from './extract.js';

export interface Quoted {
  /** Undefined when nothing may be quoted. */
  readonly text?: string;
  readonly passage?: Passage;
  readonly verdicts: readonly Verdict[];
}

/**
 * The words of a source that answer a question, with the line that leads to them: that something was found, and in which
 * language where it is not the visitor's. The answer of a pair stands by itself.
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
  const lead = foreign
    ? lineOf('foundIn', voice).replace('{language}', languageName(passage.language ?? '', voice.language))
    : passage.question === undefined
      ? lineOf('found', voice)
      : undefined;
  return { text: lead === undefined ? text : `${lead}\n${text}`, passage, verdicts: all };
}
