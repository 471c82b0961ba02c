import { safeHref } from '@baton/contracts/rich-text';
import type { Author, MessageBody } from '@baton/contracts';
import type { MessageRow, Row } from '../conversation/rows.js';
import { h } from '../shared/dom.js';
import { mayRetry } from '../uploads/uploads.js';
import { avatarOf } from './avatar.js';
import { icons } from './icons.js';
import { outsideLink, richText } from './rich-view.js';
import type { Voice } from './voice.js';

export interface RowActions {
  retry(clientId: string): void;
  discard(clientId: string): void;
  reply(messageId: string, title: string, payload: string): void;
  /** Of a file that is handed in, in megabytes. */
  readonly maxMb: number;
  /** Something that was drawn became larger later. */
  grown(): void;
}

/** "Mia · Support team", "Assistant": name and role, as shown and as spoken. */
export function nameOf(author: Author, voice: Voice): { readonly name: string; readonly role: string | undefined } {
  if (author.kind === 'visitor') return { name: voice.say('you'), role: undefined };
  const role = voice.say(author.kind === 'agent' ? 'team' : 'assistant');
  const name = author.name?.trim();
  if (!name || name.toLowerCase().includes(role.toLowerCase())) return { name: name || role, role: undefined };
  return { name, role };
}

export function drawRow(row: Row, voice: Voice, actions: RowActions): HTMLElement {
  switch (row.is) {
    case 'day':
      return h('div', { class: 'day' }, h('span', {}, voice.day(row.at)));
    case 'system':
      return h('div', { class: 'notice' }, h('span', { dir: 'auto' }, richText(row.text)));
    case 'replies':
      return drawReplies(row, voice, actions);
    case 'message':
      return drawMessage(row, voice, actions);
  }
}

function drawMessage(row: MessageRow, voice: Voice, actions: RowActions): HTMLElement {
  const { author, mine, first, last, at } = row;
  const { name, role } = nameOf(author, voice);
  const kind = mine ? 'mine' : author.kind === 'agent' ? 'agent' : 'bot';
  const spoken = [role ? `${name} · ${role}` : name, at && voice.time(at)].filter(Boolean).join(', ');
  const element = h('article', {
    class: `message ${kind}${first ? ' first' : ''}${last ? ' last' : ''}`,
    'aria-label': spoken,
    tabindex: -1,
  });
  if (!mine && first) {
    element.append(
      avatarOf(author),
      h(
        'div',
        { class: 'by', 'aria-hidden': 'true' },
        h('b', { dir: 'auto' }, name),
        role ? h('span', { class: 'role' }, role) : undefined,
      ),
    );
  }
  const bubble = h('div', { class: 'bubble', part: `bubble ${kind}-bubble`, dir: 'auto' });
  if (row.change === 'removed') bubble.append(h('i', { class: 'gone' }, voice.say('removed')));
  else bubble.append(drawBody(row.body, actions));
  element.append(bubble);
  const foot = drawFoot(row, voice, actions);
  if (foot) element.append(foot);
  return element;
}

function drawBody(body: MessageBody, actions: RowActions): Node {
  if (body.type === 'text') return richText(body.text);
  const href = safeHref(body.url);
  const plain = h('span', { class: 'file' }, icons.file(), h('span', {}, body.name));
  if (!href) return plain;
  const link = (inside: Node) => {
    const to = outsideLink(href, inside);
    to.title = body.name;
    return to;
  };
  const card = () => {
    plain.append(icons.down());
    return link(plain);
  };
  if (!/^image\/(png|jpe?g|gif|webp|avif)$/i.test(body.contentType)) return card();
  const image = h('img', {
    class: 'picture',
    src: href,
    alt: body.name,
    referrerpolicy: 'no-referrer',
    decoding: 'async',
    loading: 'lazy',
    onload: () => actions.grown(),
  });
  const picture = link(image);
  image.addEventListener('error', () => picture.replaceWith(card()), { once: true });
  return picture;
}

/** Why something was not sent, in words. */
export function whyNot(reason: string | undefined, voice: Voice, maxMb: number): string {
  if (reason === 'text-too-long') return voice.say('tooLong');
  if (reason === 'too-large') return voice.say('tooLarge', { n: maxMb });
  return voice.say(reason === 'type-not-allowed' ? 'badType' : 'failed');
}

function drawFoot(row: MessageRow, voice: Voice, actions: RowActions): HTMLElement | undefined {
  const { state, clientId, at } = row;
  if (state === 'failed' && clientId) {
    return h(
      'div',
      { class: 'foot failed' },
      icons.alert(),
      h('span', {}, whyNot(row.reason, voice, actions.maxMb)),
      mayRetry(row.reason) ? h('button', { type: 'button', onclick: () => actions.retry(clientId) }, voice.say('retry')) : undefined,
      h('button', { type: 'button', onclick: () => actions.discard(clientId) }, voice.say('discard')),
    );
  }
  if (state === 'uploading' && clientId) {
    const words = voice.say('sending');
    return h(
      'div',
      { class: 'foot' },
      h('progress', { 'aria-label': words }),
      h('span', {}, words),
      h('button', { type: 'button', onclick: () => actions.discard(clientId) }, voice.say('discard')),
    );
  }
  if (state === 'sending') return h('div', { class: 'foot sending' }, icons.clock(), h('span', {}, voice.say('sending')));
  if (!row.last || !at) return row.change === 'edited' ? h('div', { class: 'foot' }, voice.say('edited')) : undefined;
  const foot = h('div', { class: 'foot' }, h('time', { datetime: at, title: voice.moment(at) }, voice.time(at)));
  if (row.change === 'edited') foot.append(h('span', {}, voice.say('edited')));
  if (row.mailed) foot.append(h('span', {}, voice.say('mailed')));
  if (state === 'sent' || state === 'read') foot.append(icons.check(), h('span', {}, voice.say(state)));
  return foot;
}

function drawReplies(row: Extract<Row, { is: 'replies' }>, voice: Voice, actions: RowActions): HTMLElement {
  const done = row.chosen !== undefined;
  const buttons = row.replies.map(({ title, payload }, index) => {
    const chosen = row.chosen === payload;
    return h(
      'button',
      {
        type: 'button',
        class: `reply${chosen ? ' chosen' : ''}`,
        dir: 'auto',
        disabled: done,
        'aria-pressed': done ? chosen : undefined,
        tabindex: index === 0 ? 0 : -1,
        onclick: () => actions.reply(row.id, title, payload),
      },
      chosen ? icons.check() : undefined,
      title,
    );
  });
  const group = h('div', { class: 'replies', role: 'group', 'aria-label': voice.say('replies') }, ...buttons);
  group.addEventListener('keydown', (event) => moveAmong(event, buttons));
  return group;
}

/** Arrow keys, Home and End walk through a row of buttons of which one is in the tab order. */
function moveAmong(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const forward = getComputedStyle(buttons[0] as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const to = {
    [forward]: at + 1,
    ArrowDown: at + 1,
    [forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft']: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: buttons.length - 1,
  }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const next = buttons[(to + buttons.length) % buttons.length] as HTMLButtonElement;
  buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
  next.focus();
}
