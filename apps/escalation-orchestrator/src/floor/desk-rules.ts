import { accept, decline, prepareDesk } from './escalate.js';
import { announceAcceptance, about, openHandover } from './handover.js';
import { postNote, setContact } from './desk-work.js';
import type { EndedHandover, Handover } from './conversation.js';
import type { FactOf } from './facts.js';
import { isWithinWindow, reopened, takeUp } from './coming-back/reopen.js';
import { reopenByAgent } from './coming-back/reopen-by-agent.js';
import { addressOf } from './follow-up/address.js';
import { endFollowUp, noteAnswer } from './follow-up/on-follow-up.js';
import { whereHeIs } from './follow-up/where-he-is.js';
import { giveBack } from './give-back.js';
import { GOODBYE_GRACE } from './policy.js';
import { keepPromises } from './promises/keep-promises.js';
import { mayPromise } from './promising/may-promise.js';
import type { Ruling } from './ruling.js';
import { SILENCE_TIMERS, WAITING_TIMERS } from './start-timers.js';
import { toWhoeverHasTheFloor } from './visitor-rules.js';

export function onAvailabilityKnown(ruling: Ruling, fact: FactOf<'availability-known'>): void {
  const { floor, handover } = ruling.state;
  if (floor !== 'escalating' || handover?.id !== fact.handoverId || handover.step !== 'asking') return ruling.ignore('late-availability');
  const may = mayPromise(ruling.policy, handover.requestedAt, fact.answer);
  if (may.is === 'no') decline(ruling, may.reason);
  else prepareDesk(ruling);
}

/** Crisp has the session; a request that ended meanwhile leaves nothing open behind it. */
export function onDeskOpened(ruling: Ruling, fact: FactOf<'desk-opened'>): void {
  const { handover, lastHandover } = ruling.state;
  if (handover?.id === fact.handoverId) {
    if (handover.step !== 'opening') return ruling.ignore('session-not-asked-for');
    ruling.changeHandover({ sessionId: fact.sessionId, stateClock: clockOf(fact.sessionId, handover, lastHandover) });
    return;
  }
  if (lastHandover?.id === fact.handoverId) {
    ruling.change({ lastHandover: { ...lastHandover, sessionId: fact.sessionId } });
    ruling.desk({ kind: 'set-state', handoverId: fact.handoverId, websiteId: lastHandover.websiteId, state: 'resolved' });
    return;
  }
  ruling.ignore('session-of-an-old-handover');
}

/** In a session that is used again, what was set before this episode, by whomever, is of the one before, however late we hear of it. */
function clockOf(sessionId: string, handover: Handover, last: EndedHandover | null): number {
  if (last?.sessionId !== sessionId) return handover.stateClock;
  return Math.max(handover.stateClock, last.stateClock, last.endedAt, handover.requestedAt);
}

export function onFirstMessagePosted(ruling: Ruling, fact: FactOf<'first-message-posted'>): void {
  const { floor, handover } = ruling.state;
  if (handover?.id !== fact.handoverId || !handover.sessionId || handover.step === 'asking') return ruling.ignore('late-first-message');
  if (floor === 'escalating') accept(ruling, fact.line);
  ruling.desk({ kind: 'set-state', handoverId: handover.id, websiteId: handover.websiteId, state: 'unresolved' });
}

export function onOpeningFailed(ruling: Ruling, fact: FactOf<'opening-failed'>): void {
  const { floor, handover } = ruling.state;
  if (floor !== 'escalating' || handover?.id !== fact.handoverId) return ruling.ignore('late-failure');
  decline(ruling, fact.code === 'effect.deadline' ? 'took-too-long' : 'crisp-unreachable');
}

/** A word that the desk will never take: a lost session gives the visitor back with it, anything else the agents are told of. */
export function onWordRefused(ruling: Ruling, fact: FactOf<'word-refused'>): void {
  const { handover, lastHandover } = ruling.state;
  const isLost = fact.code === 'crisp.not-found';
  if (isLost && lastHandover?.id === fact.handoverId) forgetSession(ruling, lastHandover);
  if (handover?.id === fact.handoverId) {
    if (!isLost) {
      postNote(ruling, handover, 'A message of the visitor could not be brought here. It stands in the conversation history.');
      return;
    }
    const { botStays, held } = ruling.state;
    giveBack(ruling, { why: 'resolved', at: ruling.now, sessionGone: true });
    // With the floor the bot was given what waited for it; and whoever stayed heard it when it was said.
    if (botStays || held.some((word) => word.messageId === fact.messageId)) return;
  } else if (!isLost) {
    return ruling.ignore('late-refusal');
  }
  const { messageId, at, text, file } = fact;
  toWhoeverHasTheFloor(ruling, { messageId, at, text, ...(file ? { file } : {}) });
}

/** An agent's words reach the visitor whatever happens; whether they move the floor depends on when and where they were written. */
export function onAgentWrote(ruling: Ruling, fact: FactOf<'agent-wrote'>): void {
  if (fact.removed) return ruling.ignore('removed-before-shown');
  const { floor, handover, lastHandover } = ruling.state;
  const isCurrent = handover !== null && handover.sessionId === fact.sessionId;
  const grace = lastHandover?.sessionId === fact.sessionId ? GOODBYE_GRACE : 0;
  const isGoodbye = lastHandover !== null && fact.at <= lastHandover.endedAt + grace;

  if (isCurrent) connect(ruling, fact);
  else if (floor === 'bot' && !isGoodbye) takeOver(ruling, fact);
  keepPromises(ruling, fact);
  noteAnswer(ruling, fact);

  ruling.deliver(
    {
      messageId: fact.messageId,
      author: { kind: 'agent', name: fact.agent.name, ...(fact.agent.avatar ? { avatar: fact.agent.avatar } : {}) },
      body: fact.body,
      at: fact.at,
      via: 'crisp',
      crisp: { sessionId: fact.sessionId, fingerprint: fact.fingerprint },
    },
    false,
    whereHeIs(ruling.state) === 'mail' ? { mailed: true } : {},
  );
}

function connect(ruling: Ruling, fact: FactOf<'agent-wrote'>): void {
  const { floor, handover } = ruling.state;
  if (!handover) return;
  // The floor is his already where he took up again what was resolved.
  const moves = floor !== 'agent';
  const isFirst = handover.connectedAt === null;
  const isAnother = handover.agent?.name !== fact.agent.name;
  ruling.clearTimers('escalation-deadline', ...WAITING_TIMERS, ...SILENCE_TIMERS);
  if (!isFirst && !isAnother) return;
  const botStayed = ruling.state.botStays;
  ruling.changeHandover({
    agent: fact.agent,
    step: 'done',
    takenAt: handover.takenAt ?? ruling.now,
    acceptedAt: handover.acceptedAt ?? ruling.now,
    connectedAt: handover.connectedAt ?? ruling.now,
  });
  if (moves) {
    ruling.change({ botStays: false, held: [] });
    ruling.moveFloor('agent');
    if (handover.acceptedAt === null) announceAcceptance(ruling);
    if (isFirst) announceConnection(ruling, fact.agent.name);
    if (botStayed) ruling.tellBot({ type: 'bot.muted', data: { epoch: ruling.state.epoch, reason: 'agent-took-over' } });
  } else {
    if (isFirst) announceConnection(ruling, fact.agent.name);
    if (isAnother) ruling.showMode();
  }
  if (moves || isAnother) sayJoined(ruling, fact.agent.name);
}

/** An agent writes though nobody asked: a new episode in that session, which is opened again so that there is something to resolve. */
function takeOver(ruling: Ruling, fact: FactOf<'agent-wrote'>): void {
  const last = ruling.state.lastHandover?.sessionId === fact.sessionId ? ruling.state.lastHandover : null;
  // An agent's clock that is ahead must not make the states that follow look old: he could never end what he began.
  const stateClock = Math.max(Math.min(fact.at, ruling.now), last?.stateClock ?? 0);
  const began =
    last && isWithinWindow(ruling, last, fact.at)
      ? reopened(ruling, last, 'agent', stateClock)
      : {
          ...openHandover(ruling, {
            requestedBy: 'agent',
            cause: { by: 'agent' },
            category: null,
            reason: null,
            step: 'done',
            sessionId: fact.sessionId,
            stateClock,
          }),
          acceptedAt: ruling.now,
        };
  const open = { ...began, websiteId: fact.websiteId, takenAt: ruling.now, connectedAt: ruling.now, agent: fact.agent };
  takeUp(ruling, open, 'agent');
  // What he is not shown there Crisp can only mail where it knows his address, which may have been learned since.
  if (addressOf(ruling.state.userData) !== null) setContact(ruling);
  announceConnection(ruling, fact.agent.name);
  sayJoined(ruling, fact.agent.name);
  ruling.desk({ kind: 'set-state', handoverId: open.id, websiteId: open.websiteId, state: 'unresolved' });
}

function announceConnection(ruling: Ruling, agentName: string): void {
  const { handover, epoch } = ruling.state;
  if (handover) ruling.announce({ type: 'handover.connected', data: { ...about(handover), epoch, agent: { name: agentName } } });
}

function sayJoined(ruling: Ruling, agentName: string): void {
  ruling.deliverSystemLine(ruling.wording.say('joined', { agent: agentName }));
}

/** Somebody in the inbox cares: the visitor still waits for words, but not for somebody to take him. */
export function onDeskTaken(ruling: Ruling, fact: FactOf<'desk-taken'>): void {
  const { handover } = ruling.state;
  if (!handover || handover.sessionId !== fact.sessionId || handover.takenAt !== null) return;
  ruling.changeHandover({ takenAt: ruling.now });
  ruling.clearTimers('no-accept', 'no-accept-warning');
}

/** Crisp's states are ordered by Crisp's clock: an older one, or one of another session, moves nothing. */
export function onDeskState(ruling: Ruling, fact: FactOf<'desk-state'>): void {
  const { handover, lastHandover } = ruling.state;
  if (fact.state === 'resolved' && handover?.sessionId !== fact.sessionId && endFollowUp(ruling, fact)) return;
  if (handover?.sessionId === fact.sessionId) {
    if (fact.at <= handover.stateClock) return ruling.ignore('older-state');
    ruling.changeHandover({ stateClock: fact.at });
    if (fact.state === 'resolved') giveBack(ruling, { why: 'resolved', at: fact.at });
    return;
  }
  if (lastHandover?.sessionId === fact.sessionId) {
    if (fact.at <= lastHandover.stateClock) return ruling.ignore('older-state');
    const endedAt = fact.state === 'resolved' ? Math.max(lastHandover.endedAt, fact.at) : lastHandover.endedAt;
    ruling.change({ lastHandover: { ...lastHandover, stateClock: fact.at, endedAt } });
    // Pending is what Crisp itself makes of it when a word of the visitor comes.
    if (fact.state === 'unresolved') reopenByAgent(ruling, fact.at);
    return;
  }
  ruling.ignore('state-of-another-session');
}

export function onDeskRemoved(ruling: Ruling, fact: FactOf<'desk-removed'>): void {
  const { handover, lastHandover } = ruling.state;
  if (handover?.sessionId === fact.sessionId) return giveBack(ruling, { why: 'resolved', at: fact.at, sessionGone: true });
  const isLast = lastHandover?.sessionId === fact.sessionId;
  if (isLast) forgetSession(ruling, lastHandover);
  if (!endFollowUp(ruling, fact) && !isLast) ruling.ignore('removal-of-another-session');
}

/** What is gone nobody takes up again. */
function forgetSession(ruling: Ruling, last: EndedHandover): void {
  ruling.change({ lastHandover: { ...last, sessionId: null, reopenableUntil: undefined } });
}
