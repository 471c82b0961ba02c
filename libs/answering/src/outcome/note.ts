import type { Passage } from '@baton/knowledge';
import type { TalkLine } from '../answer.js';
import { titleOf } from '../quoted/citation.js';
import type { Asked } from '../intent/asked.js';
import { languageName } from '../language/lines.js';
import { oursOf } from '../language/our-languages.js';
import { noteTexts } from './note-texts.js';

const LONGEST_WORDS = 400;
const LONGEST_QUESTION = 160;
const MOST_QUESTIONS = 5;
const MOST_SOURCES = 3;

export interface NoteFacts {
  readonly reason: 'asked' | 'unsupported' | 'misses';
  readonly asked: Asked;
  /** ISO 639-1, of the visitor. */
  readonly language: string;
  /** What was looked up for the last question, best first; undefined when nothing was. */
  readonly passages?: readonly Passage[];
  readonly missesBefore: number;
}

/** What an agent should know before he writes: why he is asked, what the visitor wants, what was tried. At most about 2,000 characters. */
export function noteOf(facts: NoteFacts, teamLocale: string | undefined): string {
  const team = oursOf(teamLocale) ?? 'en';
  const texts = noteTexts[team];
  const unanswered = unansweredBefore(facts.asked.before, facts.missesBefore);
  const titles = [...new Set((facts.passages ?? []).map(titleOf))].slice(0, MOST_SOURCES);
  const since = unanswered[0]?.at ?? facts.asked.lines[0]?.at;
  return [
    texts[facts.reason],
    `${texts.wants}: “${shortened(facts.asked.text, LONGEST_WORDS)}”`,
    facts.language === team ? undefined : `${texts.language}: ${languageName(facts.language, team)}`,
    ...unanswered.map(({ text }) => `${texts.unanswered}: “${shortened(text, LONGEST_QUESTION)}”`),
    facts.passages && `${texts.tried}: ${titles.length > 0 ? titles.join('; ') : texts.nothingFound}`,
    since && `${texts.since}: ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

/** The visitor's questions before this one that stayed without an answer, one for each miss, oldest first. */
function unansweredBefore(before: readonly TalkLine[], misses: number): { readonly text: string; readonly at: Date }[] {
  const questions: { text: string; at: Date }[] = [];
  let open: { text: string; at: Date } | undefined;
  for (const line of before) {
    if (line.from === 'visitor') open = { text: open ? `${open.text} ${line.text}` : line.text, at: open?.at ?? line.at };
    else if (open) {
      if (line.from === 'assistant') questions.push(open);
      open = undefined;
    }
  }
  return misses > 0 ? questions.slice(-Math.min(misses, MOST_QUESTIONS)) : [];
}

function shortened(text: string, longest: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `…${line.slice(-longest).replace(/^\S*\s/, '')}`;
}
