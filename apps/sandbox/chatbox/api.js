// What the page asks of the simulator: what a visitor can do in Crisp's own chat box, and no more.

import { call } from '../page-kit/control.js';

const session = (id) => `/conversations/${encodeURIComponent(id)}`;

export const api = {
  state: () => call('GET', '/state'),
  conversations: (websiteId) => call('GET', `/conversations?website_id=${encodeURIComponent(websiteId)}`),
  transcript: (id) => call('GET', session(id)),
  open: (websiteId, { nickname, email }) => call('POST', '/conversations', { website_id: websiteId, nickname, email }),
  say: (id, text) => call('POST', `${session(id)}/visitor-message`, { text }),
  choose: (id, fingerprint, value) => call('POST', `${session(id)}/picker-answer`, { fingerprint, value }),
  typing: (id, type, excerpt) => call('POST', `${session(id)}/typing`, { from: 'user', type, ...(excerpt ? { excerpt } : {}) }),
  read: (id) => call('POST', `${session(id)}/read`, { from: 'operator' }),
};
