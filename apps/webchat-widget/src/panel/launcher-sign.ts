import { h } from '../shared/dom.js';
import { icons } from './icons.js';
import type { Voice } from './voice.js';

/** What the launcher tells: open or not, and how much is unread. */
export class LauncherSign {
  private readonly badge = h('span', { class: 'badge', hidden: true, 'aria-hidden': 'true' });

  constructor(private readonly launcher: HTMLButtonElement) {
    const close = icons.close();
    close.classList.add('to-close');
    launcher.append(close, this.badge);
  }

  show(open: boolean, unread: number, voice: Voice): void {
    const { launcher, badge } = this;
    launcher.ariaExpanded = String(open);
    const label = voice.say(open ? 'close' : 'open');
    launcher.ariaLabel = unread > 0 ? `${label}. ${voice.say('unread', { n: unread })}` : label;
    badge.hidden = unread === 0;
    badge.textContent = unread > 9 ? '9+' : String(unread);
  }
}
