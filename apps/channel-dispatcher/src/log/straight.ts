import type { Floor } from '@baton/contracts';
import type { Arrival } from './append-deliveries.js';
import type { AgentOnScreen, LogLine } from './log-line.js';
import { storableJson } from './storable.js';
import type { WrittenLine } from './written-line.js';

/** A line that lacks nothing but its `seq`. */
export interface Draft {
  readonly kind: 'message' | 'mode';
  readonly messageId: string | null;
  readonly author: LogLine['author'];
  readonly clientId: string | null;
  readonly at: string;
  /** The frame's JSON after its `seq`. */
  readonly rest: string;
}

/**
 * Lines that follow each other and need no decision but one that Postgres can take in the statement that writes them: is it their turn?
 * When it is, the outcome is that of `appendDeliveries`; when it is not, nothing is written and the whole rule decides.
 */
export interface Straight {
  readonly conversationId: string;
  readonly drafts: readonly Draft[];
  /** Which deliveries these are; null for what the visitor wrote: that is always next. */
  readonly turn: {
    readonly first: number;
    readonly next: number;
    /** When the conversation knows a higher one, something may have to be withdrawn. */
    readonly lowestEpoch: number;
    readonly highestEpoch: number;
  } | null;
  /** Where the floor is after these lines; undefined when they say nothing of it. */
  readonly floor?: { readonly floor: Floor; readonly agent: AgentOnScreen | null };
}

/** Takes deliveries as they are when nothing is unusual: all readable, in order without holes, each message once, no edits. */
export function straightOf(conversationId: string, arrived: readonly Arrival[]): Straight | undefined {
  const first = arrived[0]?.sequence;
  if (first === undefined) return undefined;
  const drafts: Draft[] = [];
  const messageIds = new Set<string>();
  let floor: Straight['floor'];
  let [lowestEpoch, highestEpoch] = [Infinity, 0];
  for (const [nth, arrival] of arrived.entries()) {
    if (!arrival.readable || arrival.sequence !== first + nth) return undefined;
    const { type, data } = arrival.delivery;
    lowestEpoch = Math.min(lowestEpoch, data.epoch);
    highestEpoch = Math.max(highestEpoch, data.epoch);
    if (type === 'delivery.message') {
      const { messageId: id, at, author, body, via, mailed } = data;
      if (messageIds.has(id)) return undefined;
      messageIds.add(id);
      drafts.push({
        kind: 'message',
        messageId: id,
        author: author.kind,
        clientId: null,
        at,
        rest: restOf({ id, at, author, body, via, ...(mailed ? { mailed } : {}) }),
      });
    } else if (type === 'delivery.mode') {
      const { at, agent } = data;
      floor = { floor: data.floor, agent: agent ?? null };
      drafts.push({ kind: 'mode', messageId: null, author: null, clientId: null, at, rest: restOf({ at, floor: data.floor, agent }) });
    } else return undefined;
  }
  return {
    conversationId,
    drafts,
    turn: { first, next: first + arrived.length, lowestEpoch, highestEpoch },
    ...(floor ? { floor } : {}),
  };
}

/** A line that is decided already, without its `seq`. */
export function draftOf({ kind, messageId, author, clientId, at, frame }: LogLine): Draft {
  const { t: _kind, seq: _seq, ...rest } = frame;
  return { kind: kind as Draft['kind'], messageId, author, clientId, at, rest: restOf(rest) };
}

/** The lines as they were written when the first got this `seq`. */
export function linesOf({ conversationId, drafts }: Straight, firstSeq: number): WrittenLine[] {
  return drafts.map(({ rest, ...draft }, nth) => {
    const seq = firstSeq + nth;
    return { ...draft, conversationId, seq, frame: `{"t":"${draft.kind}","seq":${seq},${rest}` };
  });
}

function restOf(fields: object): string {
  return storableJson(fields).slice(1);
}
