import type { Author } from '@baton/contracts';
import type { Row } from '../conversation/rows.js';
import { h } from '../shared/dom.js';
import { avatarOf } from './avatar.js';
import { icons } from './icons.js';
import { drawRow, nameOf } from './row-view.js';
import type { RowActions } from './row-view.js';
import type { Voice } from './voice.js';

/** Nearer to the end than this counts as reading the end, in px. */
const AT_END = 48;
/** Nearer to the beginning than this asks for more. */
const NEAR_START = 120;

export interface TranscriptState {
  readonly rows: readonly Row[];
  readonly typing: Author | undefined;
  readonly older: 'none' | 'idle' | 'loading' | 'failed';
  /** Nothing is known yet: shapes of messages stand in. */
  readonly waiting: boolean;
}

export interface TranscriptActions extends RowActions {
  loadOlder(): void;
  toInput(): void;
  /** The visitor scrolled, or the end came into sight. */
  looked(): void;
}

/** The messages, drawn by key: only rows that changed are drawn again, and the reader stays where he reads. */
export class Transcript {
  readonly element: HTMLElement;
  private readonly log: HTMLElement;
  private readonly list = h('div', { class: 'rows' });
  private readonly intro: HTMLElement;
  private readonly older = h('div', { class: 'older' });
  private readonly typing = h('div', { class: 'typing' });
  private readonly skeleton = h('div', { class: 'skeleton', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
  private readonly fresh: HTMLButtonElement;
  private readonly drawn = new Map<string, { readonly element: HTMLElement; readonly as: string }>();
  private readonly resized: ResizeObserver;
  private sticks = true;
  private lastTop = 0;
  private state: TranscriptState | undefined;

  constructor(
    private readonly voice: Voice,
    private readonly actions: TranscriptActions,
    intro: HTMLElement,
  ) {
    this.intro = intro;
    this.log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': voice.say('log'), tabindex: 0 });
    this.log.append(this.intro, this.older, this.list, this.skeleton, this.typing);
    this.fresh = h(
      'button',
      { type: 'button', class: 'fresh', hidden: true, onclick: () => this.toEnd(true) },
      voice.say('fresh'),
      icons.down(),
    );
    this.element = h('div', { class: 'transcript' }, this.log, this.fresh);
    this.log.addEventListener('scroll', () => this.onScroll(), { passive: true });
    this.log.addEventListener('keydown', (event) => this.onKey(event));
    this.resized = new ResizeObserver(() => {
      if (this.log.clientHeight > 0) this.look();
      this.stay();
    });
    this.resized.observe(this.log);
  }

  /** `spoken`: somebody else said something new. */
  draw(state: TranscriptState, spoken: boolean): void {
    // The reader may have scrolled without the browser having said so yet.
    if (this.log.clientHeight > 0) this.look();
    const before = this.log.scrollHeight;
    const firstKey = this.state?.rows.find((row) => row.is === 'message' && row.key !== 'greeting')?.key;
    const grewAbove = firstKey !== undefined && state.rows.findIndex((row) => row.key === firstKey) > this.indexOf(firstKey);
    const firstTime = this.drawn.size === 0;
    this.state = state;
    this.drawRows(state.rows, !firstTime && !grewAbove);
    this.drawOlder(state.older);
    this.drawTyping(state.typing);
    this.intro.hidden = state.older !== 'none' || state.waiting;
    this.skeleton.hidden = !state.waiting;
    if (grewAbove && !this.sticks) this.log.scrollTop += this.log.scrollHeight - before;
    this.stay();
    if (spoken && !this.sticks) this.fresh.hidden = false;
  }

  /** How far a file is on its way, from 0 to 1. */
  progress(key: string, share: number): void {
    const bar = this.drawn.get(key)?.element.querySelector('progress');
    if (bar) bar.value = share;
  }

  get isAtEnd(): boolean {
    return this.sticks;
  }

  toEnd(smooth: boolean): void {
    this.sticks = true;
    this.fresh.hidden = true;
    this.log.scrollTo({
      top: this.log.scrollHeight,
      behavior: smooth && !matchMedia('(prefers-reduced-motion: reduce)').matches ? 'smooth' : 'instant',
    });
  }

  /** At the end if the reader was there. */
  stay(): void {
    if (!this.sticks) return;
    this.log.scrollTop = this.log.scrollHeight;
    this.lastTop = this.log.scrollTop;
  }

  destroy(): void {
    this.resized.disconnect();
  }

  private indexOf(key: string): number {
    return [...this.drawn.keys()].indexOf(key);
  }

  private drawRows(rows: readonly Row[], entering: boolean): void {
    const keys = new Set(rows.map((row) => row.key));
    for (const [key, { element }] of this.drawn) {
      if (keys.has(key)) continue;
      element.remove();
      this.drawn.delete(key);
    }
    let place = this.list.firstElementChild;
    for (const row of rows) {
      const as = JSON.stringify(row);
      const known = this.drawn.get(row.key);
      let element = known?.element;
      if (!element || known?.as !== as) {
        element = drawRow(row, this.voice, this.actions);
        if (known) {
          if (place === known.element) place = element;
          known.element.replaceWith(element);
        } else if (entering) {
          element.classList.add('enter');
        }
      }
      this.drawn.delete(row.key);
      this.drawn.set(row.key, { element, as });
      if (element === place) place = element.nextElementSibling;
      else this.list.insertBefore(element, place);
    }
  }

  private drawOlder(older: TranscriptState['older']): void {
    this.older.hidden = older === 'none' || older === 'idle';
    if (older === 'loading') this.older.replaceChildren(this.voice.say('loading'));
    if (older === 'failed') {
      const again = h('button', { type: 'button', onclick: () => this.actions.loadOlder() }, this.voice.say('retry'));
      this.older.replaceChildren(this.voice.say('older'), ' ', again);
    }
  }

  private drawTyping(author: Author | undefined): void {
    this.typing.hidden = !author;
    if (!author) return;
    const { name } = nameOf(author, this.voice);
    this.typing.className = `typing ${author.kind}`;
    this.typing.replaceChildren(
      avatarOf(author),
      h('span', { class: 'bubble' }, h('i'), h('i'), h('i')),
      h('span', { class: author.kind === 'agent' ? 'foot' : 'spoken', dir: 'auto' }, this.voice.say('typing', { name })),
    );
  }

  private isNearEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    return scrollHeight - clientHeight - scrollTop < AT_END;
  }

  /** Only who goes up leaves the end: it moves away by itself, too, when a line comes or the log gets less room. */
  private look(): void {
    const { scrollTop } = this.log;
    if (this.isNearEnd()) this.sticks = true;
    else if (scrollTop < this.lastTop) this.sticks = false;
    this.lastTop = scrollTop;
  }

  private onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const wentUp = scrollTop < this.lastTop;
    this.look();
    if (this.sticks) this.fresh.hidden = true;
    // While the first lines come the beginning is near, too, but nobody asked for it.
    if ((wentUp || !this.sticks) && scrollTop < NEAR_START && scrollHeight > clientHeight && this.state?.older === 'idle')
      this.actions.loadOlder();
    this.actions.looked();
  }

  /** Arrows walk through the messages, Enter goes to what can be pressed inside one, Esc back to the input. */
  private onKey(event: KeyboardEvent): void {
    const messages = [...this.list.querySelectorAll<HTMLElement>('.message')];
    const focused = (this.log.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    const at = messages.findIndex((message) => message.contains(focused));
    const to = {
      ArrowUp: at < 0 ? messages.length - 1 : at - 1,
      ArrowDown: at < 0 ? messages.length - 1 : at + 1,
      Home: 0,
      End: messages.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      messages[Math.max(0, Math.min(to, messages.length - 1))]?.focus();
    } else if (event.key === 'Enter' && focused?.matches('.message')) {
      focused.querySelector<HTMLElement>('a, button')?.focus();
    } else if (event.key === 'Escape' && focused !== this.log) {
      event.stopPropagation();
      this.actions.toInput();
    }
  }
}
