import type { TimelineEntry } from '@baton/control-api';
import { details, entry, lasted } from '../entry.js';
import type { Draft } from '../entry.js';
import type { ToldAnswer, ToldSessionLine, ToldSessionTurn } from '../told.js';
import { inWords, SILENCES } from './codes.js';

const KINDS: Readonly<Record<ToldAnswer['answer'], string>> = {
  answer: 'The assistant answered',
  unknown: 'The assistant said that it does not know',
  human: 'The assistant asked for a human',
  courtesy: 'The assistant answered a courtesy',
  trouble: 'The assistant said that something failed',
  'quota-end': 'The assistant said that the plan is used up',
};
const STATES: Readonly<Record<ToldAnswer['state'], { mark: string; tone: Draft['tone'] }>> = {
  planned: { mark: 'on its way', tone: 'plain' },
  posted: { mark: 'the visitor has it', tone: 'good' },
  dropped: { mark: 'not said', tone: 'warn' },
  suggested: { mark: 'suggested to agents only', tone: 'plain' },
  shadow: { mark: 'recorded only', tone: 'quiet' },
  failed: { mark: 'could not be brought', tone: 'bad' },
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** An answer of the assistant with what it rests on. */
export function ofAnswer(answer: ToldAnswer): Draft {
  const { mark, tone } = STATES[answer.state];
  return entry({
    id: `answer:${answer.id}`,
    at: answer.at,
    lane: 'assistant',
    group: 'answers',
    title: KINDS[answer.answer],
    why: whyOf(answer),
    text: answer.text || null,
    tone: answer.answer === 'trouble' ? 'bad' : tone,
    pending: answer.state === 'planned',
    marks: [mark, ...(answer.trace ? [lasted(answer.trace.ms.total)] : [])],
    details: details(
      ['Plan', quotaOf(answer)],
      ['Epoch', answer.epoch],
      ['Receipt', answer.id, 'code'],
      ['Quota entry', answer.quota?.entryId, 'code'],
    ),
    answer: traceOf(answer),
  });
}

function whyOf({ state, why, trace, answer }: ToldAnswer): string | null {
  if (state === 'dropped' || state === 'failed') return why === null ? null : `Because ${inWords(SILENCES, why)}.`;
  if (!trace) return null;
  const held = trace.verdicts.filter(({ passed, rule }) => !passed && rule !== 'support').map(({ rule }) => rule.replace(/-/g, ' '));
  if (held.length > 0) return `Held back by: ${held.join(', ')}.`;
  if (answer === 'courtesy') return 'Nothing had to be looked up.';
  if (trace.passages.length === 0) return 'Nothing that fits was found.';
  const enough = trace.support >= trace.threshold;
  return `Its best passage supports an answer by ${percent(trace.support)}; ${percent(trace.threshold)} is needed${enough ? '' : ', so it does not say it'}.`;
}

function quotaOf({ quota }: ToldAnswer): string {
  if (quota === null) return 'Not counted';
  if (quota.state === 'committed') return `Counted in ${quota.period}`;
  if (quota.state === 'reserved') return `Reserved in ${quota.period}, counted when it is said`;
  return `Given back${quota.why === null ? '' : `: ${inWords(SILENCES, quota.why)}`}`;
}

function traceOf({ trace, citations }: ToldAnswer): TimelineEntry['answer'] {
  if (!trace) return null;
  const cited = new Set(citations.map(({ chunkId }) => chunkId));
  return {
    question: trace.question,
    support: trace.support,
    threshold: trace.threshold,
    by: trace.by,
    model: trace.model ?? null,
    passages: trace.passages.slice(0, 8).map(({ chunkId, sourceTitle, titlePath, url, text, question, scores, sourceVersion }) => ({
      title: [sourceTitle, ...titlePath.filter((part) => part !== sourceTitle)].join(' › '),
      url: url ?? null,
      text: (question === undefined ? text : `${question}\n${text}`).slice(0, 800),
      score: scores.fused,
      lexical: scores.lexical ?? null,
      dense: scores.dense ?? null,
      sourceVersion,
      cited: cited.has(chunkId),
    })),
    verdicts: trace.verdicts.map(({ rule, passed, detail }) => ({ rule, passed, detail: detail ?? null })),
    milliseconds: trace.ms,
  };
}

const FROM = {
  visitor: { lane: 'visitor', title: 'The visitor wrote' },
  human: { lane: 'agent', title: 'An agent wrote' },
  machine: { lane: 'crisp', title: 'Crisp wrote by itself' },
  assistant: { lane: 'assistant', title: 'The assistant wrote' },
} as const;

/** A line of a session of the inbox, and why the assistant let it be, if it did. */
export function ofSessionLine(line: ToldSessionLine): Draft[] {
  const said = entry({
    id: `line:${line.id}`,
    at: line.at,
    ...FROM[line.from],
    group: 'messages',
    text: line.text,
    marks: [...(line.editedAt !== null ? ['edited'] : []), ...(line.text === null ? ['taken back'] : [])],
    details: details(['Crisp’s fingerprint', line.id, 'code']),
  });
  if (line.silence === null) return [said];
  const silent = entry({
    id: `silence:${line.id}`,
    at: line.at,
    lane: 'assistant',
    group: 'decisions',
    title: 'The assistant does not answer this',
    why: `Because ${inWords(SILENCES, line.silence)}.`,
    tone: 'quiet',
    cause: said.id,
    details: details(['Rule', line.silence, 'code']),
  });
  return [said, silent];
}

const TURNS: Readonly<Record<string, Pick<Draft, 'title'> & Partial<Draft>>> = {
  'human-wrote': {
    title: 'A human has the conversation',
    why: 'An agent wrote: the assistant is silent until it is resolved.',
    tone: 'good',
    floor: { from: 'bot', to: 'agent' },
  },
  assigned: { title: 'An agent was assigned', tone: 'good' },
  'human-promised': {
    title: 'A human was promised',
    why: 'The assistant waits for an agent now.',
    tone: 'warn',
    floor: { from: 'bot', to: 'waiting' },
  },
  resolved: {
    title: 'Resolved: the assistant may answer again',
    why: 'The conversation was resolved in Crisp.',
    tone: 'good',
    floor: { from: 'agent', to: 'bot' },
  },
  'switched-on': { title: 'An agent switched the assistant on' },
  'switched-off': { title: 'An agent switched the assistant off', tone: 'warn', floor: { from: 'bot', to: 'off' } },
  blocked: { title: 'The visitor was blocked in Crisp', tone: 'warn' },
  'plan-ended': { title: 'He was told that the plan’s answers are used up', tone: 'warn' },
};

/** Who may speak in a session of the inbox changed. */
export function ofSessionTurn(turn: ToldSessionTurn): Draft {
  const known = TURNS[turn.what] ?? { title: inWords({}, turn.what) };
  return entry({
    id: `turn:${turn.id}`,
    at: turn.at,
    lane: 'baton',
    group: 'decisions',
    ...known,
    details: details(['Rule', turn.what, 'code']),
  });
}
