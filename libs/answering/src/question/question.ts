import { withoutCourtesy } from '@baton/language';
import type { AnswerRequest } from '../answer.js';
import { withTopic, type Rewritten } from './follow-up.js';
import { endOf, type Asked } from '../intent/asked.js';
import type { Mask } from '../masking/mask.js';
import { withoutPersonal } from '../masking/mask.js';
import { replaceTokens } from '../masking/tokens.js';
import { believedRewriting } from '../written/rewrite.js';
import { complete } from '../written/chat-model.js';
import { rewritePrompt, type ShownTalk } from '../written/prompt.js';

/** A model may take this part of its time to rewrite a question, and never longer than {@link LONGEST_MS}. */
const PART = 0.25;
const LONGEST_MS = 2_000;
/** Lines and characters of the talk that are read at all. */
const MOST_LINES = 20;
const LONGEST_LINE = 2_000;

/** The talk as a model may see it: without personal data where there is a mask. */
export function shownTalk(asked: Asked, mask: Mask | undefined): ShownTalk {
  const hidden = (text: string) => mask?.hide(text) ?? text;
  const lines = asked.before.slice(-MOST_LINES).map(({ from, text }) => ({ from, text: hidden(endOf(text, LONGEST_LINE)) }));
  return { lines, question: hidden(asked.text) };
}

export interface Question {
  /** As it was asked, without personal data where they are masked: what is looked up leaves the house, too. */
  readonly alone: string;
  readonly rewritten?: Rewritten;
}

/**
 * What to look up for what was asked. Whether a question leans on the talk is told by rule; a model, where there is one,
 * puts it into better words in time, else the topic of the talk is put before it.
 * @param model whose words may be believed, undefined when nobody is asked
 */
export async function questionOf(
  asked: Asked,
  language: string,
  request: AnswerRequest,
  talk: ShownTalk | undefined,
  mask: Mask | undefined,
): Promise<Question> {
  const bare = (text: string) => (mask ? withoutPersonal(text, mask.known) : text);
  const question = withoutCourtesy(asked.text);
  const alone = bare(question);
  const rule = withTopic(question, asked.before, language);
  if (!rule) return { alone };
  const rewritten: Rewritten = { ...rule, question: bare(rule.question) };
  if (!request.model || !talk) return { alone, rewritten };
  const { model, signal } = request;
  try {
    const said = await complete({ ...model, maxTokens: 120 }, rewritePrompt(talk), Math.min(LONGEST_MS, model.timeoutMs * PART), signal);
    const all = [...talk.lines.map(({ text }) => text), talk.question].join('\n');
    const believed = believedRewriting(said, all, language);
    return {
      alone,
      rewritten:
        believed === undefined
          ? rewritten
          : {
              ...rule,
              question: replaceTokens(believed, () => '')
                .replace(/\s+/g, ' ')
                .trim(),
            },
    };
  } catch {
    signal.throwIfAborted();
    return { alone, rewritten };
  }
}
