import { api } from './api.js';
import { h } from '../page-kit/elements.js';
import { icon } from './icons.js';

const HOUR = 3_600_000;
const AGES = [
  [0, 'now'],
  [25 * HOUR, '25 hours ago'],
  [8 * 24 * HOUR, '8 days ago'],
];

/** The panel at the right: what happens around the talk and nobody types: time, the page's own inbox, trouble at Meta. */
export class Around {
  #root = document.querySelector('#around');
  #onClose;
  #psid;
  #pageId;
  #parts;

  constructor(onClose) {
    this.#onClose = onClose;
    this.#root.addEventListener('keydown', (event) => event.key === 'Escape' && onClose());
  }

  showNothing() {
    this.#psid = undefined;
    this.#root.replaceChildren();
  }

  focus() {
    this.#root.querySelector('button')?.focus();
  }

  show(person, page, state) {
    if (person.psid !== this.#psid) this.#build(person);
    this.#pageId = page.page_id;
    const { online, blocked, inbox, age, dead, refusals } = this.#parts;
    this.#showWindow(person);
    set(online, !person.online);
    set(blocked, person.blocked);
    set(inbox, person.owner !== null && person.owner !== page.app_id);
    set(dead, page.token_dead);
    if (document.activeElement !== age) age.value = String(person.acts_age_ms);
    const refused = Object.entries(state.calls.byError).map(([code, count]) => `${code} × ${count}`);
    refusals.textContent = `${state.calls.total} calls to the Graph API${refused.length > 0 ? `; refused: ${refused.join(', ')}` : ', none refused'}.`;
  }

  #build({ psid, name }) {
    this.#psid = psid;
    const word = h('b', {});
    const meter = h('meter', { min: '0', max: '1', 'aria-label': 'What is left of the 24 hours' });
    const rest = h('p', { class: 'soft' });
    const age = h(
      'select',
      { change: () => void api.change(psid, { acts_age_ms: Number(age.value) }) },
      AGES.map(([ms, text]) => h('option', { value: String(ms) }, text)),
    );
    const online = toggle('No connection', 'Nothing reaches the phone until it is back.', (isOff) => api.change(psid, { online: !isOff }));
    const blocked = toggle('Block the page', 'Every answer is refused: 551.', (isOn) => api.change(psid, { blocked: isOn }));
    const inbox = toggle('The page’s inbox has the thread', 'We only look on: standby.', (isOn) =>
      api.change(psid, { owner: isOn ? '263902037430900' : null }),
    );
    const dead = toggle('The page’s token is dead', 'Every call is refused: 190.', (isOn) => api.page(this.#pageId, { token_dead: isOn }));
    const refusals = h('p', { class: 'soft' });
    this.#parts = { word, meter, rest, age, online, blocked, inbox, dead, refusals };
    const pass = (ms, text) => h('button', { type: 'button', class: 'plain', click: () => void api.pass(psid, ms) }, text);
    const burst = (text, title, failure) =>
      h('button', { type: 'button', class: 'plain', click: () => void api.faults({ graph: { failures: [failure] } }), title }, text);
    this.#root.replaceChildren(
      h(
        'header',
        {},
        h('h2', {}, 'Around the chat'),
        h('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', click: () => this.#onClose() }, icon('close')),
      ),
      card(
        'clock',
        'The 24 hours',
        h('div', { class: 'window' }, word, meter, rest),
        h('div', { class: 'buttons' }, pass(25 * HOUR, '25 hours pass'), pass(8 * 24 * HOUR, '8 days pass')),
        h('label', { class: 'choice' }, `What ${name.split(' ')[0]} does is dated`, age),
      ),
      card('desk', 'Somebody answers elsewhere', this.#inboxForm(psid), inbox.element),
      card('person', `${name.split(' ')[0]}’s side`, blocked.element, online.element),
      card(
        'bolt',
        'Trouble at Meta',
        dead.element,
        h(
          'div',
          { class: 'buttons' },
          burst('Refuse 3 sends', 'The next three are answered with the rate error 613', {
            code: 613,
            subcode: 2534040,
            count: 3,
            path: '/messages',
          }),
          burst('Cut next send', 'It is taken, but the connection ends before the answer', {
            kind: 'disconnect',
            when: 'after',
            count: 1,
            path: '/messages',
          }),
        ),
        refusals,
      ),
    );
  }

  #inboxForm(psid) {
    const area = h('textarea', {
      rows: '2',
      'aria-label': 'Answer from the page’s own inbox',
      placeholder: 'Hello, Anna from the shop here …',
    });
    const send = () => {
      const text = area.value.trim() || 'Hello, Anna from the shop here. I look after this.';
      area.value = '';
      void api.pageInbox(psid, text, false);
    };
    area.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
    return h(
      'div',
      { class: 'elsewhere' },
      area,
      h('button', { type: 'button', class: 'plain', click: send }, 'Answer from the page’s inbox'),
    );
  }

  #showWindow({ window: { state, open_until, human_until } }) {
    const { word, meter, rest } = this.#parts;
    const now = Date.now();
    const left = Math.max(0, (open_until ?? now) - now);
    const words = {
      never: ['Not open', 'The page may write once this person has written.'],
      open: [`Open for ${span(left)}`, 'The bot and agents may write.'],
      human: ['Closed for the bot', `Agents may write for another ${span((human_until ?? now) - now)}, with the tag HUMAN_AGENT.`],
      closed: ['Closed for everybody', 'Until this person writes again.'],
    };
    word.textContent = words[state][0];
    rest.textContent = words[state][1];
    meter.value = left / (24 * HOUR);
    word.dataset.state = state;
  }
}

function card(name, title, ...content) {
  return h('section', {}, h('h3', {}, icon(name), title), content);
}

function toggle(title, explanation, act) {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'switch',
      role: 'switch',
      'aria-checked': 'false',
      click: () => void act(button.getAttribute('aria-checked') !== 'true'),
    },
    h('span', { class: 'knob' }),
    h('span', {}, h('b', {}, title), h('small', {}, explanation)),
  );
  return { element: button };
}

const set = ({ element }, isOn) => element.setAttribute('aria-checked', String(isOn));

function span(ms) {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days ${hours % 24} h`;
}
