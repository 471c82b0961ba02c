import { follow, gathered } from '../page-kit/control.js';
import { api } from './api.js';
import { ConversationList } from './conversation-list.js';
import { h } from '../page-kit/elements.js';
import { Thread } from './thread.js';

// The page where a person plays the agent: it shows what the simulator says and looks again whenever something happens.

const find = (selector) => document.querySelector(selector);
const websiteSelect = find('#website');
const operatorSelect = find('#operator');
const availability = find('#availability');
const GATHER_MS = 60;

const stored = (key) => sessionStorage.getItem(key) ?? undefined;
const state = {
  websites: [],
  websiteId: stored('website'),
  operatorId: stored('operator'),
  conversations: [],
  selected: location.hash.slice(1) || undefined,
};

const website = () => state.websites.find((one) => one.website_id === state.websiteId);
const operator = () => website()?.operators.find((one) => one.user_id === state.operatorId);

const list = new ConversationList((session) => void select(session));
const thread = new Thread({ back, remove: () => find('#remove-dialog').showModal() }, () => state.operatorId);

async function lookAtWebsites() {
  state.websites = (await api.state()).websites;
  if (!website()) state.websiteId = state.websites[0]?.website_id;
  if (!operator()) state.operatorId = website()?.operators[0]?.user_id;
  fill(
    websiteSelect,
    state.websites.map((one) => [one.website_id, one.name]),
    state.websiteId,
  );
  fill(
    operatorSelect,
    (website()?.operators ?? []).map((one) => [one.user_id, [one.first_name, one.last_name].filter(Boolean).join(' ')]),
    state.operatorId,
  );
  const isOnline = operator()?.availability === 'online';
  availability.setAttribute('aria-checked', String(isOnline));
  find('#availability .word').textContent = isOnline ? 'Online' : 'Away';
  document.body.classList.toggle('everybody-away', website()?.status === 'away');
}

function fill(select, options, chosen) {
  select.replaceChildren(...options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)));
}

async function lookAtConversations() {
  if (!state.websiteId) return;
  state.conversations = await api.conversations(state.websiteId);
  const unread = state.conversations.filter((one) => one.unread > 0).length;
  document.title = `${unread > 0 ? `(${unread}) ` : ''}Inbox · simulated Crisp`;
  if (state.selected && !state.conversations.some((one) => one.session_id === state.selected)) {
    state.selected = undefined;
    thread.showNothing();
    document.body.dataset.view = 'list';
  }
  list.show(state.conversations, state.selected);
  await lookAtThread();
}

async function lookAtThread() {
  const { selected } = state;
  if (!selected) return;
  const transcript = await api.transcript(selected);
  if (selected !== state.selected) return;
  thread.show(transcript);
  if (transcript.unread > 0 && document.visibilityState === 'visible') await api.read(selected);
}

async function select(session) {
  state.selected = session;
  history.replaceState(null, '', `#${session}`);
  document.body.dataset.view = 'thread';
  list.show(state.conversations, session);
  await lookAtThread();
  if (!find('#thread').contains(document.activeElement)) thread.focus();
}

function back() {
  document.body.dataset.view = 'list';
  list.focus();
}

const lookSoon = gathered(async (asked) => {
  try {
    if (asked.includes(true)) await lookAtWebsites();
    await lookAtConversations();
  } catch {
    find('#offline').hidden = false;
  }
}, GATHER_MS);

websiteSelect.addEventListener('change', () => {
  state.websiteId = websiteSelect.value;
  state.operatorId = undefined;
  sessionStorage.setItem('website', state.websiteId);
  lookSoon(true);
});
operatorSelect.addEventListener('change', () => {
  state.operatorId = operatorSelect.value;
  sessionStorage.setItem('operator', state.operatorId);
  lookSoon(true);
});
availability.addEventListener('click', () => {
  const status = operator()?.availability === 'online' ? 'away' : 'online';
  void api.availability(state.websiteId, state.operatorId, status);
});

const renaming = find('#rename-dialog');
find('#rename').addEventListener('click', () => {
  find('#first-name').value = operator()?.first_name ?? '';
  find('#last-name').value = operator()?.last_name ?? '';
  renaming.showModal();
});
renaming.addEventListener('close', () => {
  if (renaming.returnValue !== 'save') return;
  const name = { first_name: find('#first-name').value, last_name: find('#last-name').value };
  void api.rename(state.websiteId, state.operatorId, name);
});
const removing = find('#remove-dialog');
removing.addEventListener('close', () => {
  if (removing.returnValue === 'delete' && state.selected) void api.removeConversation(state.selected);
});
for (const button of document.querySelectorAll('[data-close]')) {
  button.addEventListener('click', () => button.closest('dialog').close('cancel'));
}

document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && lookSoon(true));
follow(
  (change) => lookSoon(change.event === 'reset' || change.event.startsWith('website:')),
  (isUp) => {
    find('#offline').hidden = isUp;
    if (isUp) lookSoon(true);
  },
);
if (state.selected) document.body.dataset.view = 'thread';
