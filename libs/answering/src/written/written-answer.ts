import { randomBytes } from 'node:crypto';
import type { Passage } from '@baton/knowledge';
import type { Verdict } from '../answer.js';
import { AnsweringError } from '../errors.js';
import { evidenceOf, isTranslated } from '../guards/evidence.js';
import { judgeWritten } from '../guards/guards.js';
import { isQuoteOf } from '../guards/quotes.js';
import type { Mask } from '../masking/mask.js';
import { complete, type ChatModel } from './chat-model.js';
import { answerPrompt, shownPassages, type ShownTalk } from './prompt.js';
import { readReply } from './read-reply.js';

/** Characters of an answer that are read; guards shorten it further. */
const LONGEST_ANSWER = 4_000;

export interface WrittenRequest {
  readonly model: ChatModel;
  /** Best first, without orders to machines. */
  readonly passages: readonly Passage[];
  /** As the model may see it. */
  readonly talk: ShownTalk;
  /** What the visitor wrote, as it was, for the guards. */
  readonly visitor: string;
  /** E-mail addresses and numbers that the caller knows of him. */
  readonly known: readonly string[];
  readonly language: string;
  readonly botName: string;
  /** Undefined when personal data may be seen. */
  readonly mask: Mask | undefined;
  readonly signal: AbortSignal;
}

/** What came of asking a model; every way ends with verdicts. */
export type Written =
  | { readonly kind: 'answer'; readonly text: string; readonly used: readonly Passage[]; readonly verdicts: readonly Verdict[] }
  /** The model says that the passages do not answer, or that a person must. */
  | { readonly kind: 'unsupported'; readonly needsHuman: boolean; readonly verdicts: readonly Verdict[] }
  /** It could not be asked, or what it wrote may not be said. */
  | { readonly kind: 'refused'; readonly verdicts: readonly Verdict[] };

/**
 * Has a model write an answer from passages and judges it. Never throws but with what the caller's signal was aborted with.
 */
export async function writtenAnswer(request: WrittenRequest): Promise<Written> {
  const { model, language, mask } = request;
  const shown = shownPassages(request.passages);
  const secret = `b${randomBytes(6).toString('hex')}`;
  let said: string;
  try {
    said = await complete(model, answerPrompt(shown, request.talk, language, secret), model.timeoutMs, request.signal);
  } catch (error) {
    request.signal.throwIfAborted();
    return refused([
      { rule: 'model', passed: false, of: 'model', detail: error instanceof AnsweringError ? `${error.code}: ${error.message}` : 'failed' },
    ]);
  }
  const reply = readReply(said);
  if (!reply) return refused([{ rule: 'model', passed: false, of: 'model', detail: 'answering.model-unreadable' }]);
  const answered: Verdict = { rule: 'model', passed: true, of: 'model' };
  const supported = reply.supported && reply.answer.trim() !== '';
  const own: Verdict = { rule: 'supported', passed: supported, of: 'model', ...(reply.needs_human ? { detail: 'asks for a person' } : {}) };
  if (!supported) return { kind: 'unsupported', needsHuman: reply.needs_human, verdicts: [answered, own] };

  const answer = reply.answer.slice(0, LONGEST_ANSWER);
  const used = usedOf(shown, reply.used, reply.quotes);
  const evidence = evidenceOf(used, request.visitor, language, request.botName, request.known);
  const { text, verdicts } = judgeWritten(mask ? mask.restore(answer) : answer, evidence, secret);
  const quoted = !isTranslated(evidence) || reply.quotes.some((quote) => isQuoteOf(quote, evidence.passages));
  const all: Verdict[] = [answered, own, { rule: 'quotes', passed: quoted, of: 'model' }, ...verdicts];
  return text === undefined || !quoted ? refused(all) : { kind: 'answer', text, used, verdicts: all };
}

function refused(verdicts: readonly Verdict[]): Written {
  return { kind: 'refused', verdicts };
}

/** The passages the model names and those it quotes; the best when it does neither. */
function usedOf(
  shown: readonly { readonly passage: Passage; readonly text: string }[],
  numbers: readonly number[],
  quotes: readonly string[],
): Passage[] {
  const used = shown.filter(({ text }, at) => numbers.includes(at + 1) || quotes.some((quote) => isQuoteOf(quote, text)));
  return (used.length > 0 ? used : shown.slice(0, 1)).map(({ passage }) => passage);
}
