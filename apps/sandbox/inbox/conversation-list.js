import { avatar, h, timeOf } from '../page-kit/elements.js';
import { displayName, STATES } from './names.js';

/** More would not be read anyway; the search finds the rest. */
const MOST_SHOWN = 100;

const SHOWN = {
  open: (one) => one.state !== 'resolved',
  resolved: (one) => one.state === 'resolved',
  all: () => true,
};

const EMPTY = {
  open: 'Nobody needs you right now. Ask for a human in the demo shop, and the conversation appears here.',
  resolved: 'Nothing is resolved yet.',
  all: 'No conversations yet. Ask for a human in the demo shop, and it appears here.',
};

/** The list at the left: which conversations there are, whom they are with, and what is unread. */
export class ConversationList {
  #list = document.querySelector('#conversations');
  #empty = document.querySelector('#list-empty');
  #search = document.querySelector('#search');
  #filters = [...document.querySelectorAll('[data-filter]')];
  #filter = 'open';
  #conversations = [];
  #selected;
  #onSelect;

  constructor(onSelect) {
    this.#onSelect = onSelect;
    this.#search.addEventListener('input', () => this.#render());
    for (const button of this.#filters) {
      button.addEventListener('click', () => {
        this.#filter = button.dataset.filter;
        for (const other of this.#filters) other.setAttribute('aria-pressed', String(other === button));
        this.#render();
      });
    }
    this.#list.addEventListener('keydown', (event) => this.#walk(event));
  }

  show(conversations, selected) {
    this.#conversations = conversations;
    this.#selected = selected;
    this.#render();
  }

  focus() {
    (this.#list.querySelector('[aria-current]') ?? this.#list.querySelector('button'))?.focus();
  }

  #render() {
    const wanted = this.#search.value.trim().toLowerCase();
    const fitting = this.#conversations.filter((one) => {
      const text = `${displayName(one)} ${one.email} ${one.excerpt} ${one.segments.join(' ')}`.toLowerCase();
      // What a person looks at stays in its place until he looks elsewhere.
      return (SHOWN[this.#filter](one) || one.session_id === this.#selected) && text.includes(wanted);
    });
    const focused = document.activeElement?.closest?.('#conversations button')?.dataset.session;
    this.#list.replaceChildren(...fitting.slice(0, MOST_SHOWN).map((one) => this.#line(one)));
    if (focused) this.#list.querySelector(`[data-session="${focused}"]`)?.focus();
    const hidden = fitting.length - MOST_SHOWN;
    this.#empty.hidden = fitting.length > 0 && hidden <= 0;
    this.#empty.textContent =
      fitting.length === 0 ? (wanted ? 'Nothing fits.' : EMPTY[this.#filter]) : `And ${hidden} more: search for them.`;
  }

  #line(one) {
    const name = displayName(one);
    const isSelected = one.session_id === this.#selected;
    const unread =
      one.unread > 0
        ? h('span', { class: 'badge' }, one.unread > 9 ? '9+' : String(one.unread), h('span', { class: 'unseen' }, ' unread'))
        : undefined;
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: `line${one.unread > 0 ? ' unread' : ''}`,
          'data-session': one.session_id,
          'aria-current': isSelected ? 'true' : undefined,
          click: () => this.#onSelect(one.session_id),
        },
        avatar(name, one.session_id),
        h(
          'span',
          { class: 'line-body' },
          h('span', { class: 'line-top' }, h('span', { class: 'name' }, name), timeOf(one.updated_at)),
          h('span', { class: 'excerpt' }, one.excerpt_from === 'operator' ? `You: ${one.excerpt}` : one.excerpt),
          h('span', { class: 'line-tags' }, h('span', { class: `state ${one.state}` }, STATES[one.state]), tagsOf(one), unread),
        ),
      ),
    );
  }

  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const lines = [...this.#list.querySelectorAll('button')];
    const next = lines[lines.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function tagsOf({ segments }) {
  return segments
    .filter((segment) => segment !== 'chat')
    .slice(0, 2)
    .map((segment) => h('span', { class: 'tag' }, segment));
}
