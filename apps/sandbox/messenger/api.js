// What the page asks of the simulator.

import { call } from '../page-kit/control.js';

const person = (psid) => `/people/${encodeURIComponent(psid)}`;

export const api = {
  state: () => call('GET', '/state'),
  people: () => call('GET', '/people'),
  transcript: (psid) => call('GET', person(psid)),
  add: (card) => call('POST', '/people', card),
  change: (psid, change) => call('PATCH', person(psid), change),
  say: (psid, text) => call('POST', `${person(psid)}/say`, { text }),
  tap: (psid, { title, payload }) => call('POST', `${person(psid)}/tap`, { title: title ?? '', payload: payload ?? '' }),
  postback: (psid, title, payload) => call('POST', `${person(psid)}/postback`, { title, payload }),
  sticker: (psid, name) => call('POST', `${person(psid)}/attachment`, { type: 'sticker', name }),
  sample: (psid, type) => call('POST', `${person(psid)}/attachment`, { type }),
  upload: (psid, file) => call('POST', `${person(psid)}/upload?name=${encodeURIComponent(file.name)}`, file),
  edit: (psid, mid, text) => call('POST', `${person(psid)}/edit`, { mid, text }),
  react: (psid, mid, emoji) => call('POST', `${person(psid)}/react`, { mid, emoji }),
  read: (psid) => call('POST', `${person(psid)}/read`, {}),
  pass: (psid, ms) => call('POST', `${person(psid)}/time`, { passed_ms: ms }),
  pageInbox: (psid, text, takes) => call('POST', `${person(psid)}/page-inbox`, { text, takes_thread: takes }),
  page: (pageId, change) => call('PATCH', `/pages/${pageId}`, change),
  faults: (faults) => call('PUT', '/faults', faults),
};
