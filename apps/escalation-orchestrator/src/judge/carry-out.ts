import { derivedId, deliveries, encodeEvent, handovers, botTurns, sourceOf } from '@baton/contracts';
import type { Capsule, EventInput, EventType, OutgoingRecord, TopicDefinition } from '@baton/contracts';
import type { Action, BotTurnEvent, HandoverEvent } from '../floor/actions.js';
import type { Conversation } from '../floor/conversation.js';
import type { Fact } from '../floor/facts.js';
import { handoversWithNews } from '../outcomes/handovers-with-news.js';
import { recordOf } from './decision-record.js';
import { deskPlan } from './desk-plan.js';
import { followTaking, handoverChanges, handoverNews } from './follow-handovers.js';
import { followSessions } from './follow-sessions.js';
import type { UnmuteToCome, Writings } from './writings.js';

export const SOURCE = sourceOf('escalation-orchestrator');

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
  const record = recordOf(decided);
  if (record) writings.decisions.push(record);
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
      if (action.event.type === 'bot.answer-rejected') writings.rejections.push(action.event.data.reason);
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
      for (const change of handoverChanges(decided, action.event)) writings.changeHandover(change);
      writings.handoverNews.push(handoverNews(decided, action.event));
      return;
    case 'desk': {
      const { plan, fingerprint } = deskPlan(action.work, after, derivedId('effect', fact.id, after.id, index), now);
      writings.plans.push({ ...plan, traceparent });
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
