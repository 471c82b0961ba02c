import type { TalkLine } from '../answer.js';

/** A question longer than this is looked up by its end: what somebody wants is said last. */
const LONGEST_QUESTION = 1_000;

export interface Asked {
  /** What the visitor wrote since the last answer, oldest first. */
  readonly lines: readonly TalkLine[];
  /** The same as one text, bounded. */
  readonly text: string;
  /** Everything before it, oldest first. */
  readonly before: readonly TalkLine[];
}

/** What is asked: the visitor's lines after the last word of an agent or of ours; undefined where he said nothing since. */
export function askedOf(talk: readonly TalkLine[]): Asked | undefined {
  const last = talk.findLastIndex(({ from }) => from !== 'visitor');
  const lines = talk.slice(last + 1).filter(({ text }) => text.trim() !== '');
  if (lines.length === 0) return undefined;
  return { lines, text: endOf(lines.map(({ text }) => text.trim()).join('\n'), LONGEST_QUESTION), before: talk.slice(0, last + 1) };
}

/** The end of a text, at most so long, beginning with a whole word. */
export function endOf(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = text.slice(-longest);
  const space = end.search(/\s/);
  return (space >= 0 && space < longest / 2 ? end.slice(space) : end).trim();
}
