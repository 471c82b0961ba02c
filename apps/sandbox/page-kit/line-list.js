import { h } from './elements.js';

/** A list of people or talks, one button each; the arrow keys walk through it. */
export class LineList {
  #list;
  #onSelect;

  constructor(list, onSelect) {
    this.#list = list;
    this.#onSelect = onSelect;
    list.addEventListener('keydown', (event) => this.#walk(event));
  }

  /** @param lines `{ id, isUnread, parts }` each, in the order to be shown; the focus stays at the line that has it. */
  show(lines, selected) {
    const focused = document.activeElement?.closest?.('button[data-id]');
    const kept = this.#list.contains(focused) ? focused.dataset.id : undefined;
    this.#list.replaceChildren(...lines.map((line) => this.#line(line, line.id === selected)));
    if (kept) [...this.#list.querySelectorAll('button')].find((button) => button.dataset.id === kept)?.focus();
  }

  focus() {
    (this.#list.querySelector('[aria-current]') ?? this.#list.querySelector('button'))?.focus();
  }

  #line({ id, isUnread, parts }, isSelected) {
    return h(
      'li',
      {},
      h(
        'button',
        {
          type: 'button',
          class: `line${isUnread ? ' unread' : ''}`,
          'data-id': id,
          'aria-current': isSelected ? 'true' : undefined,
          click: () => this.#onSelect(id),
        },
        parts,
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

/** How much is unread, for eyes and for screen readers. */
export function unreadBadge(count) {
  if (count === 0) return undefined;
  return h('span', { class: 'badge' }, count > 9 ? '9+' : String(count), h('span', { class: 'unseen' }, ' unread'));
}
