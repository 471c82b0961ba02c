import { details, entry, lasted, moment } from '../entry.js';
import type { Draft } from '../entry.js';
import type { ToldDelivery, ToldEffect } from '../told.js';
import { FAILURES, inWords, TROUBLE, WORK } from './codes.js';

/** Something to be done outside, and how far it got. */
export function ofEffect(effect: ToldEffect, cause: string | null): Draft {
  const { state, inDoubt, attempts, reason, begunAt, endedAt } = effect;
  const isOpen = endedAt === null;
  const took = begunAt !== null && endedAt !== null ? lasted(endedAt - begunAt) : null;
  return entry({
    id: `effect:${effect.id}`,
    at: effect.at,
    order: effect.position ?? 0,
    lane: 'crisp',
    group: 'effects',
    title: inWords(WORK, effect.work),
    why: whyOf(effect),
    tone: state === 'refused' ? (reason === 'effect.cancelled' ? 'quiet' : 'bad') : isOpen && attempts > 1 ? 'warn' : 'plain',
    pending: isOpen,
    marks: [
      state === 'done' ? 'done' : state === 'refused' ? 'not done' : attempts === 0 ? 'planned' : 'under way',
      ...(took === null ? [] : [took]),
      ...(attempts > 1 ? [`${attempts} attempts`] : []),
      ...(inDoubt ? ['was in doubt'] : []),
    ],
    handoverId: effect.handoverId ?? null,
    cause,
    details: details(
      ['Planned', moment(effect.at)],
      ['Last attempt began', moment(begunAt)],
      ['Ended', moment(endedAt)],
      ['Waited before', begunAt === null ? null : lasted(begunAt - effect.at)],
      ['Worth doing until', isOpen ? moment(effect.deadline) : null],
      ['State', state, 'code'],
      ['Reason', reason, 'code'],
      ['Where', effect.target, 'code'],
      ['Effect', effect.id, 'code'],
    ),
  });
}

function whyOf({ state, reason, attempts, endedAt, inDoubt }: ToldEffect): string | null {
  const trouble = reason === null ? null : inWords(TROUBLE, reason);
  if (state === 'refused') return `Not done: ${trouble ?? 'nobody said why'}.`;
  if (endedAt === null && attempts > 0 && trouble !== null) return `Tried again: ${trouble}.`;
  return inDoubt ? 'An attempt was lost on its way; it was looked up before it was done again.' : null;
}

const LINES: Readonly<Record<ToldDelivery['line'], string>> = {
  message: 'A line is in the visitor’s chat',
  edit: 'The chat shows the new wording',
  removal: 'The chat shows the line no more',
  mode: 'The chat shows who he talks to',
  gap: 'A line never reached the chat',
};
const FLOORS: Readonly<Record<string, string>> = {
  bot: 'the bot',
  escalating: 'a human is asked for',
  waiting: 'waiting for an agent',
  agent: 'an agent',
};

/** A line on its way to the visitor. */
export function ofDelivery(delivery: ToldDelivery): Draft {
  const { line, seq, reached, parts } = delivery;
  const failed = parts.find(({ state }) => state === 'failed');
  const open = parts.some(({ state }) => state === 'open');
  return entry({
    id: `delivery:${seq}`,
    at: delivery.at,
    order: seq,
    lane: 'channel',
    group: 'deliveries',
    title: line === 'mode' ? `The chat shows: ${FLOORS[delivery.floor ?? ''] ?? delivery.floor ?? ''}` : LINES[line],
    why: failed
      ? `Messenger did not take it: ${inWords(FAILURES, failed.failure ?? '')}.`
      : line === 'gap'
        ? 'What was to stand here did not come for too long; the chat went on without it.'
        : null,
    tone: failed || line === 'gap' ? 'bad' : 'quiet',
    pending: open,
    marks: [reached === 'log' ? 'not on a screen yet' : reached, ...(open ? ['waits for Messenger'] : [])],
    cause: delivery.messageId !== null && line === 'message' ? `line:${delivery.messageId}` : null,
    details: [
      ...details(['Place in his log', seq]),
      ...parts.flatMap((part) =>
        details(
          [`Part ${part.part + 1}`, [part.state, part.delivered ? 'delivered' : null, moment(part.sentAt)].filter(Boolean).join(', ')],
          [`Part ${part.part + 1}: Meta’s name`, part.mid, 'code'],
          [`Part ${part.part + 1}: reason`, part.reason ?? part.failure, 'code'],
        ),
      ),
      ...details(['Message', delivery.messageId, 'code']),
    ],
  });
}
