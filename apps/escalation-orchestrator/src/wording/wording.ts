import { filledLine, keepAliveLines, noAgentLines, sayable, textLines, voiceFor } from '@baton/contracts';
import type { BotMessage, DeclineReason, LineValues, Speaker, TextName, Voice } from '@baton/contracts';
import type { FloorPolicy } from '../floor/policy.js';

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

  say(name: TextName, values: LineValues = {}): string {
    const { text, speaker } = sayable(textLines(this.voice, name), values)!;
    return this.filled(text, values, speaker);
  }

  /** Said one after the other while a visitor waits. */
  get keepAlive(): readonly string[] {
    return keepAliveLines(this.voice)?.texts ?? [];
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
  noAgent(reason: DeclineReason | null, values: LineValues = {}): BotMessage {
    const { message, speaker } = sayable(noAgentLines(this.voice, reason), values)!;
    return { ...message, text: this.filled(message.text, values, speaker) };
  }

  private filled(text: string, values: LineValues, { language }: Speaker): string {
    return filledLine(text, values, { language, now: this.now, timeZone: this.policy.handover.hours?.timeZone });
  }
}
