import { h } from '../shared/dom.js';
import { icons } from './icons.js';
import type { Voice } from './voice.js';

/** The server takes no longer text. */
export const LONGEST_TEXT = 4_000;
const WARN_BELOW = 400;

export interface ComposerActions {
  /** False when it could not be taken: the text stays. */
  send(text: string): boolean;
  typed(hasText: boolean): void;
  /** Files were chosen or pasted. Absent where none may be handed in. */
  readonly attach?: ((files: readonly File[]) => void) | undefined;
}

/** Where the visitor writes: Enter sends, Shift and Enter break the line, an input method is left in peace. */
export class Composer {
  readonly element: HTMLFormElement;
  readonly input: HTMLTextAreaElement;
  private readonly button: HTMLButtonElement;
  private readonly left = h('span', { class: 'left', role: 'status' });

  constructor(
    private readonly voice: Voice,
    private readonly actions: ComposerActions,
  ) {
    this.input = h('textarea', {
      rows: 1,
      maxlength: LONGEST_TEXT,
      placeholder: voice.say('write'),
      'aria-label': voice.say('write'),
      enterkeyhint: 'send',
      autocomplete: 'off',
    });
    this.button = h('button', { type: 'submit', class: 'send', 'aria-label': voice.say('send'), title: voice.say('send') }, icons.send());
    this.element = h('form', { class: 'composer' }, h('div', { class: 'field' }, ...this.chooser(), this.input, this.button), this.left);
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    this.input.addEventListener('input', () => this.changed(true));
    this.input.addEventListener('keydown', (event) => {
      // 229 is what old browsers say while an input method is at work.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.send();
    });
    this.input.addEventListener('paste', (event) => {
      const pasted = event.clipboardData;
      // What comes with words (a table, a page) also brings a picture of them: the words are meant.
      if (!actions.attach || !pasted?.files.length || pasted.types.includes('text/plain')) return;
      event.preventDefault();
      actions.attach([...pasted.files]);
    });
    this.changed(false);
  }

  get text(): string {
    return this.input.value;
  }

  set text(text: string) {
    this.input.value = text.slice(0, LONGEST_TEXT);
    this.changed(false);
  }

  private chooser(): HTMLElement[] {
    const { attach } = this.actions;
    if (!attach) return [];
    const input = h('input', { type: 'file', multiple: true, hidden: true });
    input.addEventListener('change', () => {
      attach([...(input.files ?? [])]);
      // The same file may be chosen once more.
      input.value = '';
      this.input.focus();
    });
    const words = this.voice.say('attach');
    const button = h(
      'button',
      { type: 'button', class: 'tool', 'aria-label': words, title: words, onclick: () => input.click() },
      icons.clip(),
    );
    return [button, input];
  }

  private send(): void {
    const text = this.input.value.trim();
    if (!text || !this.actions.send(text)) return;
    this.text = '';
    this.input.focus();
  }

  private changed(byVisitor: boolean): void {
    const { input } = this;
    const hasText = input.value.trim() !== '';
    this.button.disabled = !hasText;
    const left = LONGEST_TEXT - input.value.length;
    this.left.textContent = left < WARN_BELOW ? this.voice.say('left', { n: left }) : '';
    // An empty line has no direction of its own.
    input.dir = hasText ? 'auto' : '';
    input.style.height = 'auto';
    if (input.scrollHeight) input.style.height = `${input.scrollHeight}px`;
    if (byVisitor) this.actions.typed(hasText);
  }
}
