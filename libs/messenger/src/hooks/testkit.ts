import type { MessengerElement } from './read-hook.js';

export const PAGE = '4400110022';
export const PERSON = '9100200300';
export const AT = 1_767_225_599_987;
export const SENT = 1_767_225_600_123;

/** An element as it stands in `messaging[]`: the person says `Hello` unless `o` has other things to say. */
export function anElement(o: Record<string, unknown> = { message: { mid: 'm_1', text: 'Hello' } }): Record<string, unknown> {
  return { sender: { id: PERSON }, recipient: { id: PAGE }, timestamp: AT, ...o };
}

export function anEntry(elements: readonly unknown[], o: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: PAGE, time: SENT, messaging: elements, ...o };
}

export function aBody(entries: readonly unknown[], object = 'page'): Buffer {
  return Buffer.from(asMetaWrites({ object, entry: entries }));
}

/** What is read of an element. */
export function aReading(event: Record<string, unknown> = anElement()): MessengerElement {
  return { pageId: PAGE, userId: PERSON, sentAt: SENT, standby: false, event };
}

/** JSON with Meta's escapes: what is not ASCII, and `/`, `<`, `%` and `@`. */
export function asMetaWrites(value: unknown): string {
  const escaped = (text: string) => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value)
    .replaceAll('/', String.raw`\/`)
    .replaceAll(/[^\x20-\x7e]|[<%@]/g, escaped);
}
