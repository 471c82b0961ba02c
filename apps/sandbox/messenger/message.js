import { api } from './api.js';
import { avatar, h, linked, timeOf } from '../page-kit/elements.js';
import { icon } from './icons.js';

const PAGE_INBOX_APP = '263902037430900';
const REACTIONS = ['❤️', '😆', '😮', '😢', '😠', '👍'];

/** Whether two messages stand in one group: the same side, the same voice, shortly after each other. */
export function follows(before, message) {
  if (!before) return false;
  const isSame = before.from === message.from && voiceOf(before) === voiceOf(message);
  return isSame && message.stored_at - before.stored_at < 300_000;
}

const voiceOf = ({ persona, app_id: app }) => `${persona?.name ?? ''} ${app === PAGE_INBOX_APP}`;

/** One message: who said it, what, how it was received, and the way to react. Only what changed is drawn anew, so that nobody loses the focus. */
export class MessageView {
  element = h('article');
  #psid;
  #page;
  #message;
  #version;
  #saidVersion;
  #voice = h('div', { class: 'slot' });
  #face = h('div', { class: 'slot' });
  #said = h('div', { class: 'slot' });
  #badge = h('div', { class: 'slot' });
  #foot = h('div', { class: 'slot' });
  #tool;

  constructor(psid, page) {
    this.#psid = psid;
    this.#page = page;
  }

  /** An edit that somebody is in the middle of stays as it is; what changed meanwhile is shown afterwards. */
  show(message, place) {
    const version = JSON.stringify([message.text, message.delivered_at, message.reaction, message.num_edit, place]);
    if (this.#version === version || this.element.classList.contains('editing')) return;
    const isNew = this.#version === undefined;
    this.#version = version;
    this.#message = message;
    if (isNew) this.#build();
    const isMine = message.from === 'person';
    const isForeign = message.app_id === PAGE_INBOX_APP;
    const classes = ['message', isMine ? 'mine' : 'theirs', place.isFirst && 'first', place.isLast && 'last', isForeign && 'foreign'];
    this.element.className = classes.filter(Boolean).join(' ');
    const isVoiced = place.isFirst && !isMine && (message.persona || isForeign);
    this.#voice.replaceChildren(...(isVoiced ? [annotation(message, this.#page, isForeign)] : []));
    this.#face.replaceChildren(...(isMine ? [] : [face(message, this.#page, place.isLast)]));
    this.#showSaid();
    this.#badge.replaceChildren(...(message.reaction ? [reactionBadge(message)] : []));
    this.#foot.replaceChildren(footOf(message, place));
    this.#tool?.changed?.();
  }

  #build() {
    const isMine = this.#message.from === 'person';
    const now = () => this.#message;
    this.element.setAttribute('aria-label', isMine ? 'You' : (this.#message.persona?.name ?? this.#page.name));
    this.#tool = isMine ? editTool(this.#psid, now, this.element) : reactTool(this.#psid, now, this.element);
    this.element.append(
      this.#voice,
      h('div', { class: 'body' }, this.#face, h('div', { class: 'bubbles' }, this.#said, this.#badge), this.#tool?.button),
      this.#foot,
    );
  }

  #showSaid() {
    const { text, attachments = [] } = this.#message;
    const version = JSON.stringify([text, attachments]);
    if (this.#saidVersion === version) return;
    this.#saidVersion = version;
    this.#said.replaceChildren(...[...attachments.map((one) => attachmentElement(one)), textElement(this.#message)].filter(Boolean));
  }
}

function annotation({ persona }, page, isForeign) {
  return h('p', { class: 'voice' }, h('b', {}, persona?.name ?? page.name), isForeign ? ' · from the page’s own inbox' : ` · ${page.name}`);
}

function face({ persona }, page, isLast) {
  if (!isLast) return h('span', { class: 'face' });
  if (persona?.profile_picture_url) return h('span', { class: 'face' }, h('img', { src: persona.profile_picture_url, alt: '' }));
  return h('span', { class: `face${persona ? '' : ' of-page'}` }, avatar(persona?.name ?? page.name, persona?.id ?? page.page_id));
}

function textElement({ text, kind, mid }) {
  if (text === undefined) return undefined;
  const isOnlyEmoji = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F\u200D]*){1,3}$/u.test(text.trim());
  return h(
    'div',
    { class: `bubble${kind === 'postback' ? ' postback' : ''}${isOnlyEmoji ? ' big' : ''}`, dir: 'auto', id: mid },
    linked(text),
  );
}

function attachmentElement({ type, payload, name }) {
  const url = payload?.url;
  const gone = (event) => event.target.replaceWith(h('div', { class: 'bubble gone' }, 'The address of this file has expired.'));
  if (type === 'sticker') return h('img', { class: 'sticker', src: url, alt: 'Sticker', error: gone });
  if (type === 'image')
    return h('a', { class: 'picture', href: url, target: '_blank' }, h('img', { src: url, alt: name ?? 'Picture', error: gone }));
  if (type === 'audio') return h('audio', { controls: true, preload: 'metadata', src: url });
  if (type === 'video') return h('video', { controls: true, preload: 'metadata', src: url });
  const label = name ?? payload?.title ?? { location: 'A place on the map', template: 'A card' }[type] ?? type;
  if (!url) return h('div', { class: 'bubble file' }, icon('file'), label);
  return h('a', { class: 'bubble file', href: url, target: '_blank', rel: 'noopener noreferrer' }, icon('file'), h('span', {}, label));
}

function reactionBadge({ reaction }) {
  return h('span', { class: 'reaction' }, h('span', { class: 'unseen' }, 'Reaction: '), reaction.emoji);
}

function reactTool(psid, now, element) {
  const open = () => {
    if (menu.isConnected) return close();
    for (const other of document.querySelectorAll('.reactions')) other.remove();
    changed();
    element.append(menu);
    button.setAttribute('aria-expanded', 'true');
    menu.querySelector('button').focus();
  };
  const close = () => {
    menu.remove();
    button.setAttribute('aria-expanded', 'false');
    button.focus();
  };
  const choose = (emoji) => {
    close();
    const { mid, reaction } = now();
    void api.react(psid, mid, reaction?.emoji === emoji ? null : emoji);
  };
  const menu = h(
    'div',
    { class: 'reactions', role: 'group', 'aria-label': 'React' },
    REACTIONS.map((emoji) => h('button', { type: 'button', click: () => choose(emoji) }, emoji)),
  );
  const changed = () => {
    for (const one of menu.children) one.setAttribute('aria-pressed', String(now().reaction?.emoji === one.textContent));
  };
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) [...menu.children][[...menu.children].indexOf(document.activeElement) + step]?.focus();
  });
  const button = h(
    'button',
    { type: 'button', class: 'mini', 'aria-label': 'React to this message', title: 'React', 'aria-expanded': 'false', click: open },
    icon('smile'),
  );
  return { button, changed };
}

function editTool(psid, now, element) {
  const { text, payload } = now();
  if (text === undefined || payload !== undefined) return undefined;
  const click = () => beginEdit(psid, now(), element);
  return { button: h('button', { type: 'button', class: 'mini', 'aria-label': 'Edit this message', title: 'Edit', click }, icon('edit')) };
}

function beginEdit(psid, message, element) {
  if (element.classList.contains('editing')) return;
  const bubble = element.querySelector('.bubble');
  const area = h('textarea', { 'aria-label': 'Edit the message', rows: '2' });
  area.value = message.text;
  const form = h('div', { class: 'bubble edit' }, area, h('p', {}, 'Enter saves, Escape leaves it as it was.'));
  const end = () => {
    element.classList.remove('editing');
    form.replaceWith(bubble);
  };
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      end();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    const text = area.value.trim();
    end();
    if (text && text !== message.text) void api.edit(psid, message.mid, text);
  });
  element.classList.add('editing');
  bubble.replaceWith(form);
  area.focus();
}

function footOf(message, { isLast, receipt }) {
  const notes = [
    message.num_edit ? 'edited' : '',
    message.tag ? `sent with the tag ${message.tag}` : '',
    message.kind === 'postback' ? 'button' : '',
    message.from === 'page' && !message.delivered_at ? 'not here yet: no line' : '',
    receipt ?? '',
  ].filter(Boolean);
  if (!isLast && notes.length === 0) return '';
  return h(
    'p',
    { class: 'foot' },
    isLast ? timeOf(message.stored_at) : '',
    notes.length > 0 ? `${isLast ? ' · ' : ''}${notes.join(' · ')}` : '',
  );
}
