import { AnsweringError, complete } from '@baton/answering';
import type { ChatModel } from '@baton/answering';

/** What became of one short question to a model. */
export interface TriedModel {
  readonly works: boolean;
  readonly tookMs: number;
  /** Why not, such as `answering.model-refused`; null when it works. */
  readonly code: string | null;
  /** The HTTP status of a refusal, where there was one. */
  readonly status: number | null;
}

/** Enough for an endpoint that must first load its model (ms). */
const PATIENCE_MS = 10_000;

/** Asks a model for one word, as answers are asked for; nothing of what it says is given on. */
export async function tryModel(model: Pick<ChatModel, 'baseUrl' | 'model' | 'apiKey'>, now: () => number = Date.now): Promise<TriedModel> {
  const began = now();
  const chat = { ...model, timeoutMs: PATIENCE_MS, maxTokens: 64 };
  try {
    await complete(chat, [{ role: 'user', content: 'Say: ready' }], PATIENCE_MS, new AbortController().signal);
    return { works: true, tookMs: now() - began, code: null, status: null };
  } catch (error) {
    if (!(error instanceof AnsweringError)) throw error;
    const status = (error.cause as { status?: unknown } | undefined)?.status;
    return { works: false, tookMs: now() - began, code: error.code, status: typeof status === 'number' ? status : null };
  }
}
