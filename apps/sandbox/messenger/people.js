import { avatar, h, timeOf } from '../page-kit/elements.js';
import { LineList, unreadBadge } from '../page-kit/line-list.js';

/** The list at the left: whom one may be, and who has something unread. */
export class People {
  #lines;
  #empty = document.querySelector('#people-empty');

  constructor(onSelect) {
    this.#lines = new LineList(document.querySelector('#people'), onSelect);
  }

  /** @param pageName gives the name of a page by its id. */
  show(people, selected, pageName) {
    const sorted = people.toSorted((one, other) => other.updated_at - one.updated_at || one.name.localeCompare(other.name));
    this.#lines.show(
      sorted.map((one) => lineOf(one, pageName(one.page_id))),
      selected,
    );
    this.#empty.hidden = people.length > 0;
  }

  focus() {
    this.#lines.focus();
  }
}

function lineOf(one, pageName) {
  const isSilent = one.excerpt_from === null;
  return {
    id: one.psid,
    isUnread: one.unread > 0,
    parts: [
      avatar(one.name, one.psid),
      h(
        'span',
        { class: 'line-body' },
        h('span', { class: 'line-top' }, h('span', { class: 'name', dir: 'auto' }, one.name), isSilent ? '' : timeOf(one.updated_at)),
        h(
          'span',
          { class: 'line-top' },
          h('span', { class: 'excerpt', dir: 'auto' }, isSilent ? `has not written to ${pageName} yet` : excerptOf(one)),
          unreadBadge(one.unread),
        ),
        one.blocked ? h('span', { class: 'tag' }, 'blocked the page') : undefined,
      ),
    ],
  };
}

const KINDS = { image: 'a picture', audio: 'a voice message', video: 'a video', file: 'a file', sticker: 'a sticker' };

function excerptOf({ excerpt, excerpt_from: from }) {
  const kind = /^\[(\w+)\]$/.exec(excerpt)?.[1];
  const text = kind ? (KINDS[kind] ?? 'an attachment') : excerpt;
  return from === 'person' ? `You: ${text}` : text;
}
