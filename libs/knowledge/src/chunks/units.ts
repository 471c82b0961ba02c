import type { TextBlock } from './blocks.js';
import { CHUNK_SIZES, sizeOf } from './size.js';

/** What is never cut any more. */
export interface Unit {
  readonly text: string;
  readonly size: number;
  /** White space between it and what stands before it in the same block. */
  readonly join: string;
}

/** A block as units; `head` and `tail` stand around them in each piece. */
export interface UnitBlock {
  readonly units: readonly Unit[];
  readonly head: string;
  readonly headSize: number;
  readonly tail: string;
  readonly tailSize: number;
  /** Of everything, with head and tail. */
  readonly size: number;
}

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function unitsOf(block: TextBlock): UnitBlock {
  switch (block.kind) {
    case 'paragraph':
      return around(sentencesOf(block.text, CHUNK_SIZES.most));
    case 'list':
      return around([
        ...(block.intro === undefined ? [] : sentencesOf(block.intro, CHUNK_SIZES.most)),
        ...block.items.flatMap((item, at) => wholeOrSentences(item, at === 0 && block.intro === undefined ? '' : '\n', CHUNK_SIZES.most)),
      ]);
    case 'table':
      return framed(block.head, block.rows, '');
    case 'code':
      return framed(block.open, block.lines, block.close);
  }
}

/** Lines that stand under a head; a head that is too large to be repeated, or has nothing under it, is a line like the others. */
function framed(head: string, lines: readonly string[], tail: string): UnitBlock {
  const isBare = lines.length === 0 || sizeOf(head) + sizeOf(tail) > CHUNK_SIZES.head;
  const all = isBare ? [head, ...lines, tail] : lines;
  const frame = isBare ? ['', ''] : [head, tail];
  const room = CHUNK_SIZES.most - sizeOf(frame.join('\n')) - 2;
  return around(
    all.flatMap((line) => wholeOrSentences(line, '\n', room)),
    ...(frame as [string, string]),
  );
}

function around(units: readonly Unit[], head = '', tail = ''): UnitBlock {
  const [headSize, tailSize] = [sizeOf(head), sizeOf(tail)];
  const size = units.reduce((sum, unit) => sum + unit.size + unit.join.length, headSize + tailSize + 2);
  return { units, head, headSize, tail, tailSize, size };
}

function wholeOrSentences(text: string, join: string, room: number): Unit[] {
  const size = sizeOf(text);
  if (size <= room) return [{ text, size, join }];
  return sentencesOf(text, room).map((unit, at) => (at === 0 ? { ...unit, join } : unit));
}

/** Sentences; one that takes more than the room is cut between words, a word that does between signs. */
function sentencesOf(text: string, room: number): Unit[] {
  return pieces(sentences.segment(text)).flatMap((sentence) => {
    if (sentence.size <= room) return [sentence];
    return gathered(words.segment(sentence.text), sentence.join, room, signs);
  });
}

/** Parts put together as far as they fit; one that alone is too large is cut into finer ones. */
function gathered(segments: Iterable<Intl.SegmentData>, join: string, room: number, finer: Intl.Segmenter | undefined): Unit[] {
  const out: Unit[] = [];
  let text = '';
  let size = 0;
  let before = join;
  const close = (): void => {
    const trimmed = text.trim();
    if (trimmed !== '') out.push({ text: trimmed, size: sizeOf(trimmed), join: before });
    if (text !== '') before = /\s$/.test(text) ? ' ' : '';
    text = '';
    size = 0;
  };
  for (const { segment } of segments) {
    const more = sizeOf(segment);
    if (size + more > room) close();
    if (more > room) {
      out.push(...(finer ? gathered(finer.segment(segment), before, room, undefined) : letters(segment, before, room)));
      before = '';
      continue;
    }
    text += segment;
    size += more;
  }
  close();
  return out;
}

/** No more than this is the size of any one letter, whatever its script. */
const LARGEST_LETTER = 5;

/** One sign may be made of any number of letters set upon each other. */
function letters(sign: string, join: string, room: number): Unit[] {
  const all = Array.from(sign);
  const each = Math.floor(room / LARGEST_LETTER);
  return Array.from({ length: Math.ceil(all.length / each) }, (_, at) => {
    const text = all.slice(at * each, (at + 1) * each).join('');
    return { text, size: sizeOf(text), join: at === 0 ? join : '' };
  });
}

/** Segments without the white space around them, which becomes the join of the next. */
function pieces(segments: Iterable<Intl.SegmentData>): Unit[] {
  const out: Unit[] = [];
  let gap = '';
  for (const { segment } of segments) {
    const text = segment.trim();
    if (text === '') {
      gap += segment;
      continue;
    }
    const begin = segment.indexOf(text);
    const join = gap + segment.slice(0, begin);
    out.push({ text, size: sizeOf(text), join: out.length === 0 ? '' : joinOf(join) });
    gap = segment.slice(begin + text.length);
  }
  return out;
}

const joinOf = (gap: string): string => (gap.includes('\n') ? '\n' : gap === '' ? '' : ' ');
