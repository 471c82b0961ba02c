import type { Citation } from '../answer.js';
import { addressesOf } from '../guards/addresses.js';
import { ordersMachine } from '../guards/injection.js';
import { lineOf, type Voice } from '../language/lines.js';
import { sourceLines } from './citation.js';

const LONGEST_NAMED = 160;

/** The answer to one of several questions. */
export interface Part {
  /** As the visitor asked it. */
  readonly asked: string;
  readonly text: string;
  readonly citations: readonly Citation[];
}

/** Answers to several questions, each under its question and with its own sources. */
export function answeredParts(parts: readonly Part[], voice: Voice, areCited: boolean): string {
  return parts
    .map(({ asked, text, citations }) =>
      [named(asked), text, areCited ? sourceLines(citations, voice) : ''].filter((line) => line !== '').join('\n'),
    )
    .join('\n\n');
}

/** Says which questions stay open; ends with the offer of a human. */
export function openPart(asked: readonly string[], voice: Voice): string {
  return [...asked.map(named), lineOf('unknown', voice)].join('\n');
}

/** The visitor's own words, where they lead nowhere: what he wrote is not made ours by repeating it. */
function named(asked: string): string {
  const { links, emails, phones } = addressesOf(asked);
  const isHarmless = asked.length <= LONGEST_NAMED && links.length + emails.length + phones.length === 0 && !ordersMachine(asked);
  return isHarmless ? `“${asked.replace(/\s+/g, ' ').trim()}”` : '“…”';
}
