import { masked, sharedUserData } from '@baton/contracts';
import type { SharingSettings } from '@baton/contracts';
import type { DeskWork } from './actions.js';

/** Work in Crisp with nothing in it that may not leave for it, as the bot's settings say; everything that is planned there comes by here. */
export function asShared(work: DeskWork, sharing: SharingSettings): DeskWork {
  switch (work.kind) {
    case 'set-contact':
    case 'open-follow-up':
      return { ...work, userData: sharedUserData(work.userData, sharing) };
    case 'post-visitor-words':
      // A file's text is its address.
      return work.file ? work : { ...work, text: masked(work.text, sharing.mask) };
    case 'post-note':
      return { ...work, text: masked(work.text, sharing.mask) };
    case 'post-briefing':
      return work.reason === null ? work : { ...work, reason: masked(work.reason, sharing.mask) };
    default:
      return work;
  }
}
