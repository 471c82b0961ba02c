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

/** The page where a person plays a visitor who writes in Crisp's own chat box. */
const CHATBOX: ServedPage = {
  folder: 'chatbox',
  at: '/chatbox/',
  files: [
    ...['api', 'chatbox', 'composer', 'icons', 'message', 'talk', 'visitors'].map((name) => `${name}.js`),
    ...['chatbox', 'talk'].map((name) => `${name}.css`),
    'icon.svg',
  ],
};

/** What a person copies out of Crisp, and where web hooks are set. */
const TOKENS: ServedPage = { folder: 'tokens', at: '/tokens/', files: ['tokens.js', 'tokens.css', 'icon.svg'] };

export const PAGES: readonly ServedPage[] = [INBOX, CHATBOX, TOKENS];
