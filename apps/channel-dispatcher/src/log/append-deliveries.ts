import type { deliveries, EventOn, MessageBody } from '@baton/contracts';
import type { Conversation, LogLine } from './log-line.js';
import { isIn, without, withRange } from './ranges.js';
import type { Range } from './ranges.js';

/** How long what came after a missing delivery waits for it; longer than any restart of a service takes. */
export const GAP_PATIENCE_MS = 30_000;
/** A conversation with more than this many waiting deliveries waits no longer. */
export const MAX_HELD = 1_000;

export type SequencedDelivery = Exclude<EventOn<typeof deliveries>, { type: 'delivery.typing' | 'delivery.read' }>;

/** A delivery, or the place of one that could not be understood. */
export type Arrival =
  | {
      readonly readable: true;
      readonly sequence: number;
      readonly delivery: SequencedDelivery;
      readonly arrivedAt: Date;
      readonly traceparent?: string;
    }
  | { readonly readable: false; readonly sequence: number; readonly arrivedAt: Date };

/** A message in the log that from now on reads differently (`body`), or is gone. */
export interface Rewrite {
  readonly messageId: string;
  readonly body: MessageBody | null;
}

export interface Appended {
  readonly conversation: Conversation;
  /** In the order of their `seq`. */
  readonly lines: readonly LogLine[];
  /** Arrivals that have to wait now. */
  readonly hold: readonly Arrival[];
  /** Sequences that had waited and wait no longer. */
  readonly released: readonly number[];
  /** Messages the visitor never gets, because the floor changed before their turn came. */
  readonly superseded: readonly string[];
  readonly rewrites: readonly Rewrite[];
}

/**
 * Gives deliveries their turn: each once, in the order of `deliverySequence`, however often and in whatever order they came.
 *
 * - What comes early waits. A gap older than {@link GAP_PATIENCE_MS} becomes one `gap` line; what was missing is shown when it comes after all.
 * - A withdrawable line whose epoch was outdated *before these arrivals* is not shown but told as superseded. One that comes together with
 *   the change that outdates it was decided before it and is shown: a bot's last words before a handover.
 * - A floor that comes late, after a newer epoch, is no longer true and not shown.
 *
 * @param shown ids of messages that are in the log already; they are not shown again under another sequence
 */
export function appendDeliveries(
  before: Conversation,
  given: { arrived: readonly Arrival[]; held: readonly Arrival[]; shown: ReadonlySet<string>; now: Date },
): Appended {
  const page = new Page(before, given.shown);
  const heldBefore = new Set(given.held.map((arrival) => arrival.sequence));
  const waiting = new Map(given.held.map((arrival) => [arrival.sequence, arrival]));
  const late: Arrival[] = [];

  for (const arrival of given.arrived) {
    if (arrival.readable) page.epoch = Math.max(page.epoch, arrival.delivery.data.epoch);
    if (arrival.sequence >= before.nextDeliverySequence) {
      if (!waiting.has(arrival.sequence)) waiting.set(arrival.sequence, arrival);
    } else if (arrival.readable && isIn(page.missing, arrival.sequence)) {
      page.missing = without(page.missing, arrival.sequence);
      late.push(arrival);
    }
  }

  for (const arrival of late.sort((a, b) => a.sequence - b.sequence)) page.take(arrival, { late: true });
  let next = before.nextDeliverySequence;
  while (waiting.size > 0) {
    const arrival = waiting.get(next);
    if (arrival) {
      waiting.delete(next++);
      page.take(arrival, { late: false });
    } else if (isPatienceOver(waiting, given.now)) {
      const first = Math.min(...waiting.keys());
      page.gap(given.now);
      page.missing = withRange(page.missing, [next, first - 1]);
      next = first;
    } else break;
  }

  return {
    conversation: {
      ...before,
      nextSeq: page.nextSeq,
      nextDeliverySequence: next,
      epoch: page.epoch,
      floor: page.floor,
      agent: page.agent,
      missing: page.missing,
    },
    lines: page.lines,
    hold: [...waiting.values()].filter((arrival) => !heldBefore.has(arrival.sequence)),
    released: [...heldBefore].filter((sequence) => !waiting.has(sequence)),
    superseded: page.superseded,
    rewrites: page.rewrites,
  };
}

function isPatienceOver(waiting: ReadonlyMap<number, Arrival>, now: Date): boolean {
  if (waiting.size > MAX_HELD) return true;
  for (const arrival of waiting.values()) {
    if (now.getTime() - arrival.arrivedAt.getTime() >= GAP_PATIENCE_MS) return true;
  }
  return false;
}

/** The end of one conversation's log while lines are being added to it. */
class Page {
  nextSeq: number;
  epoch: number;
  floor: Conversation['floor'];
  agent: Conversation['agent'];
  missing: readonly Range[];
  readonly lines: LogLine[] = [];
  readonly superseded: string[] = [];
  readonly rewrites: Rewrite[] = [];
  private readonly knownEpoch: number;
  private readonly shown: Set<string>;

  constructor(before: Conversation, shown: ReadonlySet<string>) {
    this.nextSeq = before.nextSeq;
    this.epoch = this.knownEpoch = before.epoch;
    this.floor = before.floor;
    this.agent = before.agent;
    this.missing = before.missing;
    this.shown = new Set(shown);
  }

  take(arrival: Arrival, { late }: { late: boolean }): void {
    if (!arrival.readable) return this.gap(arrival.arrivedAt);
    const { type, data } = arrival.delivery;
    const isOutdated = data.epoch < this.knownEpoch;
    switch (type) {
      case 'delivery.message': {
        if (this.shown.has(data.messageId)) return;
        this.shown.add(data.messageId);
        if (data.withdrawable && isOutdated) {
          this.superseded.push(data.messageId);
          return;
        }
        const { messageId: id, at, author, body, via, mailed } = data;
        const frame = {
          t: 'message' as const,
          seq: this.nextSeq,
          id,
          at,
          author,
          body,
          ...(via === undefined ? {} : { via }),
          ...(mailed ? { mailed } : {}),
        };
        return this.add({ kind: 'message', messageId: id, author: author.kind, at, frame });
      }
      case 'delivery.edit': {
        const { messageId: id, at, body } = data;
        this.rewrites.push({ messageId: id, body });
        return this.add({ kind: 'edit', messageId: id, author: null, at, frame: { t: 'edit', seq: this.nextSeq, id, at, body } });
      }
      case 'delivery.removal': {
        const { messageId: id, at } = data;
        this.rewrites.push({ messageId: id, body: null });
        return this.add({ kind: 'removal', messageId: id, author: null, at, frame: { t: 'removal', seq: this.nextSeq, id, at } });
      }
      case 'delivery.mode': {
        if (late && isOutdated) return;
        const { at, floor, agent } = data;
        this.floor = floor;
        this.agent = agent ?? null;
        const frame = { t: 'mode' as const, seq: this.nextSeq, at, floor, ...(agent ? { agent: withoutUndefined(agent) } : {}) };
        return this.add({ kind: 'mode', messageId: null, author: null, at, frame });
      }
    }
  }

  gap(now: Date): void {
    const at = now.toISOString();
    this.add({ kind: 'gap', messageId: null, author: null, at, frame: { t: 'gap', seq: this.nextSeq, at } });
  }

  private add(line: Omit<LogLine, 'seq' | 'clientId'>): void {
    this.lines.push({ ...line, seq: this.nextSeq++, clientId: null });
  }
}

function withoutUndefined(agent: { name: string; avatar?: string | undefined }): { name: string; avatar?: string } {
  return agent.avatar === undefined ? { name: agent.name } : { name: agent.name, avatar: agent.avatar };
}
