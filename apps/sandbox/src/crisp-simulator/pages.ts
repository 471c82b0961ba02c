import type { ServedPage } from '../simulator-kit/served-page.js';

/** The page where a person plays the agent. */
const INBOX: ServedPage = {
  folder: 'inbox',
  at: '/',
  files: [
    ...['api', 'composer', 'conversation-list', 'icons', 'inbox', 'message', 'names', 'thread'].map((name) => `${name}.js`),
    'inbox.css',
    'icon.svg',
    // Pictures of the sandbox's agents, as Crisp's storage would have them.
    ...['mia', 'noor', 'tom'].map((name) => `people/${name}.png`),
  ],
  sharesPictures: true,
};

export const PAGES: readonly ServedPage[] = [INBOX];
