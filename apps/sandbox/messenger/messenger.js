import { follow, gathered } from '../page-kit/control.js';
import { api } from './api.js';
import { Around } from './around.js';
import { Chat } from './chat.js';
import { h } from '../page-kit/elements.js';
import { icon } from './icons.js';
import { People } from './people.js';

// The page where a person plays who writes to the page: it shows what the simulator says and looks again whenever something happens.

const find = (selector) => document.querySelector(selector);
const GATHER_MS = 50;
/** A typing bubble and a window end by themselves. */
const LOOK_AGAIN_MS = 10_000;

const state = { selected: location.hash.slice(1) || sessionStorage.getItem('psid') || undefined, pages: [], people: [] };
const pageOf = (id) => state.pages.find((page) => page.page_id === id) ?? { page_id: id, name: 'The page', app_id: '' };

const people = new People((psid) => void select(psid));
const around = new Around(closeAround);
const chat = new Chat({
  back: () => {
    document.body.dataset.view = 'list';
    people.focus();
  },
  around: () => {
    document.body.dataset.view = 'around';
    around.focus();
  },
});

function closeAround() {
  if (document.body.dataset.view !== 'around') return;
  document.body.dataset.view = 'chat';
  chat.focus();
}

async function look() {
  const [told, everybody] = await Promise.all([api.state(), api.people()]);
  state.pages = told.pages;
  state.people = everybody;
  const unread = everybody.filter((one) => one.unread > 0).length;
  document.title = `${unread > 0 ? `(${unread}) ` : ''}Messenger · simulated`;
  if (state.selected && !everybody.some((one) => one.psid === state.selected)) {
    state.selected = undefined;
    document.body.dataset.view = 'list';
  }
  // On a wide screen somebody is always chosen; on a phone the list comes first.
  if (!state.selected && matchMedia('(min-width: 761px)').matches) state.selected = everybody[0]?.psid;
  people.show(everybody, state.selected, (id) => pageOf(id).name);
  if (!state.selected) {
    chat.showNothing();
    around.showNothing();
    return;
  }
  const { selected } = state;
  const person = await api.transcript(selected);
  if (selected !== state.selected) return;
  chat.show(person, pageOf(person.page_id));
  around.show(person, pageOf(person.page_id), told);
  const isLookedAt =
    document.visibilityState === 'visible' && (document.body.dataset.view !== 'list' || matchMedia('(min-width: 761px)').matches);
  if (person.unread > 0 && isLookedAt && person.online) await api.read(selected);
}

async function select(psid) {
  state.selected = psid;
  sessionStorage.setItem('psid', psid);
  history.replaceState(null, '', `#${psid}`);
  document.body.dataset.view = 'chat';
  await look();
  if (!find('#chat').contains(document.activeElement)) chat.focus();
}

const lookSoon = gathered(async () => {
  try {
    await look();
    find('#offline').hidden = true;
  } catch {
    find('#offline').hidden = false;
  }
}, GATHER_MS);

const dialog = find('#person-dialog');
find('#new-person').append(icon('plus'));
find('#new-person').addEventListener('click', () => {
  find('#first-name').value = '';
  find('#last-name').value = '';
  find('#person-page').replaceChildren(...state.pages.map((page) => h('option', { value: page.page_id }, page.name)));
  dialog.showModal();
});
dialog.addEventListener('close', async () => {
  if (dialog.returnValue !== 'save') return;
  dialog.returnValue = '';
  const card = { first_name: find('#first-name').value, last_name: find('#last-name').value, page_id: find('#person-page').value };
  await select((await api.add(card)).psid);
});
for (const button of document.querySelectorAll('[data-close]')) button.addEventListener('click', () => dialog.close('cancel'));

document.addEventListener('click', (event) => {
  if (!event.target.closest('.reactions, .mini')) for (const menu of document.querySelectorAll('.reactions')) menu.remove();
});
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && lookSoon());
setInterval(lookSoon, LOOK_AGAIN_MS);
follow(lookSoon, (isUp) => {
  find('#offline').hidden = isUp;
  if (isUp) lookSoon();
});
if (state.selected) document.body.dataset.view = 'chat';
