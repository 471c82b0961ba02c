import { HookLines } from '../../simulator-kit/hook-lines.js';
import { HookLog, noCounts } from '../../simulator-kit/hook-log.js';
import { HttpSender } from '../../simulator-kit/http-sender.js';
import type { HookElement } from '../model.js';
import type { World } from '../world.js';
import { envelopeOf } from './envelope.js';
import type { HookRecord } from './hook-log.js';
import { metaJson, type Signature, signatureHeaders } from './wire.js';

/**
 * Sends hooks out, with the faults that are set. The hooks of one person go in order, each after the first attempt of the one before; only
 * retries, repeats and reordered ones leave that order.
 */
export class HookPost {
  readonly log = new HookLog<HookRecord>();
  counts = noCounts();
  private readonly sender = new HttpSender();
  /** One for each person. */
  private readonly lines: HookLines;
  private readonly batches = new Map<string, HookElement[]>();
  private heldBack: HookElement[] = [];
  private readonly stopListening: () => void;

  constructor(private readonly world: World) {
    this.lines = new HookLines(world.now);
    this.stopListening = world.onHook((element) => this.take(element));
  }

  private take(element: HookElement): void {
    const app = this.world.appOf(element.page_id);
    if (!app?.hook_url) return;
    if (this.isDropped(element)) {
      const record = this.record(app.app_id, [element]);
      this.note(record, 'dropped');
      record.fate = 'dropped';
      return;
    }
    const { hooks } = this.world.faults;
    if (hooks.held) {
      this.heldBack.push(element);
      this.counts.pending += 1;
      return;
    }
    if (hooks.batch_within_ms === 0) return this.dispatch(app.app_id, [element]);
    const gathered = this.batches.get(app.app_id);
    if (gathered) {
      gathered.push(element);
      return;
    }
    this.batches.set(app.app_id, [element]);
    this.lines.later(hooks.batch_within_ms, () => {
      const batch = this.batches.get(app.app_id) ?? [];
      this.batches.delete(app.app_id);
      this.dispatch(app.app_id, batch);
    });
  }

  private isDropped({ kind }: HookElement): boolean {
    const { hooks } = this.world.faults;
    if (kind === 'message' && hooks.drop_next_messages > 0) {
      hooks.drop_next_messages -= 1;
      return true;
    }
    const isReceipt = kind === 'delivery' || kind === 'read';
    const share = Math.max(hooks.dropped, kind === 'echo' ? hooks.echoes_dropped : 0, isReceipt ? hooks.receipts_dropped : 0);
    return this.world.random.chance(share);
  }

  private dispatch(appId: string, elements: readonly HookElement[]): void {
    const { random, faults } = this.world;
    const { hooks } = faults;
    const record = this.record(appId, elements);
    this.counts.pending += 1;
    const delay = random.between(hooks.delay.from, hooks.delay.to);
    if (random.chance(hooks.repeated)) {
      this.note(record, 'repeated');
      this.lines.later(delay + random.between(0, hooks.repeat_within_ms), () => this.attempt(record, 'right'));
    }
    const isForged = random.chance(hooks.forged);
    if (isForged) this.note(record, 'forged');
    const act = async (): Promise<void> => {
      if (isForged) await this.attempt(record, 'wrong');
      await this.firstAttempt(record);
    };
    if (random.chance(hooks.reordered)) {
      this.note(record, 'reordered');
      this.lines.later(delay + random.between(0, hooks.reorder_within_ms), act);
      return;
    }
    const line = elements.length === 1 ? elements[0]!.psid : appId;
    this.lines.enqueue(line, delay, act);
  }

  private async firstAttempt(record: HookRecord): Promise<void> {
    if (await this.attempt(record, 'right')) this.finish(record, 'delivered');
    else void this.retry(record);
  }

  private async retry(record: HookRecord): Promise<void> {
    for (const gap of this.world.faults.hooks.retry_gaps_ms) {
      if (!(await this.lines.pause(gap))) return;
      if (!this.isSubscribed(record)) break;
      if (await this.attempt(record, 'right')) return this.finish(record, 'delivered');
    }
    this.finish(record, 'failed');
  }

  /** Returns whether the receiver took it: 200, nothing else. */
  private async attempt(record: HookRecord, signature: Signature): Promise<boolean> {
    const at = this.world.now();
    const result = await this.postBody(record.app_id, record.body, signature);
    record.attempts.push({ at, ended: this.world.now(), ...result });
    const isTaken = 'status' in result && result.status === 200;
    if (signature === 'right') this.watch(record, isTaken);
    return isTaken;
  }

  private postBody(appId: string, body: string, signature: Signature): Promise<{ status: number } | { error: string }> {
    const app = this.world.apps.get(appId);
    if (!app?.hook_url) return Promise.resolve({ error: 'no address' });
    this.counts.attempts += 1;
    const headers = { 'user-agent': 'messenger-simulator', ...signatureHeaders(app.secret, body, signature) };
    return this.sender.post(app.hook_url, body, headers, this.world.faults.hooks.answer_within_ms);
  }

  /** A page whose hooks fail too long is reported, then loses its subscription. */
  private watch(record: HookRecord, isTaken: boolean): void {
    const { alert_after_ms, unsubscribe_after_ms } = this.world.faults.hooks;
    const now = this.world.now();
    for (const pageId of new Set(record.elements.map((element) => element.page_id))) {
      const page = this.world.pages.get(pageId);
      if (!page) continue;
      if (isTaken) {
        delete page.failing_since;
        continue;
      }
      page.failing_since ??= now;
      const { failing_since } = page;
      const isKnown = this.world.alerts.some((alert) => alert.page_id === pageId && alert.what === 'failing' && alert.at >= failing_since);
      if (now - failing_since >= alert_after_ms && !isKnown) this.world.alerts.push({ at: now, page_id: pageId, what: 'failing' });
      if (now - failing_since >= unsubscribe_after_ms && page.subscribed) {
        page.subscribed = false;
        this.world.alerts.push({ at: now, page_id: pageId, what: 'unsubscribed' });
      }
    }
  }

  private isSubscribed(record: HookRecord): boolean {
    return record.elements.some(({ page_id }) => this.world.pages.get(page_id)?.subscribed);
  }

  private record(appId: string, elements: readonly HookElement[]): HookRecord {
    const now = this.world.now();
    this.counts.made += 1;
    return this.log.add({
      app_id: appId,
      elements: elements.map(({ body: _body, ...element }) => element),
      body: metaJson(envelopeOf(elements, now)),
      made_at: now,
      fate: 'pending',
    });
  }

  private finish(record: HookRecord, fate: 'delivered' | 'failed'): void {
    record.fate = fate;
    this.counts[fate] += 1;
    this.counts.pending = Math.max(0, this.counts.pending - 1);
  }

  private note(record: HookRecord, fault: 'dropped' | 'repeated' | 'reordered' | 'forged'): void {
    record.faults.push(fault);
    this.counts[fault] += 1;
  }

  /** Lets held hooks go: as they were made or the last one first, one by one or all in one request. Returns how many. */
  async release(order: 'kept' | 'reversed', together: boolean): Promise<number> {
    const going = this.heldBack;
    this.heldBack = [];
    this.counts.pending = Math.max(0, this.counts.pending - going.length);
    if (order === 'reversed') going.reverse();
    const byApp = new Map<string, HookElement[]>();
    for (const element of going) {
      const appId = this.world.appOf(element.page_id)?.app_id ?? '';
      byApp.set(appId, [...(byApp.get(appId) ?? []), element]);
    }
    for (const [appId, elements] of byApp) {
      for (const parcel of together ? [elements] : elements.map((element) => [element])) {
        const record = this.record(appId, parcel);
        this.counts.pending += 1;
        await this.firstAttempt(record);
      }
    }
    return going.length;
  }

  /** Sends a hook again, so many times, one after the other. Returns the answers' statuses (0 = none). */
  async again(id: number, signature: Signature, times: number): Promise<number[] | undefined> {
    const record = this.log.byId(id);
    if (!record) return undefined;
    const statuses: number[] = [];
    for (let count = 0; count < times; count++) {
      await this.attempt(record, signature);
      statuses.push(record.attempts.at(-1)?.status ?? 0);
    }
    return statuses;
  }

  /** Sends a body of the caller's own making. Returns the answers' statuses (0 = none). */
  async odd(appId: string, body: string, signature: Signature, times: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let count = 0; count < times; count++) {
      const result = await this.postBody(appId, body, signature);
      statuses.push('status' in result ? result.status : 0);
    }
    return statuses;
  }

  /** Resolves when the hooks of a person made so far had their first attempt. */
  async handedOver(psid: string): Promise<void> {
    await this.lines.ended((line) => line === psid);
  }

  /** Forgets everything that is under way or was counted. */
  reset(): void {
    this.heldBack = [];
    this.batches.clear();
    this.lines.reset();
    this.log.clear();
    this.counts = noCounts();
  }

  close(): void {
    this.reset();
    this.stopListening();
    this.sender.close();
  }
}
