import { contentWords, courtesyOf, fold, hasWord, humanWanted, type OurLanguage, oursOf, wordsOf } from '@baton/language';
import type { TalkLine } from '../answer.js';
import { referenceWords } from './reference-words.js';

/** Visitor's lines that are looked back at, and words that are taken over from them. */
const MOST_LINES = 6;
const MOST_WORDS = 8;
/** Of the line of an agent that the question follows. */
const MOST_WORDS_ANSWERED = 4;
/** So few words are no sentence of their own. */
const FRAGMENT = 2;

/**
 * Whether a question leans on the talk: surely, perhaps, hardly (it has a word of its own and no sign of leaning), or not. All
 * but the last are looked up both ways.
 */
export type Leaning = 'leans' | 'perhaps' | 'hardly' | 'stands';

/**
 * How far a question can be understood without what was said before it: by words that stand for others, by how it begins,
 * and by how much it names itself. A question that names enough begins a topic of its own.
 * @param answersQuestion an agent asked the visitor something right before it
 */
export function leaningOf(question: string, language: string, answersQuestion = false): Leaning {
  const { pronouns, openings } = wordsThatRefer(oursOf(language) ?? 'en');
  const words = withoutArticles(wordsOf(question), language).map(fold);
  const opened = openings.find((opening) => opening.every((word, at) => words[at] === word));
  const rest = words.slice(opened?.length ?? 0);
  const names = namesOf(question, language).length;
  const refers = rest.some((word) => pronouns.has(word)) && rest.length > 1;
  if (names === 0) return 'leans';
  if (answersQuestion && names <= 4) return question.includes('?') ? 'perhaps' : 'leans';
  if (opened && names <= 2) return 'leans';
  if (refers && names <= 2) return 'leans';
  if ((opened || refers) && names <= 4) return 'perhaps';
  if (names === 1) return words.length <= FRAGMENT ? 'perhaps' : 'hardly';
  return 'stands';
}

/** The folded words by which a text says itself what it is about. */
function namesOf(text: string, language: string): string[] {
  const { pronouns } = wordsThatRefer(oursOf(language) ?? 'en');
  return contentWords(text, language).filter((word) => !pronouns.has(word));
}

/** In German what looks like a pronoun is an article where a noun follows. */
function withoutArticles(words: readonly string[], language: string): readonly string[] {
  if (language !== 'de') return words;
  return words.filter((word, at) => !/^(?:der|die|das|den|dem)$/i.test(word) || !/^\p{Lu}/u.test(words[at + 1] ?? ''));
}

/**
 * The words that the talk is about, at most {@link MOST_WORDS}, as they were written: those of the visitor's last question
 * that stood by itself and of those that leaned on it, then of what an agent said right before the question.
 * @param before the talk before the question, oldest first
 */
function topicOf(before: readonly TalkLine[], question: string, language: string): string[] {
  const topic: string[] = [];
  const take = (text: string, most: number) => {
    let taken = 0;
    for (const word of namingWords(text, language)) {
      if (taken >= most || topic.length >= MOST_WORDS) return;
      if (hasWord([...topic, ...wordsOf(question)].map(fold), fold(word))) continue;
      topic.push(word);
      taken += 1;
    }
  };
  const lines = before
    .filter(({ from }) => from === 'visitor')
    .slice(-2 * MOST_LINES)
    .filter(({ text }) => !courtesyOf(text) && !humanWanted(text))
    .slice(-MOST_LINES);
  const stood = lines.findLastIndex(({ text }) => leaningOf(text, language) === 'stands');
  for (const { text } of stood >= 0 ? lines.slice(stood) : lines) take(text, MOST_WORDS);
  const answered = before.at(-1);
  if (answered?.from === 'agent') take(answered.text, MOST_WORDS_ANSWERED);
  return topic;
}

export interface Rewritten {
  /** The question with what it leans on, to be looked up. */
  readonly question: string;
  readonly leaning: Exclude<Leaning, 'stands'>;
  /** What the question names itself, folded. */
  readonly names: readonly string[];
}

/** A follow-up question with the topic it leans on; undefined when it stands by itself or nothing was said before. */
export function withTopic(question: string, before: readonly TalkLine[], language: string): Rewritten | undefined {
  const last = before.at(-1);
  if (!last) return undefined;
  const leaning = leaningOf(
    question,
    language,
    last.from === 'agent' && /\?\s*$/.test(last.text) && before.some(({ from }) => from === 'visitor'),
  );
  if (leaning === 'stands') return undefined;
  const topic = topicOf(before, question, language);
  return topic.length === 0 ? undefined : { question: `${topic.join(' ')}: ${question}`, leaning, names: namesOf(question, language) };
}

function namingWords(text: string, language: string): string[] {
  const { pronouns } = wordsThatRefer(oursOf(language) ?? 'en');
  return wordsOf(text).filter((word) => contentWords(word, language).some((content) => !pronouns.has(content)));
}

interface Referring {
  readonly pronouns: ReadonlySet<string>;
  /** Longest first. */
  readonly openings: readonly (readonly string[])[];
}

const referring = new Map<OurLanguage, Referring>();

function wordsThatRefer(language: OurLanguage): Referring {
  let known = referring.get(language);
  if (!known) {
    const { pronouns, openings } = referenceWords[language];
    known = {
      pronouns: new Set(pronouns.split(' ').map(fold)),
      openings: openings
        .split(',')
        .map((opening) => wordsOf(opening).map(fold))
        .sort((a, b) => b.length - a.length),
    };
    referring.set(language, known);
  }
  return known;
}
