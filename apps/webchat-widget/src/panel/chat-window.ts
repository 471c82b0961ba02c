import { h } from '../shared/dom.js';
import { avatarOf } from './avatar.js';
import { Composer } from './composer.js';
import type { ComposerActions } from './composer.js';
import { takeDrops } from './file-drop.js';
import { keepFocusInside } from './focus.js';
import { Header } from './header.js';
import type { HeaderActions, HeaderState } from './header.js';
import { icons } from './icons.js';
import { Transcript } from './transcript.js';
import type { TranscriptActions, TranscriptState } from './transcript.js';
import { PHONE, followKeyboard } from './viewport.js';
import type { Voice } from './voice.js';

export interface WindowState extends HeaderState, TranscriptState {
  /** Trouble with the line that has lasted, in words. */
  readonly trouble: string | undefined;
  /** The conversation cannot be shown at all, in words; `again` when trying may help. */
  readonly failure: { readonly words: string; readonly again: boolean } | undefined;
}

export interface WindowActions extends HeaderActions, TranscriptActions, ComposerActions {
  tryAgain(): void;
}

/** The open chat: beside the page on a desk, over it on a phone. */
export class ChatWindow {
  readonly element: HTMLElement;
  readonly header: Header;
  readonly transcript: Transcript;
  readonly composer: Composer;
  private readonly status = h('div', { class: 'status', role: 'status' });
  private readonly alert = h('div', { class: 'alert', role: 'alert' });
  private readonly failure: HTMLElement;
  private readonly failureText = h('p');
  private readonly again: HTMLButtonElement;
  private readonly phone = matchMedia(PHONE);
  private readonly unfollow: () => void;
  private alertTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    voice: Voice,
    bot: { readonly title: string; readonly name?: string | undefined; readonly avatar?: string | undefined },
    frame: HTMLElement,
    actions: WindowActions,
  ) {
    this.header = new Header(voice, bot, actions);
    const intro = h('div', { class: 'intro' }, avatarOf({ kind: 'bot', avatar: bot.avatar }), h('p', {}, voice.say('intro')));
    this.transcript = new Transcript(voice, actions, intro);
    this.composer = new Composer(voice, actions);
    this.again = h('button', { type: 'button', class: 'again', onclick: actions.tryAgain }, voice.say('retry'));
    this.failure = h('div', { class: 'failure', role: 'alert', hidden: true }, icons.alert(), this.failureText, this.again);
    this.element = h(
      'section',
      { class: 'window', part: 'window', id: 'baton-window', role: 'dialog', 'aria-labelledby': 'baton-title', tabindex: -1, hidden: true },
      this.header.element,
      this.transcript.element,
      this.failure,
      this.alert,
      this.status,
      this.composer.element,
    );
    if (actions.attach) takeDrops(this.element, voice, actions.attach);
    this.element.addEventListener('keydown', (event) => this.onKey(event, actions));
    this.phone.addEventListener('change', this.fit);
    this.unfollow = followKeyboard(frame, () => this.transcript.stay());
    this.fit();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** On touch screens the keyboard would jump up unasked: the window takes the focus instead of its input. */
  open(focus: boolean): void {
    this.element.hidden = false;
    this.transcript.toEnd(false);
    if (focus) this.focus();
  }

  close(): void {
    this.element.hidden = true;
  }

  focus(): void {
    if (matchMedia('(pointer: coarse)').matches) this.element.focus();
    else this.composer.input.focus();
  }

  draw(state: WindowState, spoken: boolean): void {
    this.header.draw({ floor: state.floor, agent: state.agent, muted: state.muted });
    this.transcript.draw(state, spoken);
    this.transcript.element.hidden = !!state.failure;
    this.composer.element.hidden = !!state.failure;
    this.failure.hidden = !state.failure;
    this.again.hidden = !state.failure?.again;
    setText(this.failureText, state.failure?.words ?? '');
    setText(this.status, state.failure ? '' : (state.trouble ?? ''));
  }

  /** Something the visitor tried did not work. */
  warn(words: string): void {
    this.alert.textContent = words;
    clearTimeout(this.alertTimer);
    this.alertTimer = setTimeout(() => (this.alert.textContent = ''), 6_000);
  }

  destroy(): void {
    clearTimeout(this.alertTimer);
    this.phone.removeEventListener('change', this.fit);
    this.unfollow();
    this.transcript.destroy();
    this.element.remove();
  }

  private readonly fit = () => {
    this.element.ariaModal = this.phone.matches ? 'true' : null;
  };

  private onKey(event: KeyboardEvent, actions: WindowActions): void {
    if (event.key === 'Escape' && !event.isComposing) actions.close();
    if (event.key === 'Tab' && this.phone.matches) keepFocusInside(event, this.element);
    // Keys of the chat are not the page's shortcuts.
    event.stopPropagation();
  }
}

/** Live regions speak when they are written to, even with the same words. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
