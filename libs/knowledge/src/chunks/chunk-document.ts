import { createHash } from 'node:crypto';
import { languageOf } from '../language.js';
import { blocksOf } from './blocks.js';
import type { ExtractedDocument, NewChunk } from './chunk.js';
import { pack } from './pack.js';
import { CHUNK_SIZES, sizeOf } from './size.js';
import { unitsOf } from './units.js';

/** A pair of question and answer as a support team writes it. */
export interface KnowledgePair {
  readonly question: string;
  readonly answer: string;
  readonly url?: string;
  /** Where it belongs, outermost first. */
  readonly titlePath?: readonly string[];
}

/** Fewer letters tell nothing of a language that can be relied on. */
const LETTERS_FOR_LANGUAGE = 40;
const LETTER = /\p{L}/gu;

/**
 * Cuts a document into chunks. No chunk reaches over a heading, so a change in one section leaves the chunks of the others, and their
 * hashes, as they were. Nothing of the text is left out; header rows and fences come again in each piece of their block.
 */
export function chunkDocument(document: ExtractedDocument, options: { readonly language?: string } = {}): NewChunk[] {
  const bare = document.sections.flatMap(({ titlePath, text }) => {
    const place = { titlePath: titlesOf(document.title, titlePath), ...(document.url !== undefined && { url: document.url }) };
    return pack(blocksOf(text).map(unitsOf)).map((piece) => ({ ...place, text: piece }));
  });
  return finished(bare, options.language);
}

/** Chunks of pairs; an answer too long for one is cut, and each piece keeps the question. */
export function chunkPairs(pairs: readonly KnowledgePair[], title: string, options: { readonly language?: string } = {}): NewChunk[] {
  const bare = pairs.flatMap(({ question, answer, url, titlePath }) => {
    const place = { titlePath: titlesOf(title, titlePath ?? []), question: question.trim(), ...(url !== undefined && { url }) };
    const texts = sizeOf(answer) <= CHUNK_SIZES.answer ? [answer.trim()] : pack(blocksOf(answer).map(unitsOf));
    return texts.map((text) => ({ ...place, text }));
  });
  return finished(bare, options.language);
}

/** The document's own title above its headings, unless the first of them says the same. */
function titlesOf(title: string, headings: readonly string[]): string[] {
  const all = [title, ...headings].map((one) => one.trim()).filter((one) => one !== '');
  return all.filter((one, at) => at === 0 || one.toLowerCase() !== all[at - 1]!.toLowerCase());
}

type Bare = Omit<NewChunk, 'contentHash' | 'language'>;

/** Chunks whose language cannot be told by themselves speak the one of most of their document. */
function finished(bare: readonly Bare[], given: string | undefined): NewChunk[] {
  const number = repeats();
  const own = bare.map(({ text, question }) => languageOfEnough(question === undefined ? text : `${question}\n${text}`));
  const fallback = given ?? mostSpoken(bare.map(({ text }, at) => [own[at], sizeOf(text)]));
  return bare.map((chunk, at) => {
    const language = own[at] ?? fallback;
    return number({ ...chunk, ...(language !== undefined && { language }) });
  });
}

function languageOfEnough(text: string): string | undefined {
  return (text.match(LETTER)?.length ?? 0) < LETTERS_FOR_LANGUAGE && sizeOf(text) < 2 * LETTERS_FOR_LANGUAGE ? undefined : languageOf(text);
}

function mostSpoken(said: readonly (readonly [string | undefined, number])[]): string | undefined {
  const sizes = new Map<string, number>();
  for (const [language, size] of said) if (language !== undefined) sizes.set(language, (sizes.get(language) ?? 0) + size);
  return [...sizes].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Gives hashes; what stands in one place twice, word for word, is told apart by its number. */
function repeats(): (chunk: Omit<NewChunk, 'contentHash'>) => NewChunk {
  const seen = new Map<string, number>();
  return (chunk) => {
    const { titlePath, text, question, url, language } = chunk;
    const content = JSON.stringify([titlePath, question ?? null, text, url ?? null, language ?? null]);
    const number = seen.get(content) ?? 0;
    seen.set(content, number + 1);
    const contentHash = createHash('sha256')
      .update(number === 0 ? content : `${number}:${content}`)
      .digest('hex');
    return { contentHash, ...chunk };
  };
}
