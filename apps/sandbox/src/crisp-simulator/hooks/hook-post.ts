import { HookLines } from '../../simulator-kit/hook-lines.js';
import { HookLog, noCounts } from '../../simulator-kit/hook-log.js';
import { HttpSender } from '../../simulator-kit/http-sender.js';
import type { SimulatedEvent } from '../model.js';
import type { World } from '../world.js';
import { type Destination, destinationsOf, withWrongKey } from './destinations.js';
import type { CrispHookCounts, HookRecord } from './hook-log.js';
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
  readonly log = new HookLog<HookRecord>();
  counts: CrispHookCounts = { ...noCounts(), stale: 0 };
  private readonly sender = new HttpSender();
  /** One for each session and destination. */
  private readonly lines: HookLines;
  private heldBack: { record: HookRecord; to: Destination }[] = [];
  private readonly stopListening: () => void;

  constructor(private readonly world: World) {
    this.lines = new HookLines(world.now);
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
      this.lines.later(delay + random.between(0, hooks.repeat_within_ms), () => this.attempt(record, to, handling, 1));
    }
    if (random.chance(hooks.reordered)) {
      this.note(record, 'reordered');
      this.lines.later(delay + random.between(0, hooks.reorder_within_ms), () => this.firstAttempt(record, to, handling));
      return;
    }
    const line = `${to.url} ${record.session_id ?? record.website_id}`;
    this.lines.enqueue(line, delay, () => this.firstAttempt(record, to, handling));
  }

  private async firstAttempt(record: HookRecord, to: Destination, handling: Handling): Promise<void> {
    if (await this.attempt(record, to, handling, 1)) this.finish(record, 'delivered');
    else void this.retry(record, to, handling);
  }

  private async retry(record: HookRecord, to: Destination, handling: Handling): Promise<void> {
    const { attempts, retry_gaps_ms: gaps } = this.world.faults.hooks;
    for (let count = 2; count <= attempts; count++) {
      if (!(await this.lines.pause(gaps[Math.min(count - 2, gaps.length - 1)]!))) return;
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
    record.attempts.push({ at, ended: this.world.now(), ...result });
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
    await this.lines.ended((line) => line.endsWith(` ${sessionId}`));
  }

  /** Forgets everything that is under way or was counted. */
  reset(): void {
    this.heldBack = [];
    this.lines.reset();
    this.log.clear();
    this.counts = { ...noCounts(), stale: 0 };
  }

  close(): void {
    this.reset();
    this.stopListening();
    this.sender.close();
  }
}
