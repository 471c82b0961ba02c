import { contentWords, fold, hasWord } from '@baton/language';
import { isTranslated, type Evidence } from './evidence.js';
import { quantitiesOf, type Quantity } from './quantities.js';

/** Characters around a number in which what it counts is looked for. */
const NEAR = 60;
/** A number of the passages that shares so many more words with the sentence is the one that was meant. */
const MEANT = 2;

/** What is measured by a number, folded: such numbers of the visitor are claims. */
const MEASURE =
  /^[\s-]*(?:working |business |calendar |werk|arbeits)?(?:days?|hours?|weeks?|months?|years?|minutes?|km|kg|tag(?:e|en)?|werktag(?:e|en)?|stunden?|wochen?|monate?n?|jahre?n?|minuten|jours?|heures?|semaines?|mois|ans?|annees?|dias?|horas?|semanas?|mes(?:es)?|anos?|minutos?|giorn[oi]|or[ae]|settiman[ae]|mes[ei]|ann[oi]|minuti|dag(?:en|ar)?|uur|weken|maand(?:en)?|jaar|dzien|dni|godzin[ay]?|tydzien|tygodni[ea]?|miesi\S+|rok|lat[a]?|timm(?:e|ar)|veck(?:a|or)|manad(?:er)?|ar|gun|hafta|ay|yil|saat|dakika)(?![a-z])/;

interface Known {
  readonly quantity: Quantity;
  /** The words around it. */
  readonly words: readonly string[];
}

/**
 * How many numbers, amounts, dates and times of a text are not in the cited passages: those of the visitor's own words may be
 * repeated, but no amounts of money, percentages or spans of time. A number must also stand by a word it stands by there, and not in the
 * place of another one, so that the days of one rule do not become those of another.
 */
export function strayQuantities(text: string, evidence: Evidence): number {
  const answer = withoutItemNumbers(text);
  const said = quantitiesOf(answer, evidence.language, false);
  if (said.length === 0) return 0;
  const known = evidence.each.flatMap((passage) =>
    quantitiesOf(passage.text, passage.language ?? evidence.language, true).map((quantity) => ({
      quantity,
      words: wordsNear(passage.text, quantity.at, evidence.language),
    })),
  );
  const own = quantitiesOf(evidence.visitor, evidence.language, true);
  const compared = !isTranslated(evidence);
  return said.filter((quantity) => {
    if (quantity.unit === undefined && !isMeasured(answer, quantity) && own.some((other) => sameValue(quantity, other))) return false;
    const same = known.filter(
      (other) => sameValue(quantity, other.quantity) && (quantity.unit === undefined || quantity.unit === other.quantity.unit),
    );
    if (same.length === 0) return true;
    return compared && isMisplaced(wordsNear(answer, quantity.at, evidence.language), quantity, same, known);
  }).length;
}

function isMeasured(text: string, { at }: Quantity): boolean {
  return MEASURE.test(
    fold(
      text
        .slice(at)
        .replace(/^[\p{L}\p{N}.,]+/u, '')
        .slice(0, 30),
    ),
  );
}

/** Whether the words around a number speak of another one in the passages. */
function isMisplaced(around: readonly string[], quantity: Quantity, same: readonly Known[], known: readonly Known[]): boolean {
  if (around.length === 0) return false;
  const shared = ({ words }: Known) => around.filter((word) => hasWord(words, word)).length;
  const own = Math.max(...same.map(shared));
  if (own === 0 && quantity.unit === undefined && same.every(({ words }) => words.length > 0)) return true;
  const rivals = known.filter(
    (other) =>
      !same.includes(other) && other.quantity.unit === quantity.unit && !sameValue(quantity, other.quantity) && !isNamed(other.quantity),
  );
  return !isNamed(quantity) && rivals.some((rival) => shared(rival) >= own + MEANT);
}

/** A month, a weekday or a time: several of them stand in one sentence. */
function isNamed(quantity: Quantity): boolean {
  return quantity.values.every((value) => value.includes(':'));
}

function sameValue(one: Quantity, other: Quantity): boolean {
  const hour = one.values.find((value) => /^at:\d+:00$/.test(value));
  return (
    one.values.some((value) => other.values.includes(value)) ||
    (hour !== undefined && other.values.some((value) => `at:${value}:00` === hour))
  );
}

/** What is said in the same sentence, near a number. */
function wordsNear(text: string, at: number, language: string): string[] {
  const end = /[.!?;](?=\s)|\n/;
  const before =
    text
      .slice(Math.max(0, at - NEAR), at)
      .split(new RegExp(end, 'g'))
      .at(-1) ?? '';
  const [behind = ''] = text.slice(at, at + NEAR).split(end);
  return contentWords(`${before} ${behind}`, language).filter((word) => !/\d/.test(word));
}

/** Without the numbers that only count the steps of a list, of the same length. */
function withoutItemNumbers(text: string): string {
  return text.replace(/^[ \t]*\d{1,2}[.)](?=\s)/gm, (mark) => ' '.repeat(mark.length));
}
