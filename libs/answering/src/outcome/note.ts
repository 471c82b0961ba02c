import type { Passage } from '@baton/knowledge';
import { oursOf } from '@baton/language';
import { titleOf } from '../quoted/citation.js';
import type { Asked } from '../intent/asked.js';
import { languageName } from '../language/lines.js';
import type { EarlierQuestion } from './earlier.js';
import { noteTexts } from './note-texts.js';

const LONGEST_WORDS = 400;
const LONGEST_QUESTION = 160;
const LONGEST_SOURCE = 80;
const MOST_QUESTIONS = 5;
const MOST_SOURCES = 3;

export interface NoteFacts {
  readonly reason: 'asked' | 'unsupported' | 'misses';
  readonly asked: Asked;
  /** Oldest first. */
  readonly earlier: readonly EarlierQuestion[];
  /** ISO 639-1, of the visitor. */
  readonly language: string;
  /** What was looked up for the last question without an answer, best first; undefined when nothing was. */
  readonly passages?: readonly Passage[];
}

/**
 * What an agent should know before he writes: why he is asked, what the visitor wants and asked before, what stayed without
 * an answer, what was tried, how long he waits. At most about 2,500 characters.
 */
export function noteOf(facts: NoteFacts, teamLocale: string | undefined): string {
  const team = oursOf(teamLocale) ?? 'en';
  const texts = noteTexts[team];
  const { asked, earlier, passages } = facts;
  const titles = [...new Set((passages ?? []).map(titleOf))].slice(0, MOST_SOURCES);
  return [
    texts[facts.reason],
    `${texts.wants}: “${shortened(asked.text, LONGEST_WORDS)}”`,
    facts.language === team ? undefined : `${texts.language}: ${languageName(facts.language, team)}`,
    ...earlier.slice(-MOST_QUESTIONS).map(({ text, isOpen, sources }) => {
      const named = sources.length > 0 ? ` (${shortened(sources.join('; '), LONGEST_SOURCE)})` : '';
      return `${isOpen ? texts.unanswered : texts.earlier}: “${shortened(text, LONGEST_QUESTION)}”${named}`;
    }),
    passages && `${texts.tried}: ${titles.length > 0 ? titles.join('; ') : texts.nothingFound}`,
    waiting(facts, team, texts.since),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

/** Since the first question of those at the end of the talk that stayed open, and how long that was at his last word. */
function waiting({ asked, earlier }: NoteFacts, team: string, since: string): string | undefined {
  const open = earlier.slice(earlier.findLastIndex(({ isOpen }) => !isOpen) + 1);
  const from = open[0]?.at ?? asked.lines[0]?.at;
  const until = asked.lines.at(-1)?.at;
  if (!from || !until) return undefined;
  const minutes = Math.floor((until.getTime() - from.getTime()) / 60_000);
  const [amount, unit] = minutes < 120 ? [minutes, 'minute'] : [Math.floor(minutes / 60), 'hour'];
  const lasted = amount > 0 ? ` (${new Intl.NumberFormat(team, { style: 'unit', unit, unitDisplay: 'long' }).format(amount)})` : '';
  return `${since}: ${from.toISOString().slice(0, 16).replace('T', ' ')} UTC${lasted}`;
}

function shortened(text: string, longest: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `…${line.slice(-longest).replace(/^\S*\s/, '')}`;
}
