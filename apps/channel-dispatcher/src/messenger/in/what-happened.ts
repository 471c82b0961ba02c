import { conversationIdOf, derivedId, MAX_CAME_BY, messengerAddress } from '@baton/contracts';
import type { Floor } from '@baton/contracts';
import { readMetadata, textBodies } from '@baton/messenger';
import type { InBody, MessengerFact, SendMark } from '@baton/messenger';
import type { Address } from '../../log/log-line.js';
import { oneLine } from './one-line.js';

/** What an event means, and whose it is. */
export interface Happening {
  readonly of: Address;
  readonly fact: MessengerFact;
  /** W3C trace context of the web hook. */
  readonly traceparent?: string | undefined;
}

/** Words or a file of the person, to be written into his log once. */
export interface Heard {
  readonly of: Address;
  /** Derived from Meta's id: the same words are the same, however often they come. */
  readonly clientId: string;
  readonly body: InBody;
  /** ms */
  readonly at: number;
  readonly standby: boolean;
  /** A sign such as a reaction: only somebody who is talking with him is to hear of it. */
  readonly isSign: boolean;
  /** What he answers with it. */
  readonly replyTo?: Answered | undefined;
  /** The link or ad that the words themselves name. */
  readonly cameBy?: string | undefined;
  /** The link or ad that he opened before them, in this batch. */
  readonly opened?: Opening | undefined;
  /** W3C trace context of the web hook that brought it. */
  readonly traceparent?: string | undefined;
}

export interface Opening {
  readonly ref: string;
  /** ms */
  readonly at: number;
}

/** A message that is answered. */
export interface Answered {
  readonly mid: string;
  /** What its words have as `clientId` if they are the person's own. */
  readonly clientId: string;
}

export interface Elsewhere {
  readonly of: Address;
  readonly mid: string;
  readonly appId: string;
  readonly bodies: readonly InBody[];
  /** ms */
  readonly at: number;
}

export interface Echo {
  readonly conversationId: string;
  readonly mark: SendMark;
  readonly mid: string;
  /** ms */
  readonly at: number;
}

/** How far one conversation got, by Meta's words (ms); 0 where it said nothing. */
export interface Progress {
  readonly of: Address;
  readonly lastUserActionAt: number;
  readonly deliveredUntil: number;
  readonly seenUntil: number;
  readonly deliveredMids: readonly string[];
  /** The link or ad that he opened, when he has said nothing since. */
  readonly opened?: Opening | undefined;
}

/** What a batch of events adds up to. */
export interface WhatHappened {
  /** In the order in which the person said it. */
  readonly heard: readonly Heard[];
  readonly elsewhere: readonly Elsewhere[];
  readonly echoes: readonly Echo[];
  readonly progress: readonly Progress[];
  /** Conversations that begin here if they are not there yet; mere receipts begin none. */
  readonly begin: readonly Address[];
}

/** Meta's clock may be ahead of ours by so much (ms); what is told of a time beyond it would count all that is still to be sent as read. */
const CLOCKS_APART_MS = 60_000;

const BEGINNINGS: ReadonlySet<MessengerFact['kind']> = new Set(['message', 'edited', 'foreign-echo']);

/** Who an event is about, as a conversation of his bot. */
export function addressOf({ botId, pageId, userId }: { botId: string; pageId: string; userId: string }): Address {
  const to = { botId, channel: 'messenger', address: messengerAddress(pageId, userId) };
  return { id: conversationIdOf(to), ...to };
}

/**
 * Adds up a batch. Meta may deliver late and out of order: what belongs together is put into the order of its own times.
 * @param now ms; nothing happened later than that
 */
export function whatHappened(happenings: readonly Happening[], now: number): WhatHappened {
  const sum = { heard: [] as Heard[], elsewhere: [] as Elsewhere[], echoes: [] as Echo[] };
  const progress = new Map<string, Progress & { deliveredMids: string[] }>();
  const begin = new Map<string, Address>();
  for (const { of, fact, traceparent } of [...happenings].sort((a, b) => a.fact.at - b.fact.at)) {
    const at = Math.min(fact.at, now);
    const cause = traceparent === undefined ? {} : { traceparent };
    const byMeta = (time: number): number => Math.min(time, now + CLOCKS_APART_MS);
    const before = progress.get(of.id) ?? { of, lastUserActionAt: 0, deliveredUntil: 0, seenUntil: 0, deliveredMids: [] };
    const lastUserActionAt = fact.opensWindow ? Math.max(before.lastUserActionAt, at) : before.lastUserActionAt;
    const moved = { ...before, lastUserActionAt, opened: before.opened };
    switch (fact.kind) {
      case 'message':
        sum.heard.push(
          ...fact.bodies.map((body, nth) => ({
            of,
            clientId: clientIdOf(of, fact.mid, nth),
            body,
            at,
            standby: fact.standby,
            isSign: false,
            ...cause,
            ...(nth === 0 ? hintsOf(of, fact, before.opened) : {}),
          })),
        );
        moved.opened = undefined;
        break;
      case 'edited':
        sum.heard.push(
          ...textBodies(fact.text).map((body, nth) => ({
            ...heardOf(of, fact, at, ['edit', fact.mid, fact.number, nth], body, false),
            ...cause,
          })),
        );
        break;
      case 'reaction':
        if (fact.action === 'react' && fact.emoji)
          sum.heard.push({ ...heardOf(of, fact, at, ['reaction', fact.mid, fact.at], { type: 'text', text: fact.emoji }, true), ...cause });
        break;
      case 'foreign-echo':
        sum.elsewhere.push({ of, mid: fact.mid, appId: fact.appId, bodies: fact.bodies, at });
        break;
      case 'own-echo': {
        const mark = readMetadata(fact.metadata);
        if (mark) sum.echoes.push({ conversationId: of.id, mark, mid: fact.mid, at: byMeta(fact.at) });
        break;
      }
      case 'delivered':
        moved.deliveredUntil = Math.max(moved.deliveredUntil, byMeta(fact.watermark));
        moved.deliveredMids = [...moved.deliveredMids, ...fact.mids];
        break;
      case 'seen':
        moved.seenUntil = Math.max(moved.seenUntil, byMeta(fact.watermark));
        break;
      case 'opened': {
        const ref = refOf(fact);
        if (ref !== undefined) moved.opened = { ref, at };
        break;
      }
      case 'thread-control':
      case 'unknown':
        break;
    }
    if (fact.opensWindow || BEGINNINGS.has(fact.kind)) begin.set(of.id, of);
    progress.set(of.id, moved);
  }
  return { ...sum, progress: [...progress.values()].filter(hasMoved), begin: [...begin.values()] };
}

/** What becomes of what the person said: the bot and the agents hear of it (`told`), it is only written down, or it is nobody's. */
export function whoHears({ standby, isSign }: Pick<Heard, 'standby' | 'isSign'>, floor: Floor): 'told' | 'noted' | 'nobody' {
  const isTalkingToHuman = floor !== 'bot';
  if (isSign) return isTalkingToHuman ? 'told' : 'nobody';
  return standby && !isTalkingToHuman ? 'noted' : 'told';
}

function heardOf(
  of: Address,
  { standby }: MessengerFact,
  at: number,
  id: readonly (string | number)[],
  body: InBody,
  isSign: boolean,
): Heard {
  return { of, clientId: derivedId('messenger', of.address, ...id), body, at, standby, isSign };
}

/** What comes with words: the message that they answer, and the link or ad that led to them. */
function hintsOf(
  of: Address,
  fact: Extract<MessengerFact, { kind: 'message' }>,
  opened: Opening | undefined,
): Pick<Heard, 'replyTo' | 'cameBy' | 'opened'> {
  const { replyTo: mid } = fact;
  const cameBy = refOf(fact);
  return {
    ...(mid === undefined ? {} : { replyTo: { mid, clientId: clientIdOf(of, mid, 0) } }),
    ...(cameBy === undefined ? {} : { cameBy }),
    ...(opened === undefined ? {} : { opened }),
  };
}

function refOf({ ref = '' }: { readonly ref?: string }): string | undefined {
  return oneLine(ref, MAX_CAME_BY) || undefined;
}

function clientIdOf(of: Address, mid: string, nth: number): string {
  return derivedId('messenger', of.address, mid, nth);
}

function hasMoved({ lastUserActionAt, deliveredUntil, seenUntil, deliveredMids }: Progress): boolean {
  return lastUserActionAt + deliveredUntil + seenUntil + deliveredMids.length > 0;
}
