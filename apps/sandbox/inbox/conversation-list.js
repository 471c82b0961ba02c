import { avatar, h, timeOf } from '../page-kit/elements.js';
import { LineList, unreadBadge } from '../page-kit/line-list.js';
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
  #lines;
  #empty = document.querySelector('#list-empty');
  #search = document.querySelector('#search');
  #filters = [...document.querySelectorAll('[data-filter]')];
  #filter = 'open';
  #conversations = [];
  #selected;

  constructor(onSelect) {
    this.#lines = new LineList(document.querySelector('#conversations'), onSelect);
    this.#search.addEventListener('input', () => this.#render());
    for (const button of this.#filters) {
      button.addEventListener('click', () => {
        this.#filter = button.dataset.filter;
        for (const other of this.#filters) other.setAttribute('aria-pressed', String(other === button));
        this.#render();
      });
    }
  }

  show(conversations, selected) {
    this.#conversations = conversations;
    this.#selected = selected;
    this.#render();
  }

  focus() {
    this.#lines.focus();
  }

  #render() {
    const wanted = this.#search.value.trim().toLowerCase();
    const fitting = this.#conversations.filter((one) => {
      const text = `${displayName(one)} ${one.email} ${one.excerpt} ${one.segments.join(' ')}`.toLowerCase();
      // What a person looks at stays in its place until he looks elsewhere.
      return (SHOWN[this.#filter](one) || one.session_id === this.#selected) && text.includes(wanted);
    });
    this.#lines.show(fitting.slice(0, MOST_SHOWN).map(lineOf), this.#selected);
    const hidden = fitting.length - MOST_SHOWN;
    this.#empty.hidden = fitting.length > 0 && hidden <= 0;
    this.#empty.textContent =
      fitting.length === 0 ? (wanted ? 'Nothing fits.' : EMPTY[this.#filter]) : `And ${hidden} more: search for them.`;
  }
}

function lineOf(one) {
  const name = displayName(one);
  return {
    id: one.session_id,
    isUnread: one.unread > 0,
    parts: [
      avatar(name, one.session_id),
      h(
        'span',
        { class: 'line-body' },
        h('span', { class: 'line-top' }, h('span', { class: 'name' }, name), timeOf(one.updated_at)),
        h('span', { class: 'excerpt' }, one.excerpt_from === 'operator' ? `You: ${one.excerpt}` : one.excerpt),
        h(
          'span',
          { class: 'line-tags' },
          h('span', { class: `state ${one.state}` }, STATES[one.state]),
          tagsOf(one),
          unreadBadge(one.unread),
        ),
      ),
    ],
  };
}

function tagsOf({ segments }) {
  return segments
    .filter((segment) => segment !== 'chat')
    .slice(0, 2)
    .map((segment) => h('span', { class: 'tag' }, segment));
}
