import { isPersonalPromise, promisesIn, sentencesOf } from '@baton/language';
import type { Verdict } from '../answer.js';
import { hasToken } from '../masking/tokens.js';
import { strayAddresses } from './addresses.js';
import { mayBeIn } from './answer-language.js';
import type { Evidence } from './evidence.js';
import { leaks, ordersMachine } from './injection.js';
import { neutralMarkup, settled } from './markup.js';
import { strayQuantities } from './numbers.js';
import { supportedSentences } from './sentence-support.js';

/** Characters of an answer that a model wrote. */
const LONGEST_WRITTEN = 1_200;
/** An answer of which less than this part is left is none. */
const ENOUGH_LEFT = 0.5;

export interface Judged {
  /** What may be said; undefined when the answer was refused. */
  readonly text?: string;
  /** One for each guard that was asked, in order. */
  readonly verdicts: readonly Verdict[];
}

/**
 * Every guard over an answer that a model wrote. Sentences that nothing bears are left out; anything else that a guard
 * objects to refuses the answer.
 * @param secret what stands only in our instructions to the model
 */
export function judgeWritten(written: string, evidence: Evidence, secret?: string): Judged {
  const verdicts: Verdict[] = [];
  const says = (rule: string, passed: boolean, detail?: string) => {
    verdicts.push({ rule, passed, of: 'model', ...(detail === undefined ? {} : { detail }) });
    return passed;
  };
  const plain = neutralMarkup(written);
  says('markup', true, plain === written.trim() ? undefined : 'marks were taken out');
  const left = supportedSentences(plain, evidence);
  const enough = left.text !== '' && left.text.length >= plain.length * ENOUGH_LEFT;
  const text = shortened(left.text, evidence.language);
  const counted = (rule: string, stray: number, what: string) => says(rule, stray === 0, stray === 0 ? undefined : `${stray} ${what}`);
  const passed = [
    says('injection', !leaks(written, secret) && !ordersMachine(plain)),
    says('personal-data', !hasToken(plain)),
    says('language', mayBeIn(evidence.language, plain)),
    says('sentences', enough, left.dropped === 0 ? undefined : `${left.dropped} of ${left.dropped + left.kept} not borne by the passages`),
    counted('links', strayAddresses(text, evidence), 'not in the passages'),
    counted('numbers', strayQuantities(text, evidence), 'not in the passages'),
    counted('promises', promisesIn(text, evidence.passages), 'that nobody would keep'),
    says('length', text !== '', text.length < left.text.length ? 'shortened' : undefined),
  ];
  return passed.every(Boolean) ? { text, verdicts } : { verdicts };
}

/** Whether a sentence of a clean passage may be quoted: no promise in somebody's name, nothing that sounds like a machine that obeyed. */
export function mayBeQuoted(sentence: string): boolean {
  return !leaks(sentence) && !isPersonalPromise(sentence);
}

/** The guards that words of a source need: they are true to it by their making. */
export function judgeQuoted(quote: string, evidence: Evidence, leftOut: number): Judged {
  const text = settled(quote);
  const stray = strayAddresses(text, evidence);
  const verdicts: Verdict[] = [
    {
      rule: 'injection',
      passed: !leaks(text) && !ordersMachine(text),
      of: 'extract',
      ...(leftOut === 0 ? {} : { detail: `${leftOut} sentences left out` }),
    },
    { rule: 'promises', passed: !isPersonalPromise(text), of: 'extract' },
    { rule: 'links', passed: stray === 0, of: 'extract' },
    { rule: 'length', passed: text !== '', of: 'extract' },
  ];
  return verdicts.every(({ passed }) => passed) ? { text, verdicts } : { verdicts };
}

/** By whole sentences. */
function shortened(text: string, language: string): string {
  if (text.length <= LONGEST_WRITTEN) return text;
  let short = '';
  for (const line of text.split('\n')) {
    for (const [at, sentence] of sentencesOf(line, language).entries()) {
      const longer = `${short}${short === '' ? '' : at === 0 ? '\n' : ' '}${sentence}`;
      if (longer.length > LONGEST_WRITTEN) return short;
      short = longer;
    }
  }
  return short;
}
