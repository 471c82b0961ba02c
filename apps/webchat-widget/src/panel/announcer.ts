import { h } from '../shared/dom.js';

/** A screen reader needs this long to take one line up, ms. */
const EACH_MS = 1_000;

/** Says new things to screen readers, one after the other, each once. What was there before the page is never said. */
export class Announcer {
  readonly element = h('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
  private readonly waiting: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    this.waiting.push(text.slice(0, 500));
    if (!this.timer) this.next();
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  private next(): void {
    const text = this.waiting.shift();
    this.timer = text === undefined ? undefined : setTimeout(() => this.next(), EACH_MS);
    if (text !== undefined) this.element.replaceChildren(h('p', {}, text));
  }
}
