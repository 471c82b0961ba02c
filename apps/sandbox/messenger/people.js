import { avatar, h, timeOf } from '../page-kit/elements.js';

/** The list at the left: whom one may be, and who has something unread. */
export class People {
  #list = document.querySelector('#people');
  #empty = document.querySelector('#people-empty');
  #onSelect;

  constructor(onSelect) {
    this.#onSelect = onSelect;
    this.#list.addEventListener('keydown', (event) => this.#walk(event));
  }

  /** @param pageName gives the name of a page by its id. */
  show(people, selected, pageName) {
    const sorted = people.toSorted((one, other) => other.updated_at - one.updated_at || one.name.localeCompare(other.name));
    const focused = document.activeElement?.closest?.('#people button')?.dataset.psid;
    this.#list.replaceChildren(...sorted.map((one) => this.#line(one, one.psid === selected, pageName(one.page_id))));
    if (focused) this.#list.querySelector(`[data-psid="${focused}"]`)?.focus();
    this.#empty.hidden = people.length > 0;
  }

  focus() {
    (this.#list.querySelector('[aria-current]') ?? this.#list.querySelector('button'))?.focus();
  }

  #line(one, isSelected, pageName) {
    const isSilent = one.excerpt_from === null;
    const badge =
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
          'data-psid': one.psid,
          'aria-current': isSelected ? 'true' : undefined,
          click: () => this.#onSelect(one.psid),
        },
        avatar(one.name, one.psid),
        h(
          'span',
          { class: 'line-body' },
          h('span', { class: 'line-top' }, h('span', { class: 'name', dir: 'auto' }, one.name), isSilent ? '' : timeOf(one.updated_at)),
          h(
            'span',
            { class: 'line-top' },
            h('span', { class: 'excerpt', dir: 'auto' }, isSilent ? `has not written to ${pageName} yet` : excerptOf(one)),
            badge,
          ),
          one.blocked ? h('span', { class: 'tag' }, 'blocked the page') : undefined,
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

const KINDS = { image: 'a picture', audio: 'a voice message', video: 'a video', file: 'a file', sticker: 'a sticker' };

function excerptOf({ excerpt, excerpt_from: from }) {
  const kind = /^\[(\w+)\]$/.exec(excerpt)?.[1];
  const text = kind ? (KINDS[kind] ?? 'an attachment') : excerpt;
  return from === 'person' ? `You: ${text}` : text;
}
