import { setTimeout as pause } from 'node:timers/promises';
import { isOfAi } from '../journey/ai/chatbox-visitor.js';
import type { CrispControl, CrispMessage } from '../journey/crisp-control.js';
import { HELPDESK_WEBSITE } from '../platform/sandbox-crisp.js';
import type { Happened, Said } from './answer-ledger.js';

/** A question that the AI can answer, and words of its answer. */
export interface KnownQuestion {
  readonly question: string;
  readonly sign: string;
}

export interface ChatboxTalkParts {
  readonly name: string;
  readonly crisp: CrispControl;
  readonly questions: readonly KnownQuestion[];
  readonly random: () => number;
  readonly isOver: () => boolean;
}

const OPENERS = ['Hello', 'Good day', 'I have a question'];
/** So often a human answers instead of the AI. */
const HUMAN_SHARE = 0.25;
/** Then somebody new comes: the AI bounds its answers in one conversation. */
const ROUNDS = 6;
const LOOK_EVERY_MS = 300;
/** Who waits so long goes away. */
const PATIENCE_MS = 45_000;

/** One conversation of a visitor in Crisp's chat box, and what happened in it. */
export interface Episode {
  readonly session: string;
  readonly happened: Happened[];
}

/** Somebody who asks in the chat box again and again while things break; now and then a human answers. */
export class ChatboxTalk {
  readonly episodes: Episode[] = [];

  constructor(private readonly parts: ChatboxTalkParts) {}

  async run(): Promise<void> {
    while (!this.parts.isOver()) {
      const { session_id: session } = await this.parts.crisp.call<{ session_id: string }>('POST', '/conversations', {
        website_id: HELPDESK_WEBSITE,
        nickname: `${this.parts.name}-${this.episodes.length + 1}`,
      });
      const episode: Episode = { session, happened: [] };
      this.episodes.push(episode);
      for (let round = 0; round < ROUNDS && !this.parts.isOver(); round++) {
        if (this.parts.random() < HUMAN_SHARE) await this.answeredByHuman(episode);
        else if (!(await this.answeredByAi(episode))) break;
      }
    }
  }

  /** Returns whether there was an answer. */
  private async answeredByAi(episode: Episode): Promise<boolean> {
    const { question, from, at } = await this.asks(episode.session);
    episode.happened.push({ kind: 'burst', from, at, sign: question.sign });
    while (!this.parts.isOver() && Date.now() < at + PATIENCE_MS) {
      await pause(LOOK_EVERY_MS);
      if (!(await saidIn(this.parts.crisp, episode.session)).some((answer) => answer.at >= from)) continue;
      await this.breathe();
      return true;
    }
    return false;
  }

  private async answeredByHuman(episode: Episode): Promise<void> {
    const { crisp, random } = this.parts;
    const { from } = await this.asks(episode.session);
    await pause(random() * 2_500);
    const { stored_at: at } = await crisp.write(episode.session, 'A human is here.');
    const index = episode.happened.push({ kind: 'human', from, at }) - 1;
    await this.breathe();
    await this.says(episode.session, 'Thank you! When are you open?');
    await pause(3_000 + random() * 3_000);
    await crisp.resolve(episode.session);
    episode.happened[index] = { kind: 'human', from, at, until: Date.now() };
    await this.breathe();
  }

  /** One to three messages, shortly after each other. */
  private async asks(session: string): Promise<{ question: KnownQuestion; from: number; at: number }> {
    const { questions, random } = this.parts;
    const question = questions[Math.floor(random() * questions.length)]!;
    const lines = [...OPENERS.slice(0, Math.floor(random() * 3)), question.question];
    let from = 0;
    let at = 0;
    for (const line of lines) {
      if (at > 0) await pause(100 + random() * 400);
      at = await this.says(session, line);
      from ||= at;
    }
    return { question, from, at };
  }

  private async says(session: string, text: string): Promise<number> {
    const path = `/conversations/${session}/visitor-message`;
    return (await this.parts.crisp.call<CrispMessage>('POST', path, { text })).stored_at;
  }

  private breathe(): Promise<void> {
    return pause(400 + this.parts.random() * 1_200);
  }
}

/** When lines of the visitor were made whose hooks Crisp gave up, by its clock. */
export async function untoldIn(crisp: CrispControl, session: string): Promise<number[]> {
  const hooks = await crisp.hooks(session, 'message:send');
  return hooks.filter(({ fate }) => fate === 'failed').map(({ made_at: at }) => at);
}

/** What the AI said in a conversation, by Crisp's clock. */
export async function saidIn(crisp: CrispControl, session: string): Promise<Said[]> {
  const { messages } = await crisp.transcript(session);
  return messages.filter((one) => isOfAi(one) && one.type === 'text').map(({ stored_at: at, content }) => ({ at, text: String(content) }));
}
