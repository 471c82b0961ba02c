import { avatar, h, timeOf } from '../page-kit/elements.js';
import { LineList, unreadBadge } from '../page-kit/line-list.js';

/** Who opened the chat box of this website: each of them may be played. */
export class Visitors {
  #lines;
  #empty = document.querySelector('#visitors-empty');

  constructor(onSelect) {
    this.#lines = new LineList(document.querySelector('#visitors'), onSelect);
  }

  show(visitors, selected) {
    this.#lines.show(visitors.map(lineOf), selected);
    this.#empty.hidden = visitors.length > 0;
  }

  focus() {
    this.#lines.focus();
  }
}

/** People who gave no name get one that can be told apart. */
export function nameOf({ nickname, session_id: id }) {
  return nickname === 'anonymous' ? `Visitor ${id.slice(8, 12)}` : nickname;
}

function lineOf(one) {
  const name = nameOf(one);
  return {
    id: one.session_id,
    isUnread: one.unread_by_visitor > 0,
    parts: [
      avatar(name, one.session_id),
      h(
        'span',
        { class: 'line-body' },
        h('span', { class: 'line-top' }, h('span', { class: 'name', dir: 'auto' }, name), timeOf(one.updated_at)),
        h(
          'span',
          { class: 'line-top' },
          h('span', { class: 'excerpt', dir: 'auto' }, one.excerpt_for_visitor || 'has written nothing yet'),
          unreadBadge(one.unread_by_visitor),
        ),
      ),
    ],
  };
}
