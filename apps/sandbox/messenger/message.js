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

/** One message: who said it, what, how it was received, and the way to react. */
export function messageElement(person, page, message, place) {
  const isMine = message.from === 'person';
  const isForeign = message.app_id === PAGE_INBOX_APP;
  const speaker = message.persona?.name ?? page.name;
  const element = h('article', {
    class: ['message', isMine ? 'mine' : 'theirs', place.isFirst ? 'first' : '', place.isLast ? 'last' : '', isForeign ? 'foreign' : '']
      .filter(Boolean)
      .join(' '),
    'aria-label': `${isMine ? 'You' : speaker}`,
  });
  const bubbles = [...(message.attachments ?? []).map((one) => attachmentElement(one, message.mid)), textElement(message)].filter(Boolean);
  element.append(
    ...(place.isFirst && !isMine && (message.persona || isForeign) ? [annotation(message, page, isForeign)] : []),
    h(
      'div',
      { class: 'body' },
      isMine ? undefined : face(message, page, place.isLast),
      h('div', { class: 'bubbles' }, bubbles, message.reaction ? reactionBadge(message) : undefined),
      isMine ? editButton(person, message, element) : reactButton(person, message, element),
    ),
    footOf(message, place),
  );
  return element;
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

function reactButton(person, message, element) {
  const open = () => {
    if (element.querySelector('.reactions')) return close();
    for (const other of document.querySelectorAll('.reactions')) other.remove();
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
    void api.react(person.psid, message.mid, message.reaction?.emoji === emoji ? null : emoji);
  };
  const menu = h(
    'div',
    { class: 'reactions', role: 'group', 'aria-label': 'React' },
    REACTIONS.map((emoji) =>
      h('button', { type: 'button', 'aria-pressed': String(message.reaction?.emoji === emoji), click: () => choose(emoji) }, emoji),
    ),
  );
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
  return button;
}

function editButton(person, message, element) {
  if (message.text === undefined || message.payload !== undefined) return undefined;
  return h(
    'button',
    { type: 'button', class: 'mini', 'aria-label': 'Edit this message', title: 'Edit', click: () => beginEdit(person, message, element) },
    icon('edit'),
  );
}

function beginEdit(person, message, element) {
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
    if (text && text !== message.text) void api.edit(person.psid, message.mid, text);
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
