import { contentWords, fold, hasWord, sentencesOf, wordsOf } from '@baton/language';
import { isTranslated, type Evidence } from './evidence.js';

/** Part of a sentence's words that the cited passages must know; of a short one more than this. */
const ENOUGH = 0.5;
const SHORT = 3;
/** The same, of all its words, when the visitor's own words are among them: what he said proves nothing. */
const ENOUGH_OF_ALL = 0.5;
/** A clause so like one of a passage must say yes where that does, and no where that does. */
const ALIKE = 0.6;

const NEGATIONS = new Set(
  `not no never cannot can't don't doesn't won't isn't aren't didn't without neither nor unable nicht kein keine keinen keiner nie niemals ohne ne n'est pas jamais aucun aucune sans no nunca ningun ninguna sin non mai nessun
  nessuna senza niet geen nooit zonder nao nunca nenhum nenhuma sem nie nigdy bez inte ej aldrig ingen inga utan degil yok hayir olmaz edilemez`.split(
    /\s+/,
  ),
);

/**
 * Leaves out the sentences of a written answer that the cited passages do not bear: by their words, the names in them and
 * whether they say yes or no. Where the passages are in another language only names can be compared.
 */
export function supportedSentences(
  text: string,
  evidence: Evidence,
): { readonly text: string; readonly kept: number; readonly dropped: number } {
  const known = new Set(wordsOf(evidence.passages).map(fold));
  const own = new Set(wordsOf(`${evidence.visitor} ${evidence.botName}`).map(fold));
  const sourced = isTranslated(evidence) ? [] : evidence.each.flatMap((passage) => clausesOf(passage.text, passage.language));
  let [kept, dropped] = [0, 0];
  const lines = text.split('\n').map((line) => {
    const left = sentencesOf(line, evidence.language).filter((sentence) => {
      const borne = isBorne(sentence, evidence, known, own, sourced);
      if (borne) kept += 1;
      else dropped += 1;
      return borne;
    });
    return left.join(' ');
  });
  return {
    text: lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    kept,
    dropped,
  };
}

function isBorne(
  sentence: string,
  evidence: Evidence,
  known: ReadonlySet<string>,
  own: ReadonlySet<string>,
  sourced: readonly (readonly string[])[],
): boolean {
  if (!namesIn(sentence, evidence.language).every((name) => hasWord(known, name) || hasWord(own, name))) return false;
  if (isTranslated(evidence)) return true;
  const words = contentWords(sentence, evidence.language).filter((word) => !/^\d+$/.test(word));
  if (words.length === 0) return true;
  const borne = words.filter((word) => hasWord(known, word)).length;
  const repeated = words.filter((word) => !hasWord(known, word) && hasWord(own, word)).length;
  if (borne === 0 || borne < ENOUGH * (words.length - repeated) || borne < ENOUGH_OF_ALL * words.length) return false;
  if (words.length <= SHORT && borne <= ENOUGH * (words.length - repeated)) return false;
  return saysTheSame(sentence, evidence.language, sourced);
}

/** Words with a capital inside a sentence; in German every noun has one, there only words all in capitals count. */
function namesIn(sentence: string, language: string): string[] {
  const words = wordsOf(sentence.replace(/^\s*(?:[-–•]|\d{1,2}[.)])\s*/, ''));
  const name = language === 'de' ? /^\p{Lu}{2,}\d*$/u : /^\p{Lu}/u;
  return words
    .slice(1)
    .filter((word) => name.test(word) && !/^(?:I|I['’]\w+|OK)$/.test(word))
    .map(fold);
}

/** Clause by clause, against what the passages say in nearly the same words. */
function saysTheSame(sentence: string, language: string, sourced: readonly (readonly string[])[]): boolean {
  return clausesOf(sentence, language).every((clause) => {
    const words = contentWords(clause.join(' '), language);
    if (words.length < 2) return true;
    const alike = sourced.map((other) => ({
      part: words.filter((word) => hasWord(other, word)).length / words.length,
      no: negated(other),
    }));
    const best = Math.max(0, ...alike.map(({ part }) => part));
    return best < ALIKE || alike.some(({ part, no }) => part === best && no === negated(clause));
  });
}

/** What a comma or a dash parts may be a no beside a yes. The words of each, folded. */
function clausesOf(text: string, language: string | undefined): string[][] {
  return text
    .split('\n')
    .flatMap((line) => sentencesOf(line, language))
    .flatMap((sentence) => sentence.split(/[,;:–—()]\s/))
    .map((clause) => wordsOf(clause).map(fold))
    .filter((clause) => clause.length > 0);
}

function negated(words: readonly string[]): boolean {
  return words.some((word) => NEGATIONS.has(word) || /n't$/.test(word));
}
