import { conversationIdOf } from '@baton/contracts';
import type { SequencedDelivery, Arrival } from '../log/append-deliveries.js';
import { unwritten } from '../log/log-line.js';
import type { Conversation } from '../log/log-line.js';

export const NOON = new Date('2026-01-05T12:00:00.000Z');

export const after = (milliseconds: number): Date => new Date(NOON.getTime() + milliseconds);

/** The n-th of a row of UUIDs that are easy to tell apart. */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const address = { botId: 'demo', channel: 'webchat' as const, address: 'v_1' };
const to = { ...address, conversationId: conversationIdOf(address), at: NOON.toISOString() };

export function aConversation(given: Partial<Conversation> = {}): Conversation {
  return { ...unwritten({ id: to.conversationId, ...address }), ...given };
}

interface Given {
  epoch?: number;
  id?: string;
  text?: string;
  withdrawable?: boolean;
  arrivedAt?: Date;
}

const arrival = (sequence: number, delivery: SequencedDelivery, arrivedAt = NOON): Arrival => ({
  readable: true,
  sequence,
  delivery,
  arrivedAt,
});

/** What an agent wrote; its message id is the sequence unless said otherwise. */
export function agentSays(sequence: number, given: Given = {}): Arrival {
  const { epoch = 0, id = uuid(sequence), text = `line ${sequence}`, withdrawable = false, arrivedAt } = given;
  const author = { kind: 'agent' as const, name: 'Mia' };
  const data = { ...to, deliverySequence: sequence, epoch, messageId: id, author, body: { type: 'text' as const, text }, withdrawable };
  return arrival(sequence, { type: 'delivery.message', version: 1, data }, arrivedAt);
}

/** What the bot wrote: it may be withdrawn. */
export const botSays = (sequence: number, given: Given = {}): Arrival => agentSays(sequence, { withdrawable: true, ...given });

export function edited(sequence: number, id: string, text: string): Arrival {
  const data = { ...to, deliverySequence: sequence, epoch: 0, messageId: id, body: { type: 'text' as const, text } };
  return arrival(sequence, { type: 'delivery.edit', version: 1, data });
}

export function removed(sequence: number, id: string): Arrival {
  return arrival(sequence, { type: 'delivery.removal', version: 1, data: { ...to, deliverySequence: sequence, epoch: 0, messageId: id } });
}

export function floorIs(sequence: number, floor: Conversation['floor'], given: Given = {}): Arrival {
  const data = {
    ...to,
    deliverySequence: sequence,
    epoch: given.epoch ?? 0,
    floor,
    ...(floor === 'agent' ? { agent: { name: 'Mia' } } : {}),
  };
  return arrival(sequence, { type: 'delivery.mode', version: 1, data }, given.arrivedAt);
}

export const unreadable = (sequence: number): Arrival => ({ readable: false, sequence, arrivedAt: NOON });
