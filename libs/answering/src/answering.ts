import type { Retrieval } from '@baton/knowledge';
import type { Answered, AnswerRequest } from './answer.js';
import { AnsweringError } from './errors.js';
import { citationOf, sourceLines } from './extract/citation.js';
import { extract } from './extract/extract.js';
import { askedOf, type Asked } from './intent/asked.js';
import { courtesyOf } from './intent/courtesy.js';
import { accepts, humanWanted } from './intent/human-wanted.js';
import { languageName, lineOf, withNotice, type Voice } from './language/lines.js';
import { visitorLanguage } from './language/visitor-language.js';
import { noteOf } from './outcome/note.js';
import { onWeakSupport } from './outcome/weak-support.js';
import { Trail } from './trace.js';

/**
 * Answers what a visitor wrote since the last answer: in kind, from passages, or by saying that it is not known or that a
 * human is needed. Decides nothing about whether it may be said.
 * @throws AnsweringError `answering.nothing-asked` when the visitor wrote nothing since the last answer
 * @throws whatever the caller's signal was aborted with
 */
export async function answer(request: AnswerRequest): Promise<Answered> {
  const asked = askedOf(request.talk);
  if (!asked) throw new AnsweringError('answering.nothing-asked', 'the visitor wrote nothing since the last answer');
  const visitorLines = request.talk.filter(({ from }) => from === 'visitor').map(({ text }) => text);
  const language = visitorLanguage(visitorLines, request.locale);
  const voice: Voice = { language, botName: request.botName, texts: request.settings.texts };
  const trail = new Trail(asked.text, language);
  const say = (text: string) => withNotice(text, voice, request.mustSayAutomated);

  if (humanWanted(asked.text) || (accepts(asked.text) && offersHuman(asked, voice))) return human(request, asked, trail, voice, 'asked');
  const courtesy = courtesyOf(asked.text);
  if (courtesy) return { kind: 'courtesy', text: say(lineOf(courtesy, voice)), trace: trail.end('none') };

  let retrieval: Retrieval;
  try {
    retrieval = await trail.timed('retrieve', () => request.retrieve(trail.question, request.signal));
  } catch {
    request.signal.throwIfAborted();
    return { kind: 'trouble', text: say(lineOf('trouble', voice)), error: 'answering.retrieval-failed', trace: trail.end('none') };
  }
  request.signal.throwIfAborted();
  trail.retrieval = retrieval;
  trail.threshold = request.settings.answers.threshold ?? retrieval.threshold;
  const supported = retrieval.passages.length > 0 && retrieval.support >= trail.threshold;
  trail.verdicts.push({ rule: 'support', passed: supported });
  if (!supported) return weak(request, asked, trail, voice);

  const quote = extract(trail.question, language, retrieval.passages, () => true);
  if (!quote) return weak(request, asked, trail, voice);
  const citations = [citationOf(quote.passage)];
  const foreign = quote.passage.language !== undefined && quote.passage.language !== language;
  const lead = foreign
    ? lineOf('foundIn', voice).replace('{language}', languageName(quote.passage.language ?? '', language))
    : quote.passage.question === undefined
      ? lineOf('found', voice)
      : undefined;
  const body = lead === undefined ? quote.text : `${lead}\n${quote.text}`;
  const text = request.settings.answers.citations === 'shown' ? `${body}\n\n${sourceLines(citations, voice)}` : body;
  return { kind: 'answer', text: say(text), citations, trace: trail.end('extract') };
}

/** Our last line offered a human, so that `yes` asks for one. */
function offersHuman(asked: Asked, voice: Voice): boolean {
  const last = asked.before.at(-1);
  return last?.from === 'assistant' && last.text.trimEnd().endsWith(lineOf('unknown', voice).trimEnd());
}

function weak(request: AnswerRequest, asked: Asked, trail: Trail, voice: Voice): Answered {
  const outcome = onWeakSupport(request.settings.answers, request.missesBefore);
  if (outcome.kind === 'human') return human(request, asked, trail, voice, outcome.reason);
  return { kind: 'unknown', text: withNotice(lineOf('unknown', voice), voice, request.mustSayAutomated), trace: trail.end('none') };
}

function human(request: AnswerRequest, asked: Asked, trail: Trail, voice: Voice, reason: 'asked' | 'unsupported' | 'misses'): Answered {
  const { language } = trail;
  const passages = trail.retrieval?.passages;
  const note = noteOf(
    { reason, asked, language, missesBefore: request.missesBefore, ...(passages ? { passages } : {}) },
    request.teamLocale,
  );
  return {
    kind: 'human',
    reason,
    text: withNotice(lineOf('toHuman', voice), voice, request.mustSayAutomated),
    note,
    trace: trail.end('none'),
  };
}
