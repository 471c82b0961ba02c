import { derivedId, deliveries, encodeEvent, handovers, botTurns, sourceOf } from '@baton/contracts';
import type { Capsule, EventInput, EventType, OutgoingRecord, TopicDefinition } from '@baton/contracts';
import type { Action, BotTurnEvent, HandoverEvent } from '../floor/actions.js';
import type { Conversation, FollowUp } from '../floor/conversation.js';
import type { Fact } from '../floor/facts.js';
import { handoversWithNews } from '../outcomes/handovers-with-news.js';
import { deskPlan } from './desk-plan.js';
import type { HandoverChange, UnmuteToCome, Writings } from './writings.js';

export const SOURCE = sourceOf('escalation-orchestrator');
/** How long after its end a session is still looked at for web hooks that never came (ms). */
export const WATCH_AFTER_END = 15 * 60_000;

export interface Decided {
  readonly before: Conversation;
  readonly after: Conversation;
  readonly fact: Fact;
  readonly actions: readonly Action[];
  /** ms */
  readonly now: number;
  readonly traceparent?: string | undefined;
}

/** Turns what was decided into rows, records and effects. Ids follow from the fact, so that a repetition gives the same ones. */
export function carryOut(decided: Decided, writings: Writings): void {
  const { before, after } = decided;
  if (after !== before) writings.conversations.set(after.id, after);
  if (after.floor !== before.floor) writings.floorChanges.push({ from: before.floor, to: after.floor });
  decided.actions.forEach((action, index) => carryOutOne(action, index, decided, writings));
  followSessions(decided, writings);
  followTaking(decided, writings);
  for (const outcomeOf of handoversWithNews(decided.actions, before, after)) {
    writings.tellOutcome({ outcomeOf, conversation: after, epoch: after.epoch, at: decided.now, traceparent: decided.traceparent });
  }
}

function carryOutOne(action: Action, index: number, decided: Decided, writings: Writings): void {
  const { after, fact, now, traceparent } = decided;
  const attributes = () => ({ id: derivedId('record', fact.id, after.id, index), source: SOURCE, time: new Date(now), traceparent });
  const to = () => ({
    conversationId: after.id,
    botId: after.botId,
    channel: after.channel,
    address: after.address,
    at: new Date(now).toISOString(),
  });
  // Also in a header, so that a delivery which nobody can read still says which place in the order it leaves empty.
  const tell = <T extends Exclude<EventType<typeof deliveries>, 'delivery.typing' | 'delivery.read'>>(
    type: T,
    data: EventInput<typeof deliveries, T>,
  ) => {
    const extensions = { deliverysequence: String(data.deliverySequence) };
    writings.records.push(encodeEvent(deliveries, type, data, { ...attributes(), extensions }));
  };

  switch (action.do) {
    case 'record':
      writings.lines.push({ ...action.line, conversationId: after.id });
      return;
    case 'deliver': {
      const { line, withdrawable, mailed, deliverySequence, epoch } = action;
      writings.lines.push({ ...line, conversationId: after.id, mailed });
      tell('delivery.message', {
        ...to(),
        at: new Date(line.at).toISOString(),
        deliverySequence,
        epoch,
        messageId: line.messageId,
        author: line.author,
        body: line.body,
        withdrawable,
        ...(line.via === undefined ? {} : { via: line.via }),
        ...(mailed ? { mailed } : {}),
      });
      return;
    }
    case 'edit': {
      const { messageId, body, deliverySequence, epoch } = action;
      writings.lineChanges.push({ conversationId: after.id, messageId, body, at: now });
      tell('delivery.edit', { ...to(), deliverySequence, epoch, messageId, body });
      return;
    }
    case 'remove': {
      const { messageId, deliverySequence, epoch } = action;
      writings.lineChanges.push({ conversationId: after.id, messageId, body: null, at: now });
      tell('delivery.removal', { ...to(), deliverySequence, epoch, messageId });
      return;
    }
    case 'mode': {
      const { floor, agent, deliverySequence, epoch } = action;
      tell('delivery.mode', { ...to(), deliverySequence, epoch, floor, ...(agent ? { agent } : {}) });
      return;
    }
    case 'tell-bot':
      writings.records.push(botRecord(after, action.event, now, attributes()));
      return;
    case 'unmute': {
      const unmute: UnmuteToCome = {
        conversation: after,
        id: attributes().id,
        epoch: action.epoch,
        reason: action.reason,
        handoverId: action.handoverId,
        sincePosition: action.sincePosition ?? null,
        continueWith: action.continueWith ?? null,
        capsule: action.capsule,
        at: now,
        traceparent,
      };
      writings.records.push(unmute);
      return;
    }
    case 'announce':
      writings.records.push(handoverRecord(after, action.event, now, attributes()));
      writings.changeHandover(handoverChange(decided, action.event));
      if (action.event.type === 'handover.requested' && action.event.data.reopens) {
        writings.changeHandover(reopenedChange(decided, action.event.data.reopens));
      }
      return;
    case 'desk': {
      const { plan, fingerprint } = deskPlan(action.work, after, derivedId('effect', fact.id, after.id, index), now);
      writings.plans.push(plan);
      if (fingerprint === null) return;
      // Stored before the call, so that Crisp's echo is known however early it comes; with the visitor's line, to know when it was read.
      const messageId = action.work.kind === 'post-visitor-words' ? action.work.messageId : null;
      writings.know({ conversationId: after.id, fingerprint, ours: true, messageId, pending: null, contentAt: 0, removed: false });
      return;
    }
    case 'withdraw-desk-work':
      writings.withdraw(after.id, action.handoverId);
      return;
    case 'promise':
      writings.promises.push({ conversationId: after.id, botId: after.botId, at: now, change: action.change });
      return;
    case 'rate':
      writings.ratings.push({ conversationId: after.id, botId: after.botId, at: now, rating: action.rating });
      return;
    case 'alarm':
      writings.alarms.push({ conversationId: after.id, name: action.name });
      return;
    case 'ignore':
      writings.ignored.push(action.reason);
      return;
  }
}

interface Attributes {
  readonly id: string;
  readonly source: string;
  readonly time: Date;
  readonly traceparent?: string | undefined;
}

type Named = Pick<Conversation, 'id' | 'botId' | 'channel'>;

function about({ id, botId, channel }: Named, now: number) {
  return { conversation_id: id, bot_id: botId, channel, at: new Date(now).toISOString() };
}

/** The compiler cannot follow that type and data of an event belong together once both are unions. */
function encode<T extends TopicDefinition>(topic: T, event: { type: string; data: object }, attributes: Attributes): OutgoingRecord {
  return encodeEvent(topic, event.type as EventType<T>, event.data as EventInput<T, EventType<T>>, attributes);
}

export function botRecord(conversation: Named, event: BotTurnEvent, now: number, attributes: Attributes): OutgoingRecord {
  return encode(botTurns, { type: event.type, data: { ...about(conversation, now), ...event.data } }, attributes);
}

function handoverRecord(conversation: Named, event: HandoverEvent, now: number, attributes: Attributes): OutgoingRecord {
  return encode(handovers, { type: event.type, data: { ...about(conversation, now), ...event.data } }, attributes);
}

export function unmuteRecord(
  unmute: UnmuteToCome,
  humanStretch: EventInput<typeof botTurns, 'bot.unmuted'>['human_stretch'],
  capsule: Capsule | undefined,
): OutgoingRecord {
  const { conversation, epoch, reason, at, id, traceparent, continueWith } = unmute;
  const data = {
    ...about(conversation, at),
    epoch,
    reason,
    human_stretch: humanStretch,
    ...(continueWith === null ? {} : { continue_with: continueWith }),
    ...(capsule ? { capsule } : {}),
  };
  return encodeEvent(botTurns, 'bot.unmuted', data, { id, source: SOURCE, time: new Date(at), traceparent });
}

function handoverChange({ before, after, now }: Decided, event: HandoverEvent): HandoverChange {
  const id = event.data.handover_id;
  const open = [after.handover, before.handover].find((one) => one?.id === id);
  const number = open?.number ?? (after.lastHandover?.id === id ? after.lastHandover.number : after.handoverCount);
  const of = { id, conversationId: after.id, botId: after.botId, number, category: event.data.category };
  switch (event.type) {
    case 'handover.requested':
      return {
        ...of,
        requestedBy: event.data.requested_by,
        reason: event.data.reason,
        requestedAt: now,
        websiteId: open?.websiteId || undefined,
        cause: event.data.cause,
        reopens: event.data.reopens,
      };
    case 'handover.accepted':
      return { ...of, acceptedAt: now, websiteId: event.data.crisp_website_id, sessionId: event.data.crisp_session_id };
    case 'handover.connected':
      return { ...of, connectedAt: now, agentName: event.data.agent.name };
    case 'handover.declined':
      return { ...of, endedAt: now, outcome: 'declined', outcomeDetail: event.data.reason };
    case 'handover.resolved':
      return { ...of, endedAt: now, outcome: 'resolved' };
    case 'handover.timed-out':
      return { ...of, endedAt: now, outcome: 'timed-out', outcomeDetail: event.data.timeout };
    case 'handover.cancelled':
      return { ...of, endedAt: now, outcome: 'cancelled', outcomeDetail: event.data.cancelled_by };
    case 'handover.followed-up':
      return { ...of, followedUpAt: now };
    case 'handover.outcome':
      return of;
  }
}

/** Another handover takes this one up again. */
function reopenedChange({ before, after, now }: Decided, id: string): HandoverChange {
  const number = before.lastHandover?.id === id ? before.lastHandover.number : after.handoverCount - 1;
  return { id, conversationId: after.id, botId: after.botId, number, reopenedAt: now };
}

/** Somebody opened, took or answered it in the inbox. */
function followTaking({ before, after }: Decided, writings: Writings): void {
  const { handover } = after;
  if (!handover?.takenAt || (before.handover?.id === handover.id && before.handover.takenAt !== null)) return;
  const { id, number, takenAt } = handover;
  writings.changeHandover({ id, conversationId: after.id, botId: after.botId, number, takenAt });
}

/** Sessions follow the episodes: a new one belongs to this conversation for good; one whose episode ended is watched a while longer. */
function followSessions({ before, after, now }: Decided, writings: Writings): void {
  watchFollowUp({ before, after, now }, writings);
  if (before.handover === after.handover && before.lastHandover === after.lastHandover) return;
  const of = { conversationId: after.id, botId: after.botId };
  const left = before.handover;
  if (left?.sessionId && after.handover?.id !== left.id && after.lastHandover?.sessionId !== left.sessionId) {
    // The session itself is gone: there is nothing left to look at.
    writings.sessions.set(left.sessionId, {
      ...of,
      sessionId: left.sessionId,
      websiteId: left.websiteId,
      handoverId: left.id,
      watchedUntil: now,
    });
  }
  for (const [episode, watchedUntil] of [
    [after.lastHandover, now + WATCH_AFTER_END],
    [after.handover, null],
  ] as const) {
    if (!episode?.sessionId) continue;
    const isNews =
      watchedUntil === null
        ? before.handover?.sessionId !== episode.sessionId || before.handover.id !== episode.id
        : before.lastHandover?.sessionId !== episode.sessionId || before.lastHandover.id !== episode.id;
    if (!isNews) continue;
    const { sessionId, websiteId, id: handoverId, number } = episode;
    writings.sessions.set(sessionId, { ...of, sessionId, websiteId, handoverId, watchedUntil });
    writings.changeHandover({ ...of, id: handoverId, number, websiteId, sessionId });
  }
}

/** A conversation for an answer by e-mail is watched while it is open, and then a while longer. */
function watchFollowUp({ before, after, now }: Pick<Decided, 'before' | 'after' | 'now'>, writings: Writings): void {
  const [was, is] = [before.followUp, after.followUp];
  if (was?.sessionId === is?.sessionId) return;
  const of = { conversationId: after.id, botId: after.botId };
  const watch = ({ sessionId, websiteId, handoverId }: FollowUp, watchedUntil: number | null) => {
    if (sessionId !== null) writings.sessions.set(sessionId, { ...of, sessionId, websiteId, handoverId, watchedUntil });
  };
  if (was) watch(was, now + WATCH_AFTER_END);
  if (is) watch(is, null);
}
