// What the page asks of the simulator.

import { call } from '../page-kit/control.js';

const session = (id) => `/conversations/${encodeURIComponent(id)}`;

export const api = {
  state: () => call('GET', '/state'),
  conversations: (websiteId) => call('GET', `/conversations?website_id=${encodeURIComponent(websiteId)}`),
  transcript: (id) => call('GET', session(id)),
  reply: (id, text, operatorId) => call('POST', `${session(id)}/agent-message`, { text, operator_id: operatorId }),
  note: (id, text, operatorId) => call('POST', `${session(id)}/note`, { text, operator_id: operatorId }),
  edit: (id, fingerprint, text) => call('PATCH', `${session(id)}/messages/${fingerprint}`, { text }),
  remove: (id, fingerprint) => call('DELETE', `${session(id)}/messages/${fingerprint}`),
  typing: (id, type, operatorId) => call('POST', `${session(id)}/typing`, { type, operator_id: operatorId }),
  read: (id) => call('POST', `${session(id)}/read`, { from: 'user' }),
  resolve: (id) => call('POST', `${session(id)}/resolve`),
  reopen: (id) => call('POST', `${session(id)}/reopen`),
  removeConversation: (id) => call('DELETE', session(id)),
  availability: (websiteId, operatorId, status) => call('POST', `/websites/${websiteId}/availability`, { status, operator_id: operatorId }),
  rename: (websiteId, operatorId, name) => call('PATCH', `/websites/${websiteId}/operators/${operatorId}`, name),
};
