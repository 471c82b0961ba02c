import { api } from './api.js';
import { h } from '../page-kit/elements.js';
import { icon } from './icons.js';

/** Crisp shows typing for some six seconds; it is told again before. */
const TYPING_AGAIN_MS = 4_000;

/** Orders to Baton, which reads the notes of a conversation: to its AI where that answers, else to the handover that brought it. */
const COMMANDS = {
  '!ai off': 'The AI is silent here',
  '!ai on': 'The AI may answer here again',
  '!bot': 'The visitor goes back to the bot',
  '!hold 20m': 'The visitor is not given back by himself for so long',
  '!why': 'Why it answered so, or why there is a handover',
};

/** Where the agent writes: to the visitor, or a note that stays here. */
export class Composer {
  element;
  #options;
  #area;
  #isNote = false;
  #lastTyping = 0;
  #problem = h('p', { class: 'problem', role: 'alert' });

  /** @param options `{ session, operator(), onEscape() }` */
  constructor(options) {
    this.#options = options;
    this.#area = h('textarea', {
      rows: '1',
      'aria-label': 'Your message',
      placeholder: 'Write to the visitor …',
      input: () => this.#grow(),
      keydown: (event) => this.#key(event),
      blur: () => this.#stopTyping(),
    });
    const reply = h('button', { type: 'button', 'aria-pressed': 'true', click: () => this.#choose(false) }, 'Reply');
    const note = h('button', { type: 'button', 'aria-pressed': 'false', click: () => this.#choose(true) }, icon('lock'), 'Private note');
    this.choices = [reply, note];
    this.commands = h(
      'div',
      { class: 'commands', role: 'group', 'aria-label': 'Commands', hidden: true },
      Object.entries(COMMANDS).map(([text, title]) =>
        h('button', { type: 'button', title, click: () => void this.#sendText(text).then(() => this.focus()) }, text),
      ),
    );
    this.element = h(
      'form',
      { class: 'composer', submit: (event) => (event.preventDefault(), void this.#send()) },
      h('div', { class: 'tabs', role: 'group', 'aria-label': 'What to write' }, reply, note, this.commands),
      h('div', { class: 'write' }, this.#area, h('button', { type: 'submit', class: 'primary send', 'aria-label': 'Send' }, icon('send'))),
      this.#problem,
    );
  }

  focus() {
    this.#area.focus();
  }

  #choose(isNote) {
    this.#isNote = isNote;
    this.choices.forEach((button, index) => button.setAttribute('aria-pressed', String(index === Number(isNote))));
    this.commands.hidden = !isNote;
    this.element.classList.toggle('is-note', isNote);
    this.#area.placeholder = isNote ? 'Only your team sees this …' : 'Write to the visitor …';
    this.focus();
  }

  #grow() {
    this.#area.style.setProperty('height', 'auto');
    this.#area.style.setProperty('height', `${Math.min(this.#area.scrollHeight, 180)}px`);
    if (this.#isNote || !this.#area.value || Date.now() - this.#lastTyping < TYPING_AGAIN_MS) return;
    this.#lastTyping = Date.now();
    api.typing(this.#options.session, 'start', this.#options.operator()).catch(() => undefined);
  }

  #stopTyping() {
    if (this.#lastTyping === 0) return;
    this.#lastTyping = 0;
    api.typing(this.#options.session, 'stop', this.#options.operator()).catch(() => undefined);
  }

  #key(event) {
    if (event.key === 'Escape') return this.#options.onEscape();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void this.#send();
  }

  async #send() {
    const text = this.#area.value.trim();
    if (!text) return;
    this.#area.value = '';
    this.#grow();
    this.#stopTyping();
    if (await this.#sendText(text)) return;
    this.#area.value = text;
    this.#grow();
  }

  async #sendText(text) {
    const { session, operator } = this.#options;
    this.#problem.textContent = '';
    try {
      await (this.#isNote ? api.note(session, text, operator()) : api.reply(session, text, operator()));
      return true;
    } catch (error) {
      this.#problem.textContent = `Not sent: ${error.message}`;
      return false;
    }
  }
}
