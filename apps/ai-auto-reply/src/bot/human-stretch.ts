import type { Capsule } from '@baton/contracts';
import { contentWords, courtesyOf, hasWord, promisesContact, sentencesOf } from '@baton/language';
import { spoken } from '../asking/spoken.js';

/** The last time a human had the visitor: who it was, from when to when, and what of his words binds whoever speaks next. */
export interface HumanStretch {
  readonly agents: readonly string[];
  /** ms */
  readonly from: number;
  readonly until: number;
  /** What was promised or decided, word for word, oldest first. */
  readonly binding: readonly { readonly name: string | null; readonly text: string; readonly at: number }[];
}

const MOST_BINDING = 20;
/** What was said so long ago (ms) may have been overtaken by events. */
const BINDS_FOR = 7 * 86_400_000;

/** The mark of a human stretch in the talk, made of what the orchestrator tells at its end. */
export function humanStretchOf({ agents, began_at, ended_at, promised, decided }: Capsule): HumanStretch {
  const lines = new Map([...promised, ...decided].map((line) => [`${line.at} ${line.text}`, line]));
  const binding = [...lines.values()]
    .map(({ name, text, at }) => ({ name: name ?? null, text: spoken(text), at: Date.parse(at) }))
    .sort((a, b) => a.at - b.at)
    .slice(-MOST_BINDING);
  return { agents, from: Date.parse(began_at), until: Date.parse(ended_at), binding };
}

/** As many words at least must be shared, and such a part of those the question is about. */
const SHARED = 2;
const PART = 0.5;

/**
 * What a human told the visitor about this already, in his own words and under his name; undefined where he did not. Beside it
 * nothing is said that a source may see otherwise. That somebody comes or calls is not said again: it is his promise, not ours.
 * @param now ms
 */
export function toldAlready(stretch: HumanStretch | null, question: string, language: string, now: number): string | undefined {
  if (!stretch || now - stretch.until > BINDS_FOR) return undefined;
  const about = [...new Set(contentWords(question, language))];
  const [best] = stretch.binding
    .flatMap(({ name, text }) => text.split(/\n+/).flatMap((line) => sentencesOf(line, language).map((sentence) => ({ name, sentence }))))
    .filter(({ sentence }) => !promisesContact(sentence) && courtesyOf(sentence) === undefined && !/[?？]\s*$/.test(sentence))
    .map((said) => ({ ...said, shared: sharedWords(about, said.sentence, language) }))
    .filter(({ shared }) => shared >= SHARED && shared >= about.length * PART)
    .reverse()
    .sort((a, b) => b.shared - a.shared);
  return best && (best.name === null ? `“${best.sentence}”` : `${best.name}: “${best.sentence}”`);
}

function sharedWords(about: readonly string[], sentence: string, language: string): number {
  const words = contentWords(sentence, language);
  return about.filter((word) => hasWord(words, word)).length;
}
