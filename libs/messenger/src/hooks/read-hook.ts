import { isUtf8 } from 'node:buffer';
import { MessengerEventSchema, MessengerWebhookSchema, safeParse } from '@baton/contracts';
import type { MessengerEvent, MessengerWebhook } from '@baton/contracts';
import { shapeOf } from './shape.js';

/** One element of a web hook, about one page and one person; which bot the page belongs to is not Meta's to say. */
export type MessengerElement = Omit<MessengerWebhook, 'botId'>;

/**
 * Why an element can be nobody's: the hook is not about pages (`not-of-pages`), the entry names no page (`no-page`), has none of Messenger's
 * lists (`not-messenger`), neither side is the page (`other-page`), there is no id of a person (`no-user`: a plug-in's `user_ref`, a notice to
 * the page alone), it is no element (`malformed`), or no record could carry it (`too-large`).
 */
export type LeftOutReason = 'not-of-pages' | 'no-page' | 'not-messenger' | 'other-page' | 'no-user' | 'malformed' | 'too-large';

export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly count: number;
  /** What the first of them was made of: names of fields and kinds of values, never a value. */
  readonly shape: string;
}

export interface MessengerHook {
  /** In the order in which they came. */
  readonly webhooks: MessengerElement[];
  /** How many were left out. */
  readonly ignored: number;
  /** The same by reason. */
  readonly leftOut: readonly LeftOut[];
}

/** The body as a whole is no web hook. */
export interface MessengerHookProblem {
  readonly code: 'hook.not-json' | 'hook.invalid' | 'hook.too-many';
  readonly field?: string;
  readonly message: string;
}

/** Twice what Meta says it may send at once. */
const MAX_ELEMENTS = 2_000;
/** An element in a record; Kafka takes about a megabyte. */
const MAX_ELEMENT_BYTES = 512 * 1_024;
/** Deeper than anything Meta documents, and shallow enough for every reader. */
const MAX_DEPTH = 32;

/**
 * Takes a verified web hook apart. An element that is broken, or of which nobody could say whom it is about, is left out and counted; it never
 * takes the others with it.
 * @param receivedAt stands for Meta's time of sending where that is missing, in milliseconds
 */
export function readMessengerHook(rawBody: Buffer, receivedAt: number): MessengerHook | { readonly problem: MessengerHookProblem } {
  const json = isUtf8(rawBody) ? parsed(rawBody) : undefined;
  if (json === undefined) return { problem: { code: 'hook.not-json', message: 'the body is not JSON in UTF-8' } };
  if (!isFields(json)) return invalid('(whole)', 'must be an object');
  if (typeof json['object'] !== 'string') return invalid('object', 'must be a text');
  const reading = new Reading();
  if (json['object'] !== 'page') {
    reading.leaveOut('not-of-pages', json);
    return reading.result();
  }
  const entries = json['entry'];
  if (!Array.isArray(entries)) return invalid('entry', 'must be a list');
  if (entries.length > MAX_ELEMENTS) return tooMany();
  for (const entry of entries) {
    reading.entry(entry, receivedAt);
    if (reading.size > MAX_ELEMENTS) return tooMany();
  }
  return reading.result();
}

class Reading {
  private readonly webhooks: MessengerElement[] = [];
  private readonly leftOut = new Map<LeftOutReason, LeftOut>();
  private ignored = 0;

  get size(): number {
    return this.webhooks.length + this.ignored;
  }

  result(): MessengerHook {
    return { webhooks: this.webhooks, ignored: this.ignored, leftOut: [...this.leftOut.values()] };
  }

  leaveOut(reason: LeftOutReason, value: unknown, count = 1): void {
    this.ignored += count;
    const before = this.leftOut.get(reason);
    this.leftOut.set(reason, before ? { ...before, count: before.count + count } : { reason, count, shape: shapeOf(value) });
  }

  entry(entry: unknown, receivedAt: number): void {
    if (!isFields(entry)) return this.leaveOut('malformed', entry);
    const lists = (['messaging', 'standby'] as const).filter((name) => entry[name] !== undefined);
    if (lists.length === 0) return this.leaveOut('not-messenger', entry);
    const page = safeParse(MessengerWebhookSchema.shape.pageId, entry['id']);
    for (const name of lists) {
      const elements = entry[name];
      if (!Array.isArray(elements)) this.leaveOut('malformed', entry);
      else if (!page.success) this.leaveOut('no-page', entry, elements.length);
      else for (const element of elements) this.element(element, page.data, name === 'standby', timeOf(entry['time']) ?? receivedAt);
    }
  }

  private element(element: unknown, pageId: string, standby: boolean, sentAt: number): void {
    const event = eventOf(element);
    if (typeof event === 'string') return this.leaveOut(event, element);
    const sides = [event.sender?.id, event.recipient?.id];
    if (!sides.includes(pageId)) return this.leaveOut(sides.every((side) => side === undefined) ? 'no-user' : 'other-page', element);
    const user = safeParse(
      MessengerWebhookSchema.shape.userId,
      sides.find((side) => side !== pageId),
    );
    if (!user.success) return this.leaveOut('no-user', element);
    this.webhooks.push({ pageId, userId: user.data, sentAt, standby, event });
  }
}

function eventOf(element: unknown): MessengerEvent | 'malformed' | 'too-large' {
  if (!isFields(element) || isDeeperThan(MAX_DEPTH, element)) return 'malformed';
  const { timestamp, ...rest } = element;
  const at = timeOf(timestamp);
  // A time in an unforeseen form is no reason to lose what a person said.
  const event = safeParse(MessengerEventSchema, at === undefined ? rest : { ...rest, timestamp: at });
  if (!event.success) return 'malformed';
  return Buffer.byteLength(JSON.stringify(event.data)) > MAX_ELEMENT_BYTES ? 'too-large' : event.data;
}

/** Milliseconds; Meta's own samples write some of them as text. */
function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof time === 'number' && Number.isSafeInteger(time) && time >= 0 ? time : undefined;
}

function parsed(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(field: string, message: string): { problem: MessengerHookProblem } {
  return { problem: { code: 'hook.invalid', field, message } };
}

function tooMany(): { problem: MessengerHookProblem } {
  return { problem: { code: 'hook.too-many', field: 'entry', message: `more than ${MAX_ELEMENTS} elements` } };
}
