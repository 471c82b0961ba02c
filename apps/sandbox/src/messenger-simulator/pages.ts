import type { ServedPage } from '../simulator-kit/served-page.js';
import { STICKERS } from './stickers.js';

/** The page where a person plays the one who writes to the page. */
export const MESSENGER_PAGE: ServedPage = {
  folder: 'messenger',
  at: '/',
  files: [
    ...['api', 'around', 'chat', 'composer', 'icons', 'message', 'messenger', 'people'].map((name) => `${name}.js`),
    ...['messenger', 'phone', 'around'].map((name) => `${name}.css`),
    'icon.svg',
    ...STICKERS.map(({ name }) => `stickers/${name}.png`),
  ],
};
