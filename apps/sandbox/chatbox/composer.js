import { h } from '../page-kit/elements.js';
import { icon } from './icons.js';

/** Crisp tells typing anew every few seconds while somebody writes. */
const TYPING_AGAIN_MS = 2_000;

/** Where the visitor writes. */
export class Composer {
  element;
  #actions;
  #area;
  #send = h('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, icon('send'));
  #problem = h('p', { class: 'problem', role: 'alert' });
  #lastTyping = 0;

  /** @param actions `{ say(text), typing(type, excerpt), escape() }`; `say` resolves when the message was taken. */
  constructor(actions) {
    this.#actions = actions;
    this.#area = h('textarea', {
      rows: '1',
      'aria-label': 'Your message',
      placeholder: 'Write your message …',
      dir: 'auto',
      input: () => this.#changed(),
      keydown: (event) => this.#key(event),
      blur: () => this.#stopTyping(),
    });
    this.element = h(
      'form',
      { class: 'composer', submit: (event) => (event.preventDefault(), void this.#say()) },
      h('div', { class: 'write' }, this.#area, this.#send),
      this.#problem,
    );
  }

  focus() {
    this.#area.focus();
  }

  #changed() {
    this.#area.style.setProperty('height', 'auto');
    this.#area.style.setProperty('height', `${Math.min(this.#area.scrollHeight, 132)}px`);
    const text = this.#area.value.trim();
    this.#send.classList.toggle('ready', text !== '');
    if (!text) return this.#stopTyping();
    if (Date.now() - this.#lastTyping < TYPING_AGAIN_MS) return;
    this.#lastTyping = Date.now();
    this.#actions.typing('start', text);
  }

  #stopTyping() {
    if (this.#lastTyping === 0) return;
    this.#lastTyping = 0;
    this.#actions.typing('stop');
  }

  #key(event) {
    if (event.key === 'Escape') return this.#actions.escape();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void this.#say();
  }

  async #say() {
    const text = this.#area.value.trim();
    if (!text) return;
    this.#area.value = '';
    this.#lastTyping = 0;
    this.#changed();
    this.#problem.textContent = '';
    try {
      await this.#actions.say(text);
    } catch (error) {
      if (!this.#area.value) this.#area.value = text;
      this.#changed();
      this.#problem.textContent = `Not sent: ${error.message}`;
    }
  }
}
