import type { BotMessage, DeclineReason, HandoverTexts } from '@baton/contracts';
import type { FloorPolicy } from '../floor/policy.js';
import { voiceFor } from './voice.js';
import type { Speaker, Voice } from './voice.js';
import { whenInWords } from './when.js';

export type TextName = Exclude<keyof HandoverTexts, 'keepAlive'>;

/** What stands in braces in a line. */
export type Values = Readonly<Partial<Record<'agent' | 'email' | 'minutes' | 'count', string | number>>> & {
  /** ms; said as people say it, in the language of the line. */
  readonly time?: number | undefined;
};

/** How Baton speaks to one visitor; whose lines he hears in which language tells {@link voiceFor}. */
export class Wording {
  private readonly voice: Voice;

  /**
   * @param policy of the bot
   * @param locale the visitor's, as his channel tells it; null: nobody knows
   * @param now ms
   */
  constructor(
    private readonly policy: Pick<FloorPolicy, 'handover' | 'locale'>,
    locale: string | null,
    private readonly now: number,
  ) {
    this.voice = voiceFor(policy, locale);
  }

  say(name: TextName, values: Values = {}): string {
    const lines = this.voice.speakers.flatMap((speaker) => {
      const text = speaker.texts[name];
      return text === undefined ? [] : [{ speaker, text }];
    });
    const { text, speaker } = known(lines, values)!;
    return this.filled(text, values, speaker);
  }

  /** Said one after the other while a visitor waits. */
  get keepAlive(): readonly string[] {
    return this.voice.speakers.find(({ texts }) => texts.keepAlive !== undefined)?.texts.keepAlive ?? [];
  }

  get backToBot(): string {
    return this.voice.ours.backToBot;
  }

  get useAddress(): string {
    return this.voice.ours.useAddress;
  }

  get otherAddress(): string {
    return this.voice.ours.otherAddress;
  }

  get leaveWords(): readonly string[] {
    return this.voice.ours.leaveWords;
  }

  /**
   * What the bot says when no human can be promised: the line of this reason, then the general one, first in the visitor's language.
   * @param reason null: nothing more is said than that
   */
  noAgent(reason: DeclineReason | null, values: Values = {}): BotMessage {
    const lines = this.voice.speakers.flatMap((speaker) =>
      linesOf(speaker, reason).map((message) => ({ speaker, message, text: message.text })),
    );
    const { message, speaker } = known(lines, values)!;
    return { ...message, text: this.filled(message.text, values, speaker) };
  }

  private filled(text: string, values: Values, { language }: Speaker): string {
    return text.replace(BRACES, (whole, name: keyof Values) => {
      if (name !== 'time') return String(values[name] ?? whole);
      if (values.time === undefined) return whole;
      return whenInWords(values.time, this.now, { language, timeZone: this.policy.handover.hours?.timeZone });
    });
  }
}

const BRACES = /\{(agent|email|time|minutes|count)\}/g;

/** The first line of which everything in braces is known, so that nobody is shown braces; else the last one. */
function known<Line extends { readonly text: string }>(lines: readonly Line[], values: Values): Line | undefined {
  return (
    lines.find(({ text }) => [...text.matchAll(BRACES)].every(([, name]) => values[name as keyof Values] !== undefined)) ?? lines.at(-1)
  );
}

function linesOf({ noAgentMessages, noAgentMessage, onlyRich }: Speaker, reason: DeclineReason | null): BotMessage[] {
  const lines = [reason === null ? undefined : noAgentMessages[reason], noAgentMessage]
    .filter((line) => line !== undefined)
    .map((line) => (typeof line === 'string' ? { text: line } : line));
  return onlyRich ? lines.slice(0, 1).filter((line) => line.quick_replies && line.quick_replies.length > 0) : lines;
}
