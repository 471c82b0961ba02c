import type { Passage } from '@baton/knowledge';
import { accepts, courtesyOf, humanWanted } from '@baton/language';
import type { Answered, AnswerRequest, Citation } from './answer.js';
import { AnsweringError } from './errors.js';
import { cleanPassages } from './guards/clean-passages.js';
import { ordersMachine } from './guards/injection.js';
import { askedOf, endOf, type Asked } from './intent/asked.js';
import { lineOf, withNotice, type Voice } from './language/lines.js';
import { visitorLanguage } from './language/visitor-language.js';
import { Mask, withoutPersonal } from './masking/mask.js';
import { earlierQuestions } from './outcome/earlier.js';
import { noteOf } from './outcome/note.js';
import { onWeakSupport } from './outcome/weak-support.js';
import { lookUp } from './question/look-up.js';
import { isSupported, together, type Found } from './question/found.js';
import { questionOf, shownTalk, type Question } from './question/question.js';
import { questionsIn } from './question/questions.js';
import { citationOf, sourceLines } from './quoted/citation.js';
import { answeredParts, openPart, type Part } from './quoted/parts.js';
import { quotedAnswer } from './quoted/quoted-answer.js';
import { Trail } from './trace.js';
import type { ChatModel } from './written/chat-model.js';
import { writtenAnswer } from './written/written-answer.js';

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
  readonly request: Omit<AnswerRequest, 'model'> & { readonly model?: ChatModel };

  constructor(
    request: AnswerRequest,
    readonly asked: Asked,
  ) {
    const { model, ...rest } = request;
    this.request = { ...rest, ...(model && { model: { ...model, onSpent: (tokens) => this.#trail.spend(tokens) } }) };
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
    const { threshold } = this.request.settings.answers;
    const looked = await this.#lookUp(!orders);
    if (!looked)
      return {
        kind: 'trouble',
        text: this.#said(lineOf('trouble', this.#voice)),
        error: 'answering.retrieval-failed',
        trace: this.#trail.end('none'),
      };

    const supported = looked.filter(({ retrieval }) => isSupported(retrieval, threshold));
    const found = supported.length > 0 ? supported : looked;
    this.#trail.retrieval = together(found);
    this.#trail.threshold = threshold ?? this.#trail.retrieval?.threshold ?? 0;
    this.#trail.question = found.map(({ question }) => question).join('\n');
    this.#trail.verdicts.push({
      rule: 'support',
      passed: supported.length > 0,
      ...(looked.length > 1 ? { detail: `${supported.length} of ${looked.length} questions` } : {}),
    });
    if (supported.length === 0) return this.#weak();
    const open = looked.filter((one) => !supported.includes(one)).map(({ asked: text }) => text);
    return this.#fromPassages(supported, open, orders);
  }

  /** What is found for each of several questions, if one of them is known; else for all that was said as one question. */
  async #lookUp(mayAskModel: boolean): Promise<readonly Found[] | undefined> {
    const { request, asked } = this;
    const talk = mayAskModel && request.model ? shownTalk(asked, this.#mask) : undefined;
    try {
      const several = questionsIn(asked, this.#voice.language);
      if (several.length > 1) {
        const found = await this.#trail.timed('retrieve', () => Promise.all(several.map((one) => this.#find(one))));
        request.signal.throwIfAborted();
        if (found.some(({ retrieval }) => isSupported(retrieval, request.settings.answers.threshold))) return found;
      }
      const rewriting = () => questionOf(asked, this.#voice.language, request, talk, this.#mask);
      const question = await (talk ? this.#trail.timed('model', rewriting) : rewriting());
      const found = await this.#trail.timed('retrieve', () => this.#find(asked, question));
      request.signal.throwIfAborted();
      return [found];
    } catch {
      request.signal.throwIfAborted();
      return undefined;
    }
  }

  async #find(asked: Asked, known?: Question): Promise<Found> {
    const { request } = this;
    const { alone, rewritten } = known ?? (await questionOf(asked, this.#voice.language, request, undefined, this.#mask));
    const retrieve = (text: string) => request.retrieve(text, request.signal);
    return { asked: asked.text, ...(await lookUp(alone, rewritten, retrieve, request.settings.answers.threshold)) };
  }

  async #fromPassages(found: readonly Found[], open: readonly string[], orders: boolean): Promise<Answered> {
    const { clean, leftOut } = cleaned(found);
    const passages = (together(clean)?.passages ?? []).slice(0, MOST_PASSAGES);
    const { model } = this.request;
    if (leftOut > 0) this.#trail.verdicts.push({ rule: 'injection', passed: false, detail: `${leftOut} passages gave orders to machines` });
    if (orders)
      this.#trail.verdicts.push({ rule: 'injection', passed: false, detail: 'the visitor gave orders to machines; no model was asked' });
    if (model && !orders && passages.length > 0) {
      const written = await this.#trail.timed('model', () =>
        writtenAnswer({
          model,
          passages,
          // A question that nothing is known of would have it say that nothing is.
          talk: shownTalk({ ...this.asked, text: found.map(({ asked }) => asked).join('\n') }, this.#mask),
          visitor: this.#words,
          known: [...(this.request.profile?.emails ?? []), ...(this.request.profile?.phones ?? [])],
          language: this.#voice.language,
          botName: this.request.botName,
          mask: this.#mask,
          signal: this.request.signal,
        }),
      );
      this.#trail.verdicts.push(...written.verdicts);
      if (written.kind === 'answer') {
        const citations = written.used.map(citationOf);
        const text = this.#withOpen(this.#cited(written.text, citations), open);
        return { kind: 'answer', text: this.#said(text), citations, trace: this.#trail.end('model', model.model) };
      }
      if (written.kind === 'unsupported') return written.needsHuman ? this.#human('unsupported') : this.#weak();
    }
    return this.#quoted(clean, open);
  }

  async #quoted(found: readonly Found[], open: readonly string[]): Promise<Answered> {
    const parts: Part[] = [];
    const unsaid: string[] = [];
    for (const { asked, question, retrieval } of found) {
      const { text, passage, verdicts } = quotedAnswer(question, retrieval.passages, this.#words, this.#voice);
      this.#trail.verdicts.push(...verdicts);
      if (text === undefined || !passage) unsaid.push(asked);
      else if (!parts.some(({ citations }) => citations[0]?.chunkId === passage.chunkId))
        parts.push({ asked, text, citations: [citationOf(passage)] });
    }
    const [first, ...others] = parts;
    if (!first) return this.#weak();
    const citations = parts.flatMap((part) => part.citations);
    const areCited = this.request.settings.answers.citations === 'shown';
    const isOne = others.length === 0 && open.length + unsaid.length === 0;
    const said = isOne ? this.#cited(first.text, citations) : answeredParts(parts, this.#voice, areCited);
    return { kind: 'answer', text: this.#said(this.#withOpen(said, [...open, ...unsaid])), citations, trace: this.#trail.end('extract') };
  }

  #withOpen(text: string, open: readonly string[]): string {
    return open.length === 0 ? text : `${text}\n\n${openPart(open, this.#voice)}`;
  }

  #cited(text: string, citations: readonly Citation[]): string {
    const sources = this.request.settings.answers.citations === 'shown' ? sourceLines(citations, this.#voice) : '';
    return sources === '' ? text : `${text}\n\n${sources}`;
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

/** The passages that an answer is made of, without orders to machines, and how many gave such. */
function cleaned(found: readonly Found[]): { readonly clean: readonly Found[]; readonly leftOut: number } {
  let leftOut = 0;
  const clean = found.map((one) => {
    const without = cleanPassages(one.retrieval.passages.slice(0, MOST_PASSAGES));
    leftOut += without.leftOut;
    return { ...one, retrieval: { ...one.retrieval, passages: without.passages } };
  });
  return { clean, leftOut };
}
