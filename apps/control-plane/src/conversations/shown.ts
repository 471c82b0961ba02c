import type { Conversation, ConversationEntry, HandoverFacts, Standing } from '@baton/control-api';
import { floorsOf } from './floors.js';
import type { Stretch } from './floors.js';
import type { ToldConversation, ToldHandover, ToldHead, ToldSession } from './told.js';
import { CAUSES, DECLINED, inWords, PROMISES, TIMED_OUT, TIMERS } from './words/codes.js';

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOr = (ms: number | null): string | null => (ms === null ? null : iso(ms));

const STANDING: Readonly<Record<ToldSession['state'], Standing>> = {
  open: 'bot',
  waiting: 'waiting',
  human: 'agent',
  off: 'off',
  handover: 'agent',
  removed: 'gone',
};

export function listedConversation(told: ToldConversation): ConversationEntry {
  const { id, botId, channel, floor, visitor, present, handovers, agent, category } = told;
  return {
    ...{ id, kind: 'channel', botId, channel, standing: floor, visitor, present, handovers, agent, category },
    startedAt: iso(told.startedAt),
    lastActivityAt: iso(told.lastActivityAt),
    waitingSince: isoOr(told.waitingSince),
    mutedUntil: isoOr(told.mutedUntil),
  };
}

export function listedSession(told: ToldSession): ConversationEntry {
  const { id, botId, state, visitor } = told;
  return {
    ...{ id, kind: 'crisp-inbox', botId, channel: 'crisp', standing: STANDING[state], present: null, mutedUntil: null },
    ...{ handovers: 0, agent: null, category: null },
    visitor: { name: visitor.name, email: visitor.email },
    startedAt: iso(told.startedAt),
    lastActivityAt: iso(told.lastActivityAt),
    waitingSince: isoOr(told.waitingSince),
  };
}

/** @param inboxUrl where an agent finds a session of a website */
export function shownConversation(head: ToldHead, inboxUrl: (websiteId: string, sessionId: string) => string): Conversation {
  const { id, botId, channel, floor, epoch, visitor, timers, promises, handovers } = head;
  const { name, email, locale, present } = visitor;
  const last = handovers.at(-1);
  const inCrisp = handovers.findLast(({ sessionId, websiteId }) => sessionId !== null && websiteId !== null);
  const nexts = [
    ...timers.filter(({ kind }) => kind !== 'promise').map(({ kind, dueAt }) => ({ code: kind, words: inWords(TIMERS, kind), dueAt })),
    ...promises.map(({ kind, dueAt }) => ({ code: `promise:${kind}`, words: `Promised: ${inWords(PROMISES, kind)}`, dueAt })),
  ];
  return {
    ...{ id, kind: 'channel', botId, channel, standing: floor, epoch, present },
    visitor: { name, email, locale },
    startedAt: iso(head.startedAt),
    lastActivityAt: iso(head.lastActivityAt),
    waitingSince: (floor === 'escalating' || floor === 'waiting') && last ? iso(last.requestedAt) : null,
    mutedUntil: isoOr(head.mutedUntil),
    next: nexts.sort((a, b) => a.dueAt - b.dueAt).map((one) => ({ ...one, dueAt: iso(one.dueAt) })),
    handovers: handovers.map(shownHandover),
    floors: floorsOf(head.startedAt, handovers, floor).map(shownStretch),
    crisp: inCrisp
      ? { websiteId: inCrisp.websiteId!, sessionId: inCrisp.sessionId!, url: inboxUrl(inCrisp.websiteId!, inCrisp.sessionId!) }
      : null,
  };
}

export function shownSession(head: ToldSession, inboxUrl: (websiteId: string, sessionId: string) => string): Conversation {
  const { visitor, epoch, websiteId, id, dueAt } = head;
  const { handovers: _none, agent: _nobody, category: _of, ...listed } = listedSession(head);
  return {
    ...listed,
    visitor,
    epoch,
    next: dueAt === null ? [] : [{ code: 'answer', words: 'The assistant answers', dueAt: iso(dueAt) }],
    handovers: [],
    floors: [{ standing: listed.standing, from: listed.startedAt, to: null }],
    crisp: { websiteId, sessionId: id, url: inboxUrl(websiteId, id) },
  };
}

function shownStretch({ standing, from, to }: Stretch): Conversation['floors'][number] {
  return { standing, from: iso(from), to: isoOr(to) };
}

function shownHandover(told: ToldHandover): HandoverFacts {
  const { id, number, cause, requestedBy, category, agent, outcome } = told;
  const by = cause?.by ?? (requestedBy === 'rule' ? 'words' : requestedBy);
  const said = cause?.detail ?? told.reason;
  return {
    ...{ id, number, category, agent, outcome },
    cause: `${inWords(CAUSES, by)}${said ? `: ${said}` : ''}`,
    requestedAt: iso(told.requestedAt),
    acceptedAt: isoOr(told.acceptedAt),
    takenAt: isoOr(told.takenAt),
    connectedAt: isoOr(told.connectedAt),
    endedAt: isoOr(told.endedAt),
    end: endOf(told),
  };
}

function endOf({ outcome, outcomeDetail, endedAt }: ToldHandover): string | null {
  if (endedAt === null) return null;
  switch (outcome) {
    case 'resolved':
      return 'Resolved by the agent';
    case 'declined':
      return inWords(DECLINED, outcomeDetail ?? '');
    case 'timed-out':
      return inWords(TIMED_OUT, outcomeDetail ?? '');
    case 'cancelled':
      return outcomeDetail === 'bot' ? 'The bot took the visitor back' : 'The visitor went back to the bot';
    case 'followed-up':
      return 'An answer by e-mail was promised';
    default:
      return outcome ?? 'Over';
  }
}
