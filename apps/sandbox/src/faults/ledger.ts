import { type BotLine, type Conversation, judge, noVerdict, type Verdict } from './verdict.js';
import type { Told } from './told.js';

export type { Verdict } from './verdict.js';

/** Everything that was said and everything that was seen in one fault run, and what of it is wrong. Words are named by unique texts. */
export class Ledger {
  private readonly conversations = new Map<string, Conversation>();
  private doubts = 0;

  /** The visitor's channel took his word (it was acknowledged): somebody must hear it, whoever has the floor. */
  visitorSaid(conversation: string, word: string): void {
    this.of(conversation).said.push(word);
  }

  /** The agent's message stands in Crisp. */
  agentSaid(conversation: string, word: string): void {
    this.of(conversation).byAgent.push(word);
  }

  /** A turn was given to the bot, which heard these words and answers with `line`, or calls a human (or both). A turn may come again. */
  botTurn(conversation: string, turn: number, { heard, line, calls }: BotTurn): void {
    const { heard: all, turns, byBot } = this.of(conversation);
    const isAgain = turns.has(turn);
    turns.add(turn);
    all.push(...heard.map((word) => ({ word, isAgain })));
    if (isAgain) return;
    if (line !== undefined) byBot.push({ line });
    if (calls) byBot.push('call');
  }

  /** The bot was told that this line was not delivered, and why. */
  botRefused(conversation: string, line: string, reason: string): void {
    const said = this.of(conversation).byBot.find((one): one is BotLine => one !== 'call' && one.line === line);
    if (said) said.refused = reason;
  }

  /** A line appeared on the visitor's screen, with its place in his log; `word` is empty for lines that are no words of this run. */
  visitorSaw(conversation: string, seq: number, word: string): void {
    this.of(conversation).seen.push({ seq, word });
  }

  /** What stands in Crisp from the visitor, in its order, with the fingerprint each was posted with. */
  agentsSee(conversation: string, messages: readonly { word: string; fingerprint: number }[]): void {
    this.of(conversation).atDesk.push(...messages);
  }

  /** When the platform told of this word by web hook; told of anew, it is the later knowledge that counts. */
  wasTold(conversation: string, word: string, told: Told): void {
    this.of(conversation).told.set(word, told);
  }

  /** A message stands on the screen again, and nobody could know that it had arrived. */
  sentAgainInDoubt(): void {
    this.doubts += 1;
  }

  /** Forgets what was seen on screens and in Crisp, to be told anew; keeps what was said and what the bot heard. */
  lookAgain(): void {
    for (const conversation of this.conversations.values()) {
      conversation.seen.length = 0;
      conversation.atDesk.length = 0;
    }
    this.doubts = 0;
  }

  verdict(): Verdict {
    const verdict: Verdict = { ...noVerdict(), conversations: this.conversations.size, inDoubt: this.doubts };
    for (const [id, conversation] of this.conversations) judge(id, conversation, verdict);
    return verdict;
  }

  private of(id: string): Conversation {
    let conversation = this.conversations.get(id);
    if (!conversation) {
      conversation = { said: [], byAgent: [], byBot: [], turns: new Set(), heard: [], seen: [], atDesk: [], told: new Map() };
      this.conversations.set(id, conversation);
    }
    return conversation;
  }
}

export interface BotTurn {
  readonly heard: readonly string[];
  readonly line?: string | undefined;
  readonly calls: boolean;
}
