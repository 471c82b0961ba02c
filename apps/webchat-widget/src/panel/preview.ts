import type { MessageEntry } from '../conversation/log.js';
import { h } from '../shared/dom.js';
import { avatarOf } from './avatar.js';
import { icons } from './icons.js';
import { nameOf } from './row-view.js';
import type { Voice } from './voice.js';

/** The newest unread message beside the closed chat; a tap opens it, the cross sends it away. */
export class Preview {
  readonly element: HTMLElement;
  private readonly card: HTMLButtonElement;
  private shown: string | undefined;
  private dismissed: string | undefined;

  constructor(
    private readonly voice: Voice,
    open: () => void,
  ) {
    this.card = h('button', { type: 'button', class: 'card', onclick: open });
    const dismiss = h(
      'button',
      { type: 'button', class: 'dismiss', 'aria-label': voice.say('preview'), onclick: () => this.dismiss() },
      icons.cross(),
    );
    this.element = h('div', { class: 'preview', hidden: true }, this.card, dismiss);
  }

  show(message: MessageEntry | undefined): void {
    const id = message && message.id !== this.dismissed ? `${message.id}${message.change ?? ''}` : undefined;
    if (id === this.shown) return;
    this.shown = id;
    this.element.hidden = !id;
    if (!id || !message) return;
    const { name, role } = nameOf(message.author, this.voice);
    const text = message.body.type === 'text' ? message.body.text : message.body.name;
    this.card.className = `card ${message.author.kind}`;
    this.card.replaceChildren(
      avatarOf(message.author),
      h('span', { class: 'by' }, h('b', { dir: 'auto' }, name), role ? h('span', { class: 'role' }, role) : undefined),
      h('span', { class: 'words', dir: 'auto' }, text.slice(0, 200)),
    );
    this.element.dataset.message = message.id;
  }

  private dismiss(): void {
    this.dismissed = this.element.dataset.message;
    this.show(undefined);
  }
}
