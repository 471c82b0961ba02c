import type { Passage } from '@baton/knowledge';
import { contentWords, fold, hasWord, wordsOf } from '@baton/language';
import { unitsOf, type Unit } from './units.js';

/** Characters of a quoted answer; a list may be somewhat longer, because half of its steps help nobody. */
const LONGEST = 600;
const LONGEST_LIST = 1_200;
/** A passage of one paragraph that is this short is quoted as a whole. */
const SHORT = 320;
const MOST_SENTENCES = 4;
/** A sentence shorter than this is seldom understood without the one before it. */
const BRIEF = 80;
/** What a word of the title weighs in the choice of sentences: all of the passage is about it. */
const OF_TITLE = 0.3;
/** Passages less relevant than this part of the best are not looked into. */
const CLOSE = 0.75;
const MOST_PASSAGES = 4;

/** Begins a sentence that cannot be understood without the one before it. Folded. */
const REFERS = new Set(
  `it they this that these those he she its their however but otherwise then also so therefore instead er sie es dies diese dieser dieses das jedoch aber sonst dann ausserdem deshalb il elle ils elles cela ce ceci
  cependant mais sinon ensuite aussi donc esto eso estos ello sin pero ademas entonces esso questo questi essi pero inoltre quindi hij zij het dit dat deze echter maar ook daarna ele ela isto isso eles porem mas alem to ten ta te one oni
  jednak ale wtedy takze den det de dessa men dock ocksa bu bunlar ancak fakat ayrica`.split(/\s+/),
);

export interface Extract {
  readonly text: string;
  readonly passage: Passage;
  /** Part of what the question is about that the words name, 0 to 1, rare words weighing more. */
  readonly overlap: number;
}

/**
 * The words of a source that answer a question: of a pair the answer, else the one to four sentences in a row, or the whole
 * list, that say most of what is asked for. Whole sentences only, unchanged but for marks of layout.
 * @param passages best first
 * @param allowed says which sentences may be quoted
 */
export function extract(
  question: string,
  language: string,
  passages: readonly Passage[],
  allowed: (sentence: string) => boolean,
): Extract | undefined {
  const best = passages[0]?.scores.fused ?? 0;
  const near = passages.slice(0, MOST_PASSAGES).filter(({ scores }) => scores.fused >= best * CLOSE);
  const looked = near.map((passage) => ({ passage, units: unitsOf(passage.text, passage.language) }));
  const weights = weigh(
    contentWords(question, language),
    looked.flatMap(({ units }) => units),
  );
  let found: (Extract & { readonly score: number }) | undefined;
  for (const { passage, units } of looked) {
    const quote = allowedQuoteOf(units, weights, passage, allowed);
    if (!quote) continue;
    const relevance = best > 0 ? passage.scores.fused / best : 1;
    const score = relevance + 0.5 * quote.overlap;
    if (!found || score > found.score) found = { text: quote.text, passage, overlap: quote.overlap, score };
  }
  return found && { text: found.text, passage: found.passage, overlap: found.overlap };
}

type Weights = ReadonlyMap<string, number>;

/** How much each word of the question says: what stands in every sentence says little. The parts make 1. */
function weigh(asked: readonly string[], units: readonly Unit[]): Weights {
  const weights = new Map<string, number>();
  for (const word of new Set(asked)) {
    const holding = units.filter(({ words }) => hasWord(words, word)).length;
    weights.set(word, Math.log(1 + (units.length + 1) / (holding + 0.5)));
  }
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return new Map([...weights].map(([word, weight]) => [word, sum > 0 ? weight / sum : 0]));
}

function overlapOf(weights: Weights, words: Iterable<string>): number {
  const held = [...words];
  let overlap = 0;
  for (const [word, weight] of weights) if (hasWord(held, word)) overlap += weight;
  return overlap;
}

interface Quote {
  readonly units: readonly Unit[];
  readonly overlap: number;
}

/** Only what would be said is asked about; what may not be said is left out, and the words are chosen anew. */
function allowedQuoteOf(
  units: readonly Unit[],
  weights: Weights,
  passage: Passage,
  allowed: (sentence: string) => boolean,
): { readonly text: string; readonly overlap: number } | undefined {
  for (let left = units; left.length > 0;) {
    const quote = quoteOf(left, weights, passage);
    const refused = quote.units.filter(({ text }) => !allowed(text));
    if (refused.length === 0) return { text: textOf(quote.units), overlap: quote.overlap };
    left = left.filter((unit) => !refused.includes(unit));
  }
  return undefined;
}

function quoteOf(units: readonly Unit[], weights: Weights, passage: Passage): Quote {
  const titled = [passage.sourceTitle, ...passage.titlePath, passage.question ?? ''].flatMap((title) => wordsOf(title).map(fold));
  const overlap = (chosen: readonly Unit[]) => overlapOf(weights, [...titled, ...chosen.flatMap(({ words }) => [...words])]);
  const isPair = passage.question !== undefined;
  const isShort = textOf(units).length <= SHORT && units.at(-1)?.paragraph === units[0]?.paragraph;
  if (isShort || (isPair && textOf(units).length <= LONGEST)) return { units, overlap: overlap(units) };
  if (isPair) return { units: beginning(units), overlap: overlap(units) };
  const window = bestWindow(
    units,
    new Map([...weights].map(([word, weight]) => [word, hasWord(titled, word) ? weight * OF_TITLE : weight])),
  );
  return { units: window, overlap: overlap(window) };
}

/** The units in a row that say most; of equals the shorter, then the earlier. */
function bestWindow(units: readonly Unit[], weights: Weights): readonly Unit[] {
  const has = units.map((unit) => [...weights].filter(([word]) => hasWord(unit.words, word)));
  let best: { readonly from: number; readonly to: number; readonly score: number } | undefined;
  for (let from = 0; from < units.length; from += 1) {
    const told = new Map<string, number>();
    for (let to = from; to < Math.min(units.length, from + MOST_SENTENCES); to += 1) {
      if (to > from && textOf(units.slice(from, to + 1)).length > LONGEST) break;
      const before = told.size;
      for (const [word, weight] of has[to] ?? []) told.set(word, weight);
      const repeated = (has[to] ?? []).length - (told.size - before);
      const said = [...told.values()].reduce((total, weight) => total + weight, 0);
      const crossed = (units[to]?.paragraph ?? 0) - (units[from]?.paragraph ?? 0);
      const score = said + 0.01 * repeated - 0.04 * (to - from) - 0.1 * crossed - 0.005 * from;
      if (!best || score > best.score) best = { from, to, score };
    }
  }
  if (!best || best.score <= 0) return beginning(units);
  return filled(units, best.from, best.to);
}

/** Takes in the sentence that the first one refers to, and what its paragraph still says, as far as there is room. */
function filled(units: readonly Unit[], from: number, to: number): readonly Unit[] {
  let [first, last] = [from, to];
  const fits = (a: number, b: number) => b - a < MOST_SENTENCES && textOf(units.slice(a, b + 1)).length <= LONGEST;
  const sameParagraph = (a: number, b: number) => units[a]?.paragraph === units[b]?.paragraph;
  const needsMore = (at: number) => refers(units[at]) || (at === last && (units[at]?.text.length ?? 0) < BRIEF);
  while (first > 0 && sameParagraph(first - 1, first) && needsMore(first) && fits(first - 1, last)) first -= 1;
  const leadsOn = (at: number) => /[::]$/.test(units[at]?.text ?? '');
  while (last + 1 < units.length && (sameParagraph(last, last + 1) || leadsOn(last)) && fits(first, last + 1)) last += 1;
  return units.slice(first, last + 1);
}

function refers(unit: Unit | undefined): boolean {
  return unit?.kind === 'sentence' && REFERS.has(fold(wordsOf(unit.text)[0] ?? ''));
}

/** The first units, as many as there is room for and one at least. */
function beginning(units: readonly Unit[]): readonly Unit[] {
  let to = 1;
  while (to < units.length && to < MOST_SENTENCES && textOf(units.slice(0, to + 1)).length <= LONGEST) to += 1;
  return units.slice(0, to);
}

function textOf(units: readonly Unit[]): string {
  let text = '';
  for (const [at, unit] of units.entries()) {
    const before = units[at - 1];
    const gap = !before ? '' : unit.kind === 'list' || before.kind === 'list' ? '\n' : before.paragraph === unit.paragraph ? ' ' : '\n\n';
    text += gap + (unit.kind === 'list' ? listText(unit) : unit.text);
  }
  return text;
}

/** A list whole; a very long one by its first items, and says that it goes on. */
function listText(unit: Unit): string {
  if (unit.text.length <= LONGEST_LIST || !unit.items) return unit.text;
  const lines: string[] = unit.lead === undefined ? [] : [unit.lead];
  for (const item of unit.items) {
    if (lines.length > 1 && [...lines, item].join('\n').length > LONGEST_LIST) break;
    lines.push(item);
  }
  return [...lines, '…'].join('\n');
}
