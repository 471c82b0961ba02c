import type { Passage, Retrieval } from '@baton/knowledge';
import type { Answered, AnswerRequest, Citation } from './answer.js';
import { AnsweringError } from './errors.js';
import { cleanPassages } from './guards/clean-passages.js';
import { ordersMachine } from './guards/injection.js';
import { askedOf, endOf, type Asked } from './intent/asked.js';
import { courtesyOf } from './intent/courtesy.js';
import { accepts, humanWanted } from './intent/human-wanted.js';
import { lineOf, withNotice, type Voice } from './language/lines.js';
import { visitorLanguage } from './language/visitor-language.js';
import { Mask, withoutPersonal } from './masking/mask.js';
import { earlierQuestions } from './outcome/earlier.js';
import { noteOf } from './outcome/note.js';
import { onWeakSupport } from './outcome/weak-support.js';
import { lookUp } from './question/look-up.js';
import { questionOf, shownTalk } from './question/question.js';
import { citationOf, sourceLines } from './quoted/citation.js';
import { quotedAnswer } from './quoted/quoted-answer.js';
import { Trail } from './trace.js';
import { writtenAnswer, type Written } from './written/written-answer.js';

/** Of the visitor's words so much is kept in mind for the guards. */
const LONGEST_WORDS = 4_000;
const LONGEST_LOOKED_UP = 1_000;
/** Passages that an answer is made of; more of them are for receipts. */
const MOST_PASSAGES = 6;
/** Who asked for a human waits no longer for what the note tells of sources (ms). */
const LOOK_FOR_NOTE = 1_000;

/**
 * Answers what a visitor wrote since the last answer: in kind, from passages, or by saying that it is not known or that a
 * human is needed. Decides nothing about whether it may be said. Without a model it takes a few milliseconds beside the
 * retrieval.
 * @throws AnsweringError `answering.nothing-asked` when the visitor wrote nothing since the last answer
 * @throws whatever the caller's signal was aborted with
 */
export async function answer(request: AnswerRequest): Promise<Answered> {
  const asked = askedOf(request.talk);
  if (!asked) throw new AnsweringError('answering.nothing-asked', 'the visitor wrote nothing since the last answer');
  return new Answering(request, asked).answer();
}

/** One answer on its way. */
class Answering {
  readonly #words: string;
  readonly #voice: Voice;
  readonly #trail: Trail;
  readonly #mask: Mask | undefined;

  constructor(
    readonly request: AnswerRequest,
    readonly asked: Asked,
  ) {
    const lines = request.talk.filter(({ from }) => from === 'visitor').map(({ text }) => text);
    const language = visitorLanguage(lines, request.locale);
    this.#words = endOf(lines.join('\n'), LONGEST_WORDS);
    this.#voice = { language, botName: request.botName, texts: request.settings.texts };
    this.#trail = new Trail(asked.text, language);
    this.#mask = request.settings.answers.maskPersonalData ? new Mask(request.profile) : undefined;
  }

  async answer(): Promise<Answered> {
    const { asked } = this;
    if (humanWanted(asked.text) || (accepts(asked.text) && this.#offered())) return this.#human('asked');
    const courtesy = courtesyOf(asked.text);
    if (courtesy) return { kind: 'courtesy', text: this.#said(lineOf(courtesy, this.#voice)), trace: this.#trail.end('none') };
    const orders = ordersMachine(asked.text);
    const retrieval = await this.#lookUp(!orders);
    if (!retrieval)
      return {
        kind: 'trouble',
        text: this.#said(lineOf('trouble', this.#voice)),
        error: 'answering.retrieval-failed',
        trace: this.#trail.end('none'),
      };

    const threshold = this.request.settings.answers.threshold ?? retrieval.threshold;
    const supported = retrieval.passages.length > 0 && retrieval.support >= threshold;
    this.#trail.retrieval = retrieval;
    this.#trail.threshold = threshold;
    this.#trail.verdicts.push({ rule: 'support', passed: supported });
    if (!supported) return this.#weak();
    return this.#fromPassages(retrieval, orders);
  }

  async #lookUp(mayAskModel: boolean): Promise<Retrieval | undefined> {
    const { request, asked } = this;
    const talk = mayAskModel && request.model ? shownTalk(asked, this.#mask) : undefined;
    const rewriting = () => questionOf(asked, this.#voice.language, request, talk, this.#mask);
    const question = await (talk ? this.#trail.timed('model', rewriting) : rewriting());
    try {
      const found = await this.#trail.timed('retrieve', () =>
        lookUp(question.alone, question.rewritten, (text) => request.retrieve(text, request.signal), request.settings.answers.threshold),
      );
      request.signal.throwIfAborted();
      this.#trail.question = found.question;
      return found.retrieval;
    } catch {
      request.signal.throwIfAborted();
      return undefined;
    }
  }

  async #fromPassages(retrieval: Retrieval, orders: boolean): Promise<Answered> {
    const { passages, leftOut } = cleanPassages(retrieval.passages.slice(0, MOST_PASSAGES));
    const { model } = this.request;
    if (leftOut > 0) this.#trail.verdicts.push({ rule: 'injection', passed: false, detail: `${leftOut} passages gave orders to machines` });
    if (orders)
      this.#trail.verdicts.push({ rule: 'injection', passed: false, detail: 'the visitor gave orders to machines; no model was asked' });
    if (model && !orders && passages.length > 0) {
      const written = await this.#trail.timed('model', () =>
        writtenAnswer({
          model,
          passages,
          talk: shownTalk(this.asked, this.#mask),
          visitor: this.#words,
          known: [...(this.request.profile?.emails ?? []), ...(this.request.profile?.phones ?? [])],
          language: this.#voice.language,
          botName: this.request.botName,
          mask: this.#mask,
          signal: this.request.signal,
        }),
      );
      this.#trail.verdicts.push(...written.verdicts);
      if (written.kind === 'answer') return this.#written(written, model.model);
      if (written.kind === 'unsupported') return written.needsHuman ? this.#human('unsupported') : this.#weak();
    }
    const quoted = quotedAnswer(this.#trail.question, passages, this.#words, this.#voice);
    this.#trail.verdicts.push(...quoted.verdicts);
    if (quoted.text === undefined || !quoted.passage) return this.#weak();
    const citations = [citationOf(quoted.passage)];
    return { kind: 'answer', text: this.#cited(quoted.text, citations), citations, trace: this.#trail.end('extract') };
  }

  #written(written: Written & { readonly kind: 'answer' }, model: string): Answered {
    const citations = written.used.map(citationOf);
    return { kind: 'answer', text: this.#cited(written.text, citations), citations, trace: this.#trail.end('model', model) };
  }

  #cited(text: string, citations: readonly Citation[]): string {
    const sources = this.request.settings.answers.citations === 'shown' ? sourceLines(citations, this.#voice) : '';
    return this.#said(sources === '' ? text : `${text}\n\n${sources}`);
  }

  /** Our last line offered a human, so that `yes` asks for one. */
  #offered(): boolean {
    const last = this.asked.before.at(-1);
    return last?.from === 'assistant' && last.text.trimEnd().endsWith(lineOf('unknown', this.#voice).trimEnd());
  }

  async #weak(): Promise<Answered> {
    const outcome = onWeakSupport(this.request.settings.answers, this.request.missesBefore);
    if (outcome.kind === 'human') return this.#human(outcome.reason);
    return { kind: 'unknown', text: this.#said(lineOf('unknown', this.#voice)), trace: this.#trail.end('none') };
  }

  async #human(reason: 'asked' | 'unsupported' | 'misses'): Promise<Answered> {
    const { asked, request } = this;
    const earlier = earlierQuestions(asked.before, request.missesBefore, this.#voice);
    const open = earlier.findLast(({ isOpen }) => isOpen);
    const passages = this.#trail.retrieval?.passages ?? (open && (await this.#lookedIn(open.text)));
    const facts = { reason, asked, earlier, language: this.#voice.language, ...(passages ? { passages } : {}) };
    return {
      kind: 'human',
      reason,
      text: this.#said(lineOf('toHuman', this.#voice)),
      note: noteOf(facts, request.teamLocale),
      trace: this.#trail.end('none'),
    };
  }

  /** Where the answer to an earlier question was looked for; undefined where that cannot be told soon. */
  async #lookedIn(question: string): Promise<readonly Passage[] | undefined> {
    const { request } = this;
    const bare = this.#mask ? withoutPersonal(question, this.#mask.known) : question;
    const tooLate = AbortSignal.timeout(LOOK_FOR_NOTE);
    const late = new Promise<undefined>((resolve) => tooLate.addEventListener('abort', () => resolve(undefined), { once: true }));
    const look = async () => request.retrieve(endOf(bare, LONGEST_LOOKED_UP), AbortSignal.any([request.signal, tooLate]));
    const found = look().catch(() => undefined);
    const passages = (await Promise.race([found, late]))?.passages;
    request.signal.throwIfAborted();
    return passages;
  }

  #said(text: string): string {
    return withNotice(text, this.#voice, this.request.mustSayAutomated);
  }
}
