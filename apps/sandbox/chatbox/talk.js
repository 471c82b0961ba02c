import { avatar, h, showInOrder } from '../page-kit/elements.js';
import { api } from './api.js';
import { Composer } from './composer.js';
import { icon } from './icons.js';
import { follows, isSeen, messageElement, spoken } from './message.js';

/** Crisp shows typing a little longer than it is told anew. */
const TYPING_SHOWN_MS = 10_000;

const FIRST_WORDS = ['When are you open?', 'What does delivery cost?', 'My monstera has yellow leaves', 'Can I talk to a human?'];

/** The chat box itself, of one visitor; without a talk it is that of somebody who has not written yet. */
export class Talk {
  #root = document.querySelector('#chatbox');
  #announcer = document.querySelector('#announcer');
  #actions;
  #key;
  #talk;
  #website;
  #composer;
  #parts = {};
  #shown = new Map();
  /** The newest message is in view, and stays so whatever grows. */
  #isAtEnd = true;

  /** @param actions `{ say(text, name), back() }` */
  constructor(actions) {
    this.#actions = actions;
  }

  /** @param talk a transcript, or undefined for somebody new. */
  show(talk, website) {
    const key = `${website?.website_id} ${talk?.session_id ?? 'new'}`;
    const before = this.#talk;
    // Who has just written for the first time stays where he is.
    const isOther = this.#key !== key && !(before === undefined && talk && this.#isBecoming);
    this.#isBecoming = false;
    this.#key = key;
    this.#talk = talk;
    this.#website = website;
    if (isOther) this.#build();
    this.#showHead();
    this.#showMessages();
    this.#parts.welcome.hidden = Boolean(talk?.messages.some(isSeen));
    if (this.#isAtEnd) this.#parts.log.scrollTop = this.#parts.log.scrollHeight;
    if (!isOther) this.#announce(before);
  }

  #isBecoming = false;

  focus() {
    this.#composer?.focus();
  }

  contains(element) {
    return this.#root.contains(element);
  }

  #build() {
    this.#shown = new Map();
    this.#isAtEnd = true;
    this.#composer = new Composer({
      say: (text) => this.#say(text),
      typing: (type, excerpt) => this.#talk && void api.typing(this.#talk.session_id, type, excerpt).catch(() => undefined),
      escape: () => this.#actions.back(),
    });
    const log = h('div', { class: 'log', role: 'log', 'aria-label': 'Messages', 'aria-live': 'off', tabindex: '0' });
    this.#parts = { head: h('header', { class: 'box-head' }), log, welcome: this.#welcome() };
    log.append(this.#parts.welcome);
    log.addEventListener('scroll', () => (this.#isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80));
    log.addEventListener('load', () => this.#isAtEnd && (log.scrollTop = log.scrollHeight), { capture: true });
    new ResizeObserver(() => this.#isAtEnd && (log.scrollTop = log.scrollHeight)).observe(log);
    const foot = h('p', { class: 'made-by' }, 'A simulated Crisp chat box');
    this.#root.replaceChildren(this.#parts.head, log, this.#composer.element, foot);
  }

  #welcome() {
    const name = h('input', { id: 'visitor-name', maxlength: '64', autocomplete: 'off', placeholder: 'anonymous' });
    this.#parts.name = name;
    const isNew = !this.#talk;
    return h(
      'div',
      { class: 'welcome' },
      h('h2', {}, 'Hello, how can we help?'),
      h('p', { class: 'soft' }, 'Ask in your own words, in any language you like.'),
      h(
        'div',
        { class: 'first-words', role: 'group', 'aria-label': 'Questions to begin with' },
        FIRST_WORDS.map((text) => h('button', { type: 'button', click: () => void this.#say(text).then(() => this.focus()) }, text)),
      ),
      isNew ? h('label', { class: 'name-field' }, 'Your name, if you like ', name) : undefined,
    );
  }

  async #say(text) {
    this.#isAtEnd = true;
    this.#isBecoming = this.#talk === undefined;
    const name = this.#parts.welcome.querySelector('#visitor-name')?.value.trim();
    await this.#actions.say(text, name || undefined);
  }

  #showHead() {
    const { name = '', operators = [], status } = this.#website ?? {};
    const key = JSON.stringify([name, operators, status]);
    if (this.#parts.head.dataset.key === key) return;
    this.#parts.head.dataset.key = key;
    const faces = operators
      .filter(({ availability }) => availability === 'online')
      .slice(0, 3)
      .map(({ first_name: first, avatar: picture, user_id: id }) => (picture ? h('img', { src: picture, alt: '' }) : avatar(first, id)));
    this.#parts.head.replaceChildren(
      h(
        'button',
        { type: 'button', class: 'quiet back', 'aria-label': 'Back to the visitors', click: () => this.#actions.back() },
        icon('back'),
      ),
      h(
        'div',
        { class: 'who' },
        h('h1', {}, name),
        h('p', {}, h('i', { class: `dot ${status}` }), status === 'online' ? 'The team is here' : 'The team is away, leave a message'),
      ),
      h('div', { class: 'faces', 'aria-hidden': 'true' }, faces),
    );
  }

  #showMessages() {
    const seen = (this.#talk?.messages ?? []).filter(isSeen);
    const wanted = [this.#parts.welcome];
    const kept = new Map();
    const lastMine = seen.findLast(({ from }) => from === 'user');
    seen.forEach((message, index) => {
      const place = {
        isFirst: !follows(seen[index - 1], message),
        isLast: !seen[index + 1] || !follows(message, seen[index + 1]),
        mark: message === lastMine ? (message.read ? 'Seen' : 'Sent') : undefined,
      };
      const id = `${message.fingerprint} ${message.stored_at}`;
      const version = JSON.stringify([message.content, message.edited, place]);
      const known = this.#shown.get(id);
      const choose = (value) => void api.choose(this.#talk.session_id, message.fingerprint, value);
      const entry = known?.version === version ? known : { version, element: messageElement(message, { ...place, choose }) };
      kept.set(id, entry);
      wanted.push(entry.element);
    });
    const typing = this.#talk?.operator_typing;
    if (typing?.type === 'start' && Date.now() - typing.timestamp < TYPING_SHOWN_MS) wanted.push(this.#typing(typing));
    this.#shown = kept;
    showInOrder(this.#parts.log, wanted);
  }

  #typing({ user, automated }) {
    const who = user?.nickname ?? (automated ? 'The assistant' : 'Somebody');
    if (this.#parts.typing?.dataset.who !== who) {
      this.#parts.typing = h(
        'div',
        { class: `message theirs first last typing${automated ? ' automated' : ''}`, 'data-who': who },
        h('p', { class: 'voice' }, h('b', {}, who), ' is writing'),
        h('div', { class: 'body' }, h('div', { class: 'bubble dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'))),
      );
    }
    return this.#parts.typing;
  }

  #announce(before) {
    const known = new Set(before?.messages.map(({ fingerprint, stored_at: at }) => `${fingerprint} ${at}`));
    const fresh = (this.#talk?.messages ?? []).filter(
      (message) => message.from === 'operator' && isSeen(message) && !known.has(`${message.fingerprint} ${message.stored_at}`),
    );
    if (fresh.length > 0) this.#announcer.textContent = fresh.map(spoken).join('. ');
  }
}
