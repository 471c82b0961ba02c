import { follow, gathered } from '../page-kit/control.js';
import { h } from '../page-kit/elements.js';
import { api } from './api.js';
import { icon } from './icons.js';
import { Talk } from './talk.js';
import { Visitors } from './visitors.js';

// The page where a person plays a visitor of Crisp's own chat box: it shows what the simulator says and looks again whenever something happens.

const find = (selector) => document.querySelector(selector);
const websiteSelect = find('#website');
const GATHER_MS = 40;
/** A mark of typing ends by itself. */
const LOOK_AGAIN_MS = 5_000;
const WIDE = matchMedia('(min-width: 761px)');

const state = {
  websites: [],
  websiteId: new URLSearchParams(location.search).get('website') ?? sessionStorage.getItem('chatbox-website') ?? undefined,
  selected: location.hash.slice(1) || undefined,
};
const website = () => state.websites.find((one) => one.website_id === state.websiteId);

const visitors = new Visitors((session) => void select(session));
const talk = new Talk({ say, back });

async function look() {
  state.websites = (await api.state()).websites;
  if (!website()) state.websiteId = state.websites[0]?.website_id;
  websiteSelect.replaceChildren(
    ...state.websites.map((one) => h('option', { value: one.website_id, selected: one.website_id === state.websiteId }, one.name)),
  );
  if (!state.websiteId) return;
  const mine = (await api.conversations(state.websiteId)).filter((one) => one.opened_by === 'visitor');
  if (state.selected && !mine.some((one) => one.session_id === state.selected)) choose(undefined);
  const unread = mine.filter((one) => one.unread_by_visitor > 0).length;
  document.title = `${unread > 0 ? `(${unread}) ` : ''}Chat box · simulated Crisp`;
  find('#address').textContent = website().domain;
  visitors.show(mine, state.selected);
  find('#agent-link').href = state.selected ? `/#${state.selected}` : '/';
  await lookAtTalk();
}

async function lookAtTalk() {
  const { selected } = state;
  const transcript = selected ? await api.transcript(selected) : undefined;
  if (selected !== state.selected) return;
  talk.show(transcript, website());
  const isLookedAt = document.visibilityState === 'visible' && (WIDE.matches || document.body.dataset.view === 'talk');
  if (transcript?.unread_by_visitor > 0 && isLookedAt) await api.read(selected);
}

function choose(session) {
  state.selected = session;
  history.replaceState(null, '', session ? `#${session}` : location.pathname + location.search);
}

async function select(session) {
  choose(session);
  document.body.dataset.view = 'talk';
  await look();
  if (!talk.contains(document.activeElement)) talk.focus();
}

/** The first words open the conversation. */
async function say(text, nickname) {
  if (!state.selected) {
    const { session_id: session } = await api.open(state.websiteId, { nickname });
    choose(session);
  }
  await api.say(state.selected, text);
}

function back() {
  document.body.dataset.view = 'list';
  visitors.focus();
}

const lookSoon = gathered(async () => {
  try {
    await look();
    find('#offline').hidden = true;
  } catch {
    find('#offline').hidden = false;
  }
}, GATHER_MS);

find('#new-visitor').append(icon('plus'));
find('#agent-link').prepend(icon('inbox'));
find('#new-visitor').addEventListener('click', () => void select(undefined));
websiteSelect.addEventListener('change', () => {
  state.websiteId = websiteSelect.value;
  sessionStorage.setItem('chatbox-website', state.websiteId);
  choose(undefined);
  lookSoon();
});
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && lookSoon());
setInterval(lookSoon, LOOK_AGAIN_MS);
follow(lookSoon, (isUp) => {
  find('#offline').hidden = isUp;
  if (isUp) lookSoon();
});
