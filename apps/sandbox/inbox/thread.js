import { api } from './api.js';
import { Composer } from './composer.js';
import { avatar, h, showInOrder } from '../page-kit/elements.js';
import { icon } from './icons.js';
import { displayName, STATES } from './names.js';
import { messageElement } from './message.js';

const TYPING_SHOWN_MS = 10_000;

/** The conversation at the right: who it is, what was said, and what can be done. */
export class Thread {
  #root = document.querySelector('#thread');
  #announcer = document.querySelector('#announcer');
  #actions;
  #operator;
  #transcript;
  #composer;
  #log;
  #header;
  #shown = new Map();

  /** @param actions `{ back(), remove() }`; `operator` gives the id of the agent who is played. */
  constructor(actions, operator) {
    this.#actions = actions;
    this.#operator = operator;
    this.showNothing();
  }

  showNothing() {
    this.#transcript = undefined;
    this.#root.replaceChildren(
      h(
        'div',
        { class: 'nothing' },
        h('div', { class: 'nothing-picture' }, icon('chat')),
        h('h1', {}, 'You are the agent here'),
        h(
          'p',
          {},
          'When a visitor of the demo shop asks for a human, or somebody writes in Crisp’s own chat box, the conversation appears in the list. Answer it, and it goes straight to the visitor.',
        ),
        h('p', { class: 'soft' }, 'Enter sends, Shift and Enter begin a new line. Resolve gives the visitor back to the bot.'),
      ),
    );
  }

  /** Shows a conversation; what did not change stays as it is, so that nothing jumps while somebody reads or edits. */
  show(transcript) {
    const isOther = transcript.session_id !== this.#transcript?.session_id;
    const before = this.#transcript;
    this.#transcript = transcript;
    if (isOther) this.#build();
    this.#showHeader();
    const stick = isOther || this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 80;
    this.#showMessages();
    if (stick) this.#log.scrollTop = this.#log.scrollHeight;
    if (!isOther) this.#announce(before);
  }

  focus() {
    this.#composer?.focus();
  }

  #build() {
    this.#shown = new Map();
    this.#header = h('header', { class: 'thread-head' });
    this.#log = h('div', { class: 'log', role: 'log', 'aria-label': 'Messages', 'aria-live': 'off', tabindex: '0' });
    this.#composer = new Composer({
      session: this.#transcript.session_id,
      operator: this.#operator,
      onEscape: () => this.#actions.back(),
    });
    this.#root.replaceChildren(this.#header, this.#log, this.#composer.element);
  }

  #showHeader() {
    const one = this.#transcript;
    const name = displayName(one);
    const key = JSON.stringify([name, one.email, one.state, one.segments, one.meta.phone, one.meta.data]);
    if (this.#header.dataset.key === key) return;
    this.#header.dataset.key = key;
    const contact = [one.email, one.meta.phone].filter(Boolean).join(' · ');
    this.#header.replaceChildren(
      h(
        'button',
        { type: 'button', class: 'quiet back', 'aria-label': 'Back to the list', click: () => this.#actions.back() },
        icon('back'),
      ),
      avatar(name, one.session_id),
      h(
        'div',
        { class: 'who' },
        h('h1', {}, name, h('span', { class: `state ${one.state}` }, STATES[one.state])),
        h('p', { class: 'soft' }, contact || 'No contact given'),
      ),
      h('div', { class: 'head-actions' }, this.#removeButton(), this.#stateButton()),
      ...this.#details(),
    );
  }

  #stateButton() {
    const { session_id: id, state } = this.#transcript;
    const isResolved = state === 'resolved';
    return h(
      'button',
      { type: 'button', class: isResolved ? 'plain' : 'primary', click: () => void (isResolved ? api.reopen(id) : api.resolve(id)) },
      icon(isResolved ? 'reopen' : 'check'),
      isResolved ? 'Reopen' : 'Resolve',
    );
  }

  #removeButton() {
    return h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-label': 'Delete the conversation',
        title: 'Delete the conversation',
        click: () => this.#actions.remove(),
      },
      icon('trash'),
    );
  }

  #details() {
    const { segments, meta } = this.#transcript;
    const tags = segments.filter((segment) => segment !== 'chat').map((segment) => h('span', { class: 'tag' }, segment));
    const data = Object.entries(meta.data).map(([key, value]) => h('span', { class: 'datum' }, h('b', {}, key), ` ${value}`));
    return tags.length + data.length > 0 ? [h('div', { class: 'details' }, tags, data)] : [];
  }

  #showMessages() {
    const { messages, typing, operator_typing: machine } = this.#transcript;
    const wanted = [];
    const kept = new Map();
    messages.forEach((message, index) => {
      const id = `${message.fingerprint} ${index}`;
      const version = JSON.stringify([message.content, message.removed_at, message.read, message.delivered, message.edited]);
      const known = this.#shown.get(id);
      const follows = index > 0 && isSameSpeaker(messages[index - 1], message);
      const isBusy = known?.element.classList.contains('editing');
      const stays = known && (known.version === version || isBusy);
      const entry = stays ? known : { version, element: messageElement(this.#transcript, message, follows) };
      kept.set(id, entry);
      wanted.push(entry.element);
    });
    this.#shown = kept;
    if (isTyping(typing)) wanted.push(h('p', { class: 'typing' }, `${displayName(this.#transcript)} is writing …`));
    if (isTyping(machine) && machine.automated) {
      wanted.push(h('p', { class: 'typing by-machine' }, icon('spark'), `${machine.user?.nickname ?? 'The AI'} is writing, automated …`));
    }
    showInOrder(this.#log, wanted);
  }

  #announce(before) {
    const fresh = this.#transcript.messages.slice(before.messages.length).filter((message) => message.from === 'user');
    if (fresh.length === 0) return;
    const name = displayName(this.#transcript);
    this.#announcer.textContent = fresh.map(({ content }) => `${name}: ${typeof content === 'string' ? content : 'a file'}`).join('. ');
  }
}

function isTyping(typing) {
  return typing?.type === 'start' && Date.now() - typing.timestamp < TYPING_SHOWN_MS;
}

function isSameSpeaker(one, other) {
  const isAlike = one.type === other.type && Boolean(one.automated) === Boolean(other.automated);
  const isSame = one.from === other.from && isAlike && one.user?.nickname === other.user?.nickname;
  return isSame && other.timestamp - one.timestamp < 120_000;
}
