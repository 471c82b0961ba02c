import { boundedFetch, isTooLate } from '@baton/outside';
import OpenAI, { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { AnsweringError } from '../errors.js';

export interface ChatModel {
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey?: string;
  readonly timeoutMs: number;
  readonly maxTokens: number;
  /** Told what a request cost, where the endpoint says so. */
  readonly onSpent?: (tokens: Tokens) => void;
}

/** What a model read and wrote, in its own tokens. */
export interface Tokens {
  readonly read: number;
  readonly written: number;
}

export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** Newer models at OpenAI know another name for the limit and no temperature; most other servers know only the old one. */
type Dialect = 'common' | 'newer';
const dialects = new Map<string, Dialect>();
const MOST_DIALECTS = 1_000;
/** Of what the endpoint answers; many times the longest answer. */
const MAX_ANSWER_BYTES = 1_048_576;

/**
 * What a model behind an OpenAI-compatible endpoint says to these messages; tried once, because the words of a source can be
 * said in the time of a second try.
 * @param withinMs how long it may take at most
 * @throws AnsweringError `answering.model-late`, `answering.model-unreachable`, `answering.model-refused` (the status is told) or
 *   `answering.model-unreadable` (an empty, cut or far too long answer)
 * @throws whatever the caller's signal was aborted with
 */
export async function complete(model: ChatModel, messages: readonly ChatMessage[], withinMs: number, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(Math.max(1, Math.round(withinMs)));
  const either = AbortSignal.any([signal, deadline]);
  const key = `${model.baseUrl} ${model.model}`;
  try {
    return await ask(model, messages, dialects.get(key) ?? 'common', either).catch((error: unknown) => {
      if (!(error instanceof APIError) || error.status !== 400 || dialects.has(key) || !/max_tokens|temperature/.test(error.message))
        throw error;
      if (dialects.size < MOST_DIALECTS) dialects.set(key, 'newer');
      return ask(model, messages, 'newer', either);
    });
  } catch (error) {
    signal.throwIfAborted();
    throw deadline.aborted
      ? new AnsweringError('answering.model-late', `no answer within ${Math.round(withinMs)} ms`, { cause: error })
      : told(error);
  }
}

async function ask(model: ChatModel, messages: readonly ChatMessage[], dialect: Dialect, signal: AbortSignal): Promise<string> {
  const client = new OpenAI({
    baseURL: model.baseUrl,
    apiKey: model.apiKey ?? 'none',
    maxRetries: 0,
    timeout: model.timeoutMs,
    fetch: boundedFetch({ maxBytes: MAX_ANSWER_BYTES, timeoutMs: model.timeoutMs }),
    logLevel: 'off',
    ...(model.apiKey === undefined ? { defaultHeaders: { Authorization: null } } : {}),
  });
  const limits = dialect === 'common' ? { max_tokens: model.maxTokens, temperature: 0 } : { max_completion_tokens: model.maxTokens };
  const completion = await client.chat.completions.create(
    { model: model.model, messages: [...messages], stream: false, ...limits },
    { signal },
  );
  const { prompt_tokens: read, completion_tokens: written } = completion.usage ?? {};
  if (Number.isSafeInteger(read) && Number.isSafeInteger(written)) model.onSpent?.({ read: read!, written: written! });
  const choice = completion.choices?.[0];
  const content = choice?.message?.content;
  if (typeof content !== 'string' || content.trim() === '')
    throw new AnsweringError('answering.model-unreadable', 'the model said nothing');
  return content;
}

/** What went wrong, without words of the model or the visitor. */
function told(error: unknown): AnsweringError {
  if (error instanceof AnsweringError) return error;
  if (error instanceof APIConnectionTimeoutError || error instanceof APIUserAbortError || isTooLate(error))
    return new AnsweringError('answering.model-late', 'no answer in time', { cause: error });
  if (error instanceof APIError && typeof error.status === 'number')
    return new AnsweringError('answering.model-refused', `the model's endpoint answered ${error.status}`, { cause: error });
  if (error instanceof APIError)
    return new AnsweringError('answering.model-unreachable', "the model's endpoint cannot be reached", { cause: error });
  return new AnsweringError('answering.model-unreadable', 'what the endpoint answered is no completion', { cause: error });
}
