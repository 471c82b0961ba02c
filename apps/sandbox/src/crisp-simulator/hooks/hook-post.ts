import type { SimulatedEvent } from '../model.js';
import type { World } from '../world.js';
import { type Destination, destinationsOf, withWrongKey } from './destinations.js';
import { HookLog, type HookCounts, type HookRecord } from './hook-log.js';
import { HttpSender } from './http-sender.js';
import { signHook } from './sign.js';

/** How a hook is sent: rightly, or with one thing wrong. */
export interface Handling {
  forged?: boolean;
  /** How long ago the request timestamp lies. */
  agedMs?: number;
}

/**
 * Sends hooks out, with the faults that are set. The hooks of one session reach one destination in order, each after
 * the first attempt of the one before; only retries, repeats and reordered ones leave that order.
 */
export class HookPost {
  readonly log = new HookLog();
  counts: HookCounts = emptyCounts();
  private readonly sender = new HttpSender();
  /** The end of each session's queue, by destination. */
  private readonly queues = new Map<string, Promise<void>>();
  private readonly earliest = new Map<string, number>();
  private heldBack: { record: HookRecord; to: Destination }[] = [];
  private generation = 0;
  private readonly stopListening: () => void;

  constructor(private readonly world: World) {
    this.stopListening = world.onEvent((event) => this.take(event));
  }

  private take(event: SimulatedEvent): void {
    const destinations = destinationsOf(this.world, event);
    if (destinations.length === 0) return;
    const body = JSON.stringify({ website_id: event.website_id, event: event.event, data: event.data, timestamp: event.timestamp });
    for (const to of destinations) {
      const { website_id, session_id } = event;
      const record = this.log.add({
        kind: to.kind,
        url: to.url,
        event: event.event,
        website_id,
        session_id,
        body,
        made_at: this.world.now(),
        fate: 'pending',
      });
      this.counts.made += 1;
      this.route(record, to);
    }
  }

  private route(record: HookRecord, to: Destination): void {
    const { hooks } = this.world.faults;
    const { random } = this.world;
    const isMessage = record.event === 'message:received' || record.event === 'message:send';
    if ((isMessage && hooks.drop_next_messages > 0) || random.chance(hooks.dropped)) {
      if (isMessage && hooks.drop_next_messages > 0) hooks.drop_next_messages -= 1;
      this.note(record, 'dropped');
      record.fate = 'dropped';
      return;
    }
    this.counts.pending += 1;
    if (hooks.held) {
      record.fate = 'held';
      this.heldBack.push({ record, to });
      return;
    }
    const handling: Handling = {};
    if (random.chance(hooks.forged)) {
      this.note(record, 'forged');
      handling.forged = true;
    } else if (random.chance(hooks.stale)) {
      this.note(record, 'stale');
      handling.agedMs = hooks.stale_by_ms;
    }
    const delay = random.between(hooks.delay.from, hooks.delay.to);
    if (random.chance(hooks.repeated)) {
      this.note(record, 'repeated');
      this.later(delay + random.between(0, hooks.repeat_within_ms), () => this.attempt(record, to, handling, 1));
    }
    if (random.chance(hooks.reordered)) {
      this.note(record, 'reordered');
      this.later(delay + random.between(0, hooks.reorder_within_ms), () => this.firstAttempt(record, to, handling));
      return;
    }
    this.enqueue(record, to, handling, delay);
  }

  private enqueue(record: HookRecord, to: Destination, handling: Handling, delayMs: number): void {
    const line = `${to.url} ${record.session_id ?? record.website_id}`;
    const due = Math.max(this.world.now() + delayMs, this.earliest.get(line) ?? 0);
    if (delayMs > 0) this.earliest.set(line, due);
    const generation = this.generation;
    const before = this.queues.get(line);
    const turn = (async () => {
      await before;
      const wait = due - this.world.now();
      if (wait > 0) await sleep(wait);
      if (generation === this.generation) await this.firstAttempt(record, to, handling);
    })();
    this.queues.set(line, turn);
    void turn.finally(() => {
      if (this.queues.get(line) === turn) {
        this.queues.delete(line);
        this.earliest.delete(line);
      }
    });
  }

  private async firstAttempt(record: HookRecord, to: Destination, handling: Handling): Promise<void> {
    if (await this.attempt(record, to, handling, 1)) this.finish(record, 'delivered');
    else void this.retry(record, to, handling);
  }

  private async retry(record: HookRecord, to: Destination, handling: Handling): Promise<void> {
    const generation = this.generation;
    const { attempts, retry_gaps_ms: gaps } = this.world.faults.hooks;
    for (let count = 2; count <= attempts; count++) {
      await sleep(gaps[Math.min(count - 2, gaps.length - 1)]!);
      if (generation !== this.generation) return;
      if (await this.attempt(record, to, handling, count)) return this.finish(record, 'delivered');
    }
    this.finish(record, 'failed');
  }

  /** Returns whether the receiver took it (any 2xx). */
  private async attempt(record: HookRecord, to: Destination, handling: Handling, count: number): Promise<boolean> {
    const { attempts: limit, answer_within_ms: within } = this.world.faults.hooks;
    const at = this.world.now();
    const stamp = at - (handling.agedMs ?? 0);
    const headers: Record<string, string> = {
      'x-crisp-hook-origin': to.origin,
      'x-crisp-request-timestamp': String(stamp),
      'x-delivery-attempt-count': String(count),
      'x-delivery-attempt-limit': String(limit),
      'user-agent': 'crisp-simulator',
    };
    if (to.secret) headers['x-crisp-signature'] = signHook(handling.forged ? `not-${to.secret}` : to.secret, stamp, record.body);
    const url = handling.forged && !to.secret ? withWrongKey(to.url) : to.url;
    this.counts.attempts += 1;
    const result = await this.sender.post(url, record.body, headers, within);
    record.attempts.push({ at, ...result });
    return 'status' in result && result.status >= 200 && result.status < 300;
  }

  private finish(record: HookRecord, fate: 'delivered' | 'failed'): void {
    record.fate = fate;
    this.counts[fate] += 1;
    this.counts.pending = Math.max(0, this.counts.pending - 1);
  }

  private note(record: HookRecord, fault: 'dropped' | 'repeated' | 'reordered' | 'forged' | 'stale'): void {
    record.faults.push(fault);
    this.counts[fault] += 1;
  }

  private later(delayMs: number, act: () => Promise<unknown>): void {
    const generation = this.generation;
    setTimeout(() => generation === this.generation && void act(), delayMs).unref();
  }

  /** Lets held hooks go: as they were made, or the last one first. Returns how many. */
  async release(order: 'kept' | 'reversed'): Promise<number> {
    const going = this.heldBack;
    this.heldBack = [];
    if (order === 'reversed') going.reverse();
    for (const { record, to } of going) {
      record.fate = 'pending';
      await this.firstAttempt(record, to, {});
    }
    return going.length;
  }

  /** Sends a hook again, so many times, one after the other. Returns the answers' statuses (0 = none). */
  async again(id: number, handling: Handling, times: number): Promise<number[] | undefined> {
    const record = this.log.byId(id);
    if (!record) return undefined;
    const event = { event: record.event, website_id: record.website_id, session_id: record.session_id, data: {}, timestamp: 0 };
    const to = destinationsOf(this.world, event).find((destination) => destination.url === record.url);
    if (!to) return undefined;
    const statuses: number[] = [];
    for (let count = 1; count <= times; count++) {
      await this.attempt(record, to, handling, count);
      statuses.push(record.attempts.at(-1)?.status ?? 0);
    }
    return statuses;
  }

  /** Resolves when the hooks of a session made so far had their first attempt. */
  async handedOver(sessionId: string): Promise<void> {
    const waiting: Promise<void>[] = [];
    for (const [line, turn] of this.queues) if (line.endsWith(` ${sessionId}`)) waiting.push(turn);
    await Promise.all(waiting);
  }

  /** Forgets everything that is under way or was counted. */
  reset(): void {
    this.generation += 1;
    this.heldBack = [];
    this.queues.clear();
    this.earliest.clear();
    this.log.clear();
    this.counts = emptyCounts();
  }

  close(): void {
    this.reset();
    this.stopListening();
    this.sender.close();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function emptyCounts(): HookCounts {
  return { made: 0, delivered: 0, failed: 0, attempts: 0, dropped: 0, repeated: 0, reordered: 0, forged: 0, stale: 0, pending: 0 };
}
