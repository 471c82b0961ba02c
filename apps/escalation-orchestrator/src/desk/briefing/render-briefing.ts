import { whenInWords } from '@baton/contracts';
import type { Cause, Channel } from '@baton/contracts';
import { courtesyOf, humanWanted, withoutCourtesy } from '@baton/language';
import { CHANNEL_NAMES, beginningOf } from '../../floor/failure-words.js';
import { causeInWords } from '../../floor/cause-in-words.js';

/** What was said to and by the bot before a human was asked for, in order. */
export interface BriefedLine {
  readonly speaker: 'visitor' | 'bot';
  readonly text: string;
}

export interface PreviousHandover {
  /** ms; null while it has not ended. */
  readonly endedAt: number | null;
  readonly outcome: string | null;
  readonly agentName: string | null;
}

/** All that a briefing is made of. */
export interface Briefing {
  readonly cause: Cause;
  readonly reason: string | null;
  readonly category: string | null;
  /** BCP 47, as his channel tells it. */
  readonly locale: string | null;
  /** Since when he waits (ms). */
  readonly since: number;
  readonly channel: Channel;
  /** The last of them. */
  readonly lines: readonly BriefedLine[];
  /** How many there were. */
  readonly lineCount: number;
  /** The bot tells by a note of its own what it tried. */
  readonly hasBotNote: boolean;
  /** How many handovers the visitor had before, and the last of them. */
  readonly previousCount: number;
  readonly previous: PreviousHandover | null;
  /** To the whole conversation. */
  readonly link: string;
  /** IANA; undefined: UTC. */
  readonly timeZone: string | undefined;
  /** Agents may command by notes. */
  readonly commands: boolean;
}

/** The longest that parts of it are told (characters); all together fit into one note. */
const LONGEST = { reason: 300, category: 64, question: 300, botLine: 160, name: 60 } as const;
/** Lines of the bot told at most. */
const BOT_LINES = 3;

const ENDS: Readonly<Record<string, string>> = {
  resolved: 'resolved',
  declined: 'nobody was available',
  'timed-out': 'nobody answered in time',
  cancelled: 'he went back to the bot',
  'followed-up': 'an answer by e-mail was promised',
};

/** What the agent should know at the beginning, in one private note of at most 1,900 characters; the link comes last and whole. */
export function renderBriefing(briefing: Briefing, now: number): string {
  const at = (time: number) => whenInWords(time, now, { language: 'en', timeZone: briefing.timeZone });
  const { cause, reason, category, locale, channel, since, link, commands } = briefing;
  return [
    `${causeInWords({ ...cause, detail: cause.detail && beginningOf(cause.detail, LONGEST.name) })}.`,
    ...(reason === null ? [] : [`Reason: ${beginningOf(reason, LONGEST.reason)}`]),
    ...(category === null ? [] : [`Category: ${beginningOf(category, LONGEST.category)}`]),
    `He ${locale === null ? '' : `speaks ${languageName(locale)}, `}writes in ${CHANNEL_NAMES[channel]} and waits since ${at(since)}.`,
    ...question(briefing.lines),
    ...talk(briefing),
    ...earlier(briefing, at),
    ...(commands ? ['Write the private note !help to see what you can tell me here.'] : []),
    `The whole conversation: ${link}`,
  ].join('\n');
}

/** His last question, and what he wrote since; courtesy and the wish for a human say nothing of what he wants. */
function question(lines: readonly BriefedLine[]): string[] {
  const said = lines.filter(({ speaker, text }) => speaker === 'visitor' && text.trim() !== '').map(({ text }) => text);
  const last = said.at(-1);
  if (last === undefined) return [];
  const wants = said.filter((text) => courtesyOf(text) === undefined && !humanWanted(text));
  const asked = wants.findLast((text) => /[?？؟]/.test(text));
  const wrote = wants.at(-1) ?? last;
  const quoted = (text: string, longest: number) => `“${beginningOf(withoutCourtesy(text), longest)}”`;
  if (asked === undefined) return [`He wrote last: ${quoted(wrote, LONGEST.question)}`];
  const since = wrote === asked ? '' : `, and last he wrote: ${quoted(wrote, LONGEST.botLine)}`;
  return [`His last question: ${quoted(asked, LONGEST.question)}${since}`];
}

function talk({ lines, lineCount, hasBotNote }: Briefing): string[] {
  if (lineCount === 0) return ['He has not talked with the bot before.'];
  const count = lineCount === 1 ? 'One line was exchanged' : `${lineCount} lines were exchanged`;
  const tried = hasBotNote ? [] : lines.filter(({ speaker, text }) => speaker === 'bot' && text.trim() !== '').slice(-BOT_LINES);
  if (tried.length === 0) return [`${count} with the bot.`];
  return [`${count} with the bot; what it said last:`, ...tried.map(({ text }) => `• ${beginningOf(text, LONGEST.botLine)}`)];
}

function earlier({ previousCount, previous }: Briefing, at: (time: number) => string): string[] {
  if (previousCount === 0 || previous === null) return [];
  const { endedAt, outcome, agentName } = previous;
  const last = [
    ...(agentName === null ? [] : [`with ${beginningOf(agentName, LONGEST.name)}`]),
    ...(endedAt === null ? [] : [`it ended ${at(endedAt)}`]),
    ...(outcome === null ? [] : [ENDS[outcome] ?? outcome]),
  ].join(', ');
  return [
    `He was handed over ${previousCount === 1 ? 'once' : `${previousCount} times`} before${last === '' ? '' : `; the last time ${last}`}.`,
  ];
}

const names = new Intl.DisplayNames(['en'], { type: 'language' });

function languageName(locale: string): string {
  try {
    return `${names.of(locale.replaceAll('_', '-')) ?? locale} (${locale})`;
  } catch {
    return beginningOf(locale, LONGEST.name);
  }
}
