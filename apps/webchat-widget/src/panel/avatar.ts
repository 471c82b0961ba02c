import type { Author } from '@baton/contracts';
import { h } from '../shared/dom.js';
import { icons } from './icons.js';

/** The bot has a rounded square with a spark, a person a circle with a face or initials: told apart without reading. */
export function avatarOf(author: Author): HTMLElement {
  const isBot = author.kind === 'bot';
  const face = h('span', { class: `avatar ${isBot ? 'bot' : 'human'}`, 'aria-hidden': 'true' });
  const drawn = isBot ? icons.spark() : initials(author.name) || icons.person();
  if (!author.avatar || !/^https?:/i.test(author.avatar)) {
    face.append(drawn);
    return face;
  }
  const image = h('img', { src: author.avatar, alt: '', referrerpolicy: 'no-referrer', decoding: 'async' });
  image.addEventListener('error', () => image.replaceWith(drawn), { once: true });
  face.append(image);
  return face;
}

function initials(name = ''): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
