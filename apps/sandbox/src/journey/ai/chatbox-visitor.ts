import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@baton/testing';
import type { CrispControl, CrispMessage, CrispTranscript } from '../crisp-control.js';

const ANSWERED_WITHIN_MS = 15_000;
/** Nothing automatic is said later than this after the last thing that happened: a burst's quiet time, an answer and a look at Crisp. */
const SILENCE_MS = 2_500;

/** A visitor of Crisp's own chat box, and what agents do in his conversation. */
export class ChatboxVisitor {
  private constructor(
    private readonly crisp: CrispControl,
    readonly session: string,
  ) {}

  static async enter(crisp: CrispControl, websiteId: string, nickname: string): Promise<ChatboxVisitor> {
    const { session_id } = await crisp.call<{ session_id: string }>('POST', '/conversations', { website_id: websiteId, nickname });
    return new ChatboxVisitor(crisp, session_id);
  }

  /** Somebody whose conversation is there already. */
  static of(crisp: CrispControl, session: string): ChatboxVisitor {
    return new ChatboxVisitor(crisp, session);
  }

  async writes(...texts: string[]): Promise<void> {
    for (const text of texts) await this.crisp.call('POST', `/conversations/${this.session}/visitor-message`, { text });
  }

  async agentWrites(text: string): Promise<void> {
    await this.crisp.write(this.session, text);
  }

  async agentNotes(text: string): Promise<void> {
    await this.crisp.note(this.session, text);
  }

  async resolves(): Promise<void> {
    await this.crisp.resolve(this.session);
  }

  transcript(): Promise<CrispTranscript> {
    return this.crisp.transcript(this.session);
  }

  /** What the AI said to him, oldest first. */
  async answers(): Promise<CrispMessage[]> {
    return (await this.transcript()).messages.filter((one) => isOfAi(one) && one.type === 'text');
  }

  /** What the AI told agents. */
  async notes(): Promise<CrispMessage[]> {
    return (await this.transcript()).messages.filter((one) => isOfAi(one) && one.type === 'note');
  }

  /** Waits for so many answers in all; returns the last one. */
  answered(count = 1, within = ANSWERED_WITHIN_MS): Promise<CrispMessage> {
    return eventually(async () => (await this.answers())[count - 1], { within, every: 50, what: `answer ${count} in the chat box` });
  }

  noted(count = 1): Promise<CrispMessage> {
    return eventually(async () => (await this.notes())[count - 1], { within: ANSWERED_WITHIN_MS, what: `note ${count} of the AI` });
  }

  /** Waits as long as an answer could still come, and returns how many there are. */
  async afterSilence(ms = SILENCE_MS): Promise<number> {
    await pause(ms);
    return (await this.answers()).length;
  }
}

export function isOfAi({ origin }: CrispMessage): boolean {
  return origin.startsWith('urn:baton:ai-auto-reply');
}

export const textOf = ({ content }: CrispMessage): string => String(content);
