import { api } from './api.js';
import { Composer } from './composer.js';
import { avatar, h, showInOrder } from '../page-kit/elements.js';
import { icon } from './icons.js';
import { follows, MessageView } from './message.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** The phone in the middle: the talk of one person with the page. */
export class Chat {
  #root = document.querySelector('#chat');
  #announcer = document.querySelector('#announcer');
  #actions;
  #person;
  #page;
  #composer;
  #parts = {};
  #shown = new Map();
  /** The newest message is in view, and stays so whatever grows or opens. */
  #isAtEnd = true;

  /** @param actions `{ back(), around() }` */
  constructor(actions) {
    this.#actions = actions;
    this.showNothing();
  }

  showNothing() {
    this.#person = undefined;
    this.#root.replaceChildren(
      h(
        'div',
        { class: 'phone' },
        h(
          'div',
          { class: 'nothing' },
          h('div', { class: 'nothing-picture' }, icon('person')),
          h('h2', {}, 'Who are you today?'),
          h('p', {}, 'Choose somebody from the list, or add a new person. Then write to the page as that person would.'),
        ),
      ),
    );
  }

  /** Shows a talk; what did not change stays as it is, so that nothing jumps while somebody reads or writes. */
  show(person, page) {
    const isOther = person.psid !== this.#person?.psid;
    const before = this.#person;
    this.#person = person;
    this.#page = page;
    if (isOther) this.#build();
    this.#showHead();
    if (isOther) this.#isAtEnd = true;
    this.#showMessages();
    this.#showReplies();
    this.#showFoot();
    this.#stayAtEnd();
    if (!isOther) this.#announce(before);
  }

  focus() {
    if (this.#person?.blocked) this.#root.querySelector('.wall button')?.focus();
    else this.#composer?.focus();
  }

  #build() {
    const { psid } = this.#person;
    this.#shown = new Map();
    this.#composer = new Composer({ psid, onEscape: () => this.#actions.back() });
    this.#parts = {
      status: h('div', { class: 'status', 'aria-hidden': 'true' }),
      head: h('header', { class: 'chat-head' }),
      log: h('div', { class: 'log', role: 'log', 'aria-label': 'Messages', 'aria-live': 'off', tabindex: '0' }),
      replies: h('div', { class: 'replies', role: 'group', 'aria-label': 'Quick replies' }),
      wall: h('div', { class: 'wall' }),
    };
    const { status, head, log, replies, wall } = this.#parts;
    log.addEventListener('scroll', () => (this.#isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80));
    log.addEventListener('load', () => this.#stayAtEnd(), { capture: true });
    new ResizeObserver(() => this.#stayAtEnd()).observe(log);
    this.#root.replaceChildren(h('div', { class: 'phone' }, status, head, log, replies, wall, this.#composer.element));
  }

  #stayAtEnd() {
    const { log } = this.#parts;
    if (this.#isAtEnd) log.scrollTop = log.scrollHeight;
  }

  #showHead() {
    const { name, online, typing } = this.#person;
    this.#parts.status.replaceChildren(
      h('span', {}, clock.format(Date.now())),
      h('span', { class: 'owner', dir: 'auto' }, `${name}’s phone`),
      h('span', { class: `bars${online ? '' : ' none'}` }, icon('signal')),
    );
    const key = JSON.stringify([this.#page.name, Boolean(typing), online]);
    if (this.#parts.head.dataset.key === key) return;
    this.#parts.head.dataset.key = key;
    this.#parts.head.replaceChildren(
      h(
        'button',
        { type: 'button', class: 'quiet back', 'aria-label': 'Back to the people', click: () => this.#actions.back() },
        icon('back'),
      ),
      h('span', { class: 'of-page' }, avatar(this.#page.name, this.#page.page_id)),
      h(
        'div',
        { class: 'who' },
        h('h2', {}, this.#page.name),
        h('p', {}, online ? 'Business page · usually replies at once' : 'Waiting for a connection …'),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'quiet more',
          'aria-label': 'Around the chat',
          title: 'Around the chat',
          click: () => this.#actions.around(),
        },
        icon('info'),
      ),
    );
  }

  #showMessages() {
    const { messages, typing, gaps, online } = this.#person;
    const seen = messages.filter((message) => message.from === 'person' || message.delivered_at || !online);
    const wanted = [this.#intro()];
    const kept = new Map();
    const lastMine = seen.findLast((message) => message.from === 'person');
    let gapsShown = 0;
    const showGaps = (until) => {
      for (; gapsShown < gaps.length && gaps[gapsShown].at <= until; gapsShown++) {
        const { ms } = gaps[gapsShown];
        wanted.push(this.#keep(kept, `gap ${gapsShown}`, '', () => gapElement(ms)));
      }
    };
    seen.forEach((message, index) => {
      showGaps(message.stored_at);
      const isApart = (other) =>
        other &&
        gaps.some((gap) => gap.at > Math.min(other.stored_at, message.stored_at) && gap.at <= Math.max(other.stored_at, message.stored_at));
      const [before, after] = [seen[index - 1], seen[index + 1]];
      const receipt = message === lastMine ? ((this.#person.page_saw_at ?? 0) >= message.stored_at ? 'Seen' : 'Sent') : undefined;
      const place = {
        isFirst: !follows(before, message) || isApart(before),
        isLast: !after || !follows(message, after) || isApart(after),
        receipt,
      };
      const view = this.#shown.get(message.mid) ?? new MessageView(this.#person.psid, this.#page);
      view.show(message, place);
      kept.set(message.mid, view);
      wanted.push(view.element);
    });
    showGaps(Infinity);
    if (typing) wanted.push(this.#keep(kept, 'typing', typing.persona?.name ?? '', () => this.#typing(typing)));
    this.#shown = kept;
    showInOrder(this.#parts.log, wanted);
  }

  /** The element that stands for this already, unless its version changed. */
  #keep(kept, id, version, make) {
    const known = this.#shown.get(id);
    const entry = known?.version === version ? known : { version, element: make() };
    kept.set(id, entry);
    return entry.element;
  }

  #intro() {
    const { name, page_id } = this.#page;
    const isEmpty = this.#person.messages.length === 0;
    const version = `${name} ${isEmpty}`;
    if (this.#parts.intro?.version !== version) {
      const start = () => void api.postback(this.#person.psid, 'Get started', 'GET_STARTED');
      this.#parts.intro = {
        version,
        element: h(
          'div',
          { class: 'intro' },
          h('span', { class: 'of-page' }, avatar(name, page_id)),
          h('h3', {}, name),
          h(
            'p',
            {},
            isEmpty ? 'You have not talked yet. Say hello, or begin with the page’s button.' : 'Shop · everything here is simulated',
          ),
          isEmpty ? h('button', { type: 'button', class: 'start', click: start }, 'Get started') : undefined,
        ),
      };
    }
    return this.#parts.intro.element;
  }

  #typing({ persona }) {
    const who = persona?.name ?? this.#page.name;
    return h(
      'div',
      { class: 'message theirs first last typing' },
      h(
        'div',
        { class: 'body' },
        h('span', { class: `face${persona ? '' : ' of-page'}` }, avatar(who, persona?.id ?? this.#page.page_id)),
        h('div', { class: 'bubble dots' }, h('span', { class: 'unseen' }, `${who} is typing`), h('i'), h('i'), h('i')),
      ),
    );
  }

  /** They go with the next message of either side. */
  #showReplies() {
    const last = this.#person.messages.findLast((message) => message.from === 'person' || message.delivered_at);
    const offered = last?.from === 'page' && !this.#person.blocked ? (last.quick_replies ?? []) : [];
    const key = `${last?.mid ?? ''} ${offered.length}`;
    const { replies } = this.#parts;
    if (replies.dataset.key === key) return;
    replies.dataset.key = key;
    replies.replaceChildren(
      ...offered.map((one) =>
        h(
          'button',
          { type: 'button', dir: 'auto', click: () => void this.#tap(one) },
          one.title ?? { user_email: 'Share my e-mail', user_phone_number: 'Share my phone' }[one.content_type],
        ),
      ),
    );
    replies.hidden = offered.length === 0;
  }

  async #tap(reply) {
    this.#parts.replies.replaceChildren();
    await api.tap(this.#person.psid, reply);
    this.focus();
  }

  #showFoot() {
    const { blocked, psid } = this.#person;
    const { wall } = this.#parts;
    this.#composer.element.hidden = blocked;
    wall.hidden = !blocked;
    if (!blocked || wall.firstChild) return;
    const unblock = () => void api.change(psid, { blocked: false });
    wall.append(
      h('p', {}, h('b', {}, `You blocked ${this.#page.name}.`), ' It cannot write to you.'),
      h('button', { type: 'button', class: 'plain', click: unblock }, 'Unblock'),
    );
  }

  #announce(before) {
    const known = new Set(before.messages.filter((message) => message.delivered_at).map(({ mid }) => mid));
    const fresh = this.#person.messages.filter((message) => message.from === 'page' && message.delivered_at && !known.has(message.mid));
    if (fresh.length === 0) return;
    this.#announcer.textContent = fresh
      .map(({ persona, text }) => `${persona?.name ?? this.#page.name}: ${text ?? 'an attachment'}`)
      .join('. ');
  }
}

function gapElement(ms) {
  const hours = Math.round(ms / 3_600_000);
  return h('p', { class: 'gap' }, icon('clock'), hours >= 48 ? `${Math.round(hours / 24)} days later` : `${hours} hours later`);
}
