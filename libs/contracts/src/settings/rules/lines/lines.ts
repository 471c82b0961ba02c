import type { BotMessage } from '../../../bot-events/bot-events.js';
import type { DeclineReason } from '../../../handovers/handovers.js';
import type { HandoverTexts } from '../../handover.js';
import type { Speaker, Voice } from './voice.js';
import { whenInWords } from './when.js';

export type TextName = Exclude<keyof HandoverTexts, 'keepAlive'>;

/** What stands in braces in a line. */
export type LineValues = Readonly<Partial<Record<'agent' | 'email' | 'minutes' | 'count', string | number>>> & {
  /** ms; said as people say it, in the language of the line. */
  readonly time?: number | undefined;
};

/** A line that may be said, and whose it is. */
export interface SpokenText {
  readonly text: string;
  readonly speaker: Speaker;
}

/** A message for when nobody can be promised. */
export interface NoAgentLine extends SpokenText {
  readonly message: BotMessage;
  /** Written for every reason, not for this one. */
  readonly isGeneral: boolean;
}

const BRACES = /\{(agent|email|time|minutes|count)\}/g;

/** Everybody's line of this name, in the order in which they are preferred; the last one is ours. */
export function textLines({ speakers }: Voice, name: TextName): SpokenText[] {
  return speakers.flatMap((speaker) => {
    const text = speaker.texts[name];
    return text === undefined ? [] : [{ speaker, text }];
  });
}

/** What is said one after the other while a visitor waits, and by whom. */
export function keepAliveLines({ speakers }: Voice): { readonly texts: readonly string[]; readonly speaker: Speaker } | undefined {
  const speaker = speakers.find(({ texts }) => texts.keepAlive !== undefined);
  return speaker && { texts: speaker.texts.keepAlive!, speaker };
}

/**
 * What may be said when no human can be promised, in the order in which it is preferred: first in the visitor's language, and of each
 * speaker the line of this reason, then his general one.
 * @param reason null: nothing more is said than that
 */
export function noAgentLines({ speakers }: Voice, reason: DeclineReason | null): NoAgentLine[] {
  return speakers.flatMap((speaker) => {
    const { noAgentMessages, noAgentMessage, onlyRich } = speaker;
    const own = reason === null ? undefined : noAgentMessages[reason];
    const lines = [
      { line: own, isGeneral: false },
      { line: noAgentMessage, isGeneral: true },
    ].flatMap(({ line, isGeneral }): NoAgentLine[] => {
      if (line === undefined) return [];
      const message = typeof line === 'string' ? { text: line } : line;
      return [{ message, text: message.text, isGeneral, speaker }];
    });
    return onlyRich ? lines.slice(0, 1).filter(({ message }) => message.quick_replies && message.quick_replies.length > 0) : lines;
  });
}

/** The first line of which everything in braces is known, so that nobody is shown braces; else the last one. */
export function sayable<Line extends { readonly text: string }>(lines: readonly Line[], values: LineValues): Line | undefined {
  return (
    lines.find(({ text }) => [...text.matchAll(BRACES)].every(([, name]) => values[name as keyof LineValues] !== undefined)) ?? lines.at(-1)
  );
}

/**
 * A line with what stands in its braces; what is not known stays as it is.
 * @param o.language of the line, BCP 47
 * @param o.now ms
 * @param o.timeZone of the team
 */
export function filledLine(
  text: string,
  values: LineValues,
  o: { readonly language: string; readonly now: number; readonly timeZone?: string | undefined },
): string {
  return text.replace(BRACES, (whole, name: keyof LineValues) => {
    if (name !== 'time') return String(values[name] ?? whole);
    return values.time === undefined ? whole : whenInWords(values.time, o.now, o);
  });
}
