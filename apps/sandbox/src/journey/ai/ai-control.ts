import { eventually } from '@baton/testing';
import { BotSources } from '../../knowledge/load-knowledge.js';

/** An answer as the AI's door lists it. */
export interface AnswerReceipt {
  readonly answerId: string;
  readonly sessionId?: string;
  readonly kind: string;
  readonly state: 'planned' | 'posted' | 'dropped' | 'suggested' | 'shadow' | 'failed';
  readonly why?: string;
  readonly text: string;
  readonly trace: { readonly support: number; readonly by: string; readonly question: string } | null;
}

/** The AI's door, of one bot. */
export class AiControl {
  readonly sources: BotSources;

  constructor(
    readonly ai: string,
    readonly botId: string,
    apiKey: string,
  ) {
    this.sources = new BotSources(ai, botId, apiKey);
  }

  async receipts(session: string): Promise<AnswerReceipt[]> {
    return (await this.sources.call<{ answers: AnswerReceipt[] }>('GET', `/answers?session=${session}`)).answers;
  }

  /** Waits for an answer that ended so. */
  receipt(session: string, state: AnswerReceipt['state']): Promise<AnswerReceipt> {
    return eventually(async () => (await this.receipts(session)).find((one) => one.state === state), {
      within: 15_000,
      what: `an answer of ${this.botId} that is ${state}`,
    });
  }

  async asked(question: string): Promise<{ kind: string; text: string; citations?: { sourceId: string }[] }> {
    const { answer } = await this.sources.call<{ answer: { kind: string; text: string } }>('POST', '/ask', { question });
    return answer;
  }

  /** Makes the bot know these pairs; returns the source's id when they can be found. */
  async learns(title: string, pairs: readonly { question: string; answer: string }[]): Promise<string> {
    const { source } = await this.sources.put({
      title,
      key: `journey:${title.replaceAll(' ', '-')}`,
      json: { kind: 'pairs', title, pairs },
    });
    await eventually(async () => (await this.sources.list()).some(({ id, state }) => id === source.id && state === 'ready'), {
      within: 30_000,
      what: `${this.botId} having read "${title}"`,
    });
    return source.id;
  }
}
