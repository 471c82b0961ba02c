import type { TimelineEntry } from '@baton/control-api';
import { details, entry, moment } from '../entry.js';
import type { Details, Draft } from '../entry.js';
import type { Consequence, ToldDecision } from '../told.js';
import {
  AVAILABLE,
  CAUSES,
  COMMANDS,
  DECLINED,
  IGNORED,
  inWords,
  MUTED,
  PROMISES,
  REJECTED,
  TIMED_OUT,
  TIMERS,
  TROUBLE,
  UNMUTED,
} from './codes.js';

interface Said {
  readonly title: string;
  readonly why?: string | undefined;
  readonly tone?: TimelineEntry['tone'];
}

type Say = (one: Consequence, decision: ToldDecision) => Said;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What each consequence is called. The first one of this order that a decision has is what the decision is about. */
const SAY: Readonly<Record<string, Say>> = {
  requested: (one) => ({ title: 'A human was asked for', why: causeOf(one), tone: 'warn' }),
  declined: (one) => ({
    title: 'No human could be promised: the bot goes on',
    why: `${inWords(DECLINED, text(one['reason']))}${one['opensAt'] ? `; open again ${moment(Date.parse(text(one['opensAt'])))}` : ''}.`,
    tone: 'bad',
  }),
  'timed-out': (one) => ({ title: 'Time was up: back to the bot', why: `${inWords(TIMED_OUT, text(one['timeout']))}.`, tone: 'bad' }),
  resolved: () => ({ title: 'Resolved: back to the bot', why: 'The conversation was resolved in Crisp.', tone: 'good' }),
  cancelled: (one) => ({
    title: one['by'] === 'bot' ? 'The bot took the visitor back' : 'The visitor went back to the bot',
    why: one['by'] === 'agent' ? 'An agent gave him back by a command.' : undefined,
  }),
  connected: (one) => ({
    title: `${text(one['agent']) || 'An agent'} has joined`,
    why: 'The first word of an agent makes the conversation his.',
    tone: 'good',
  }),
  accepted: () => ({
    title: 'Handed over: the visitor is told that somebody comes',
    why: 'Somebody is online, and the conversation stands in the inbox with its first message.',
    tone: 'good',
  }),
  'followed-up': () => ({ title: 'An answer by e-mail was promised', why: 'The visitor left an address.', tone: 'good' }),
  rejected: (one) => ({ title: 'An answer of the bot was not shown', why: `${inWords(REJECTED, text(one['reason']))}.`, tone: 'bad' }),
  alarm: (one) => ({
    title: one['name'] === 'handover-loop' ? 'Too many handovers in a row' : 'The bot says too much in a row',
    why: 'It goes round in a circle; what goes beyond the limit is held back.',
    tone: 'bad',
  }),
  unmuted: (one) => ({ title: 'The bot may speak again', why: `${inWords(UNMUTED, text(one['reason']))}.` }),
  'mute-set': (one) => ({ title: 'The bot is muted', why: `At the latest until ${moment(Number(one['until']))}.`, tone: 'warn' }),
  muted: (one) => ({ title: 'The bot is muted', why: `${inWords(MUTED, text(one['reason']))}.`, tone: 'warn' }),
  checked: (one) => ({ title: inWords(AVAILABLE, text(one['answer'])), tone: one['answer'] === 'yes' ? 'good' : 'warn' }),
  'session-opened': () => ({ title: 'The conversation is in the Crisp inbox' }),
  taken: () => ({ title: 'Somebody opened it in the inbox', why: 'From now on the visitor waits for words only.', tone: 'good' }),
  held: (one) => ({
    title: one['until'] ? 'An agent asked for time' : 'The time that an agent asked for is over',
    why: one['until'] ? `Nothing gives the visitor back before ${moment(Number(one['until']))}.` : undefined,
  }),
  'follow-up': (one) => ({ title: inWords(FOLLOW_UP, text(one['step'])) }),
  command: (one) => ({
    title: `An agent’s command: ${inWords(COMMANDS, text(one['name']))}`,
    why: one['writer'] === 'unchecked' ? 'Crisp is asked first whether the writer works for the website.' : undefined,
  }),
  timer: (one) => ({ title: `Time for: ${inWords(TIMERS, text(one['kind'])).toLowerCase()}`, tone: 'quiet' }),
  ignored: (one) => ({ title: 'Passed over on purpose', why: `${inWords(IGNORED, text(one['reason']))}.`, tone: 'quiet' }),
};
const ORDER = Object.keys(SAY);

const FOLLOW_UP = {
  address: 'The visitor is asked for an e-mail address',
  confirm: 'The visitor is asked whether the address is right',
  opening: 'A conversation for an answer by e-mail is being opened in Crisp',
  open: 'Agents have the conversation for an answer by e-mail',
  over: 'No answer by e-mail is awaited any more',
} as const;

function causeOf(one: Consequence): string {
  const words = inWords(CAUSES, text(one['by']));
  const about = text(one['detail']);
  const category = text(one['category']);
  return `${words}${about ? `: ${about}` : ''}${category ? ` (${category})` : ''}${one['reopens'] ? '; it takes up the handover before' : ''}.`;
}

/** What the decision was judged on, in words. */
const FACTS: Readonly<Record<string, string>> = {
  'visitor-wrote': 'A word of the visitor',
  'answered-elsewhere': 'Somebody answered in the channel itself',
  'delivery-failed': 'A line did not arrive',
  'visitor-presence': 'The visitor opened or closed his chat',
  'visitor-known': 'The channel told who he is',
  'bot-answered': 'An answer of the bot',
  'availability-known': 'Crisp’s answer who is online',
  'desk-opened': 'Crisp opened the conversation',
  'first-message-posted': 'Crisp took the first message',
  'opening-failed': 'A step in Crisp could not succeed',
  'word-refused': 'Crisp refused a word',
  'agent-wrote': 'A word of an agent',
  'visitor-wrote-at-desk': 'A word of the visitor in Crisp',
  'agent-edited': 'An agent edited a message',
  'agent-removed': 'An agent took a message back',
  'desk-taken': 'Somebody opened the conversation in Crisp',
  'desk-state': 'The state in Crisp changed',
  'desk-removed': 'The conversation was deleted in Crisp',
  'agent-commanded': 'A command of an agent',
  'segments-set': 'The segments in Crisp changed',
  'rated-at-desk': 'A rating in Crisp',
  'follow-up-opened': 'Crisp opened the conversation for an answer by e-mail',
  'follow-up-failed': 'The conversation for an answer by e-mail could not be opened',
  'time-passed': 'Time passed',
};

/** Promises and ratings are entries of their own: a decision of nothing else is told by them. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['promised', 'promise-ended', 'rated', 'desk-work-withdrawn']);

/** A decision as the timeline shows it; undefined where others tell all of it. */
export function ofDecision(decision: ToldDecision): Draft | undefined {
  const { detail, floorBefore, floorAfter, fact } = decision;
  const said = [...detail.did].sort((a, b) => rank(a) - rank(b));
  const main = said[0];
  if (floorBefore === floorAfter && said.every(({ what }) => TOLD_ELSEWHERE.has(what))) return undefined;
  const words = main && SAY[main.what]?.(main, decision);
  return entry({
    id: `decision:${decision.id}`,
    at: decision.at,
    order: Number(decision.id),
    lane: 'baton',
    group: 'decisions',
    title: words?.title ?? FACTS[fact] ?? inWords({}, fact),
    why: words?.why ?? null,
    tone: words?.tone ?? 'plain',
    floor: floorBefore === floorAfter ? null : { from: floorBefore, to: floorAfter },
    handoverId: decision.handoverId,
    cause: causeId(decision),
    traceId: decision.traceId,
    details: detailsOf(decision, said),
  });
}

function rank({ what }: Consequence): number {
  const place = ORDER.indexOf(what);
  return place < 0 ? ORDER.length : place;
}

function causeId({ detail, fact }: ToldDecision): string | null {
  if (detail.messageId !== undefined && fact !== 'delivery-failed') return `line:${detail.messageId}`;
  return null;
}

function detailsOf(decision: ToldDecision, said: readonly Consequence[]): Details {
  const { detail, fact, epochBefore, epochAfter } = decision;
  const also = said.slice(1).flatMap((one) => {
    const words = SAY[one.what]?.(one, decision);
    return words ? [[words.title, words.why].filter(Boolean).join('. ')] : [];
  });
  const { code, failure } = detail.came as { code?: string; failure?: string };
  return [
    ...details(['Judged on', FACTS[fact] ?? fact]),
    ...(code === undefined ? [] : details(['Trouble', inWords(TROUBLE, code)], ['Trouble code', code, 'code'])),
    ...(failure === undefined ? [] : details(['Failure', failure, 'code'])),
    ...also.map((value) => ({ label: 'Also', value })),
    ...(detail.timersSet ?? []).map(({ kind, dueAt }) => ({ label: 'Timer set', value: `${inWords(TIMERS, kind)}: ${moment(dueAt)}` })),
    ...(detail.timersCleared ?? []).map((kind) => ({ label: 'Timer taken off', value: inWords(TIMERS, kind) })),
    ...said
      .filter(({ what }) => what === 'promised')
      .map((one) => ({ label: 'Promised', value: `${inWords(PROMISES, text(one['kind']))}, until ${moment(Number(one['dueAt']))}` })),
    ...details(
      ['Epoch', epochBefore === epochAfter ? epochAfter : `${epochBefore} → ${epochAfter}`],
      ['Rule', [fact, ...said.map(ruleOf)].join(' · '), 'code'],
      ['Answer', text(detail.came['answerId']), 'code'],
      ['Decision', decision.id, 'code'],
    ),
  ];
}

function ruleOf(one: Consequence): string {
  const reason = [one['reason'], one['timeout'], one['answer'], one['kind'], one['by'], one['step'], one['name']].find(
    (value) => value !== undefined,
  );
  return reason === undefined ? one.what : `${one.what}:${String(reason)}`;
}
