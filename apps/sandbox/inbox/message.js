import { api } from './api.js';
import { h, linked, timeOf } from '../page-kit/elements.js';
import { icon } from './icons.js';
import { displayName } from './names.js';

/** Private notes that Baton takes as an order; much else that begins so is explained by it. */
const isCommand = ({ type, content, automated }) =>
  type === 'note' && !automated && typeof content === 'string' && /^!(ai|why|bot|hold|help)\b/i.test(content);

/** One message: who said it, what, and what its author may still do. */
export function messageElement(conversation, message, follows) {
  const { type, from, automated } = message;
  const side = type === 'note' ? 'note' : type === 'event' ? 'event' : from === 'user' ? 'visitor' : automated ? 'automated' : 'agent';
  const classes = ['message', side, isCommand(message) && 'command', follows && 'follows', message.removed_at && 'removed'];
  const element = h('article', { class: classes.filter(Boolean).join(' ') });
  const body = h('div', { class: 'bubble', dir: 'auto' }, message.removed_at ? 'Deleted' : contentOf(message));
  element.append(authorOf(conversation, message, side), body, footOf(conversation, message, element, body));
  return element;
}

function authorOf(conversation, message, side) {
  const author = message.from === 'user' ? displayName(conversation) : (message.user?.nickname ?? 'Support');
  const machine =
    message.automated && message.from === 'operator' ? h('span', { class: 'machine' }, icon('spark'), 'Automated') : undefined;
  const kind = isCommand(message) ? ' · command' : side === 'note' ? ' · private note' : '';
  return h(
    'p',
    { class: 'author' },
    side === 'note' ? icon(isCommand(message) ? 'command' : 'lock') : undefined,
    h('b', {}, author),
    machine,
    kind,
  );
}

function contentOf({ type, content }) {
  if (typeof content === 'string') return linked(content);
  if (content?.url) return h('a', { href: content.url, target: '_blank', rel: 'noopener noreferrer' }, content.name ?? type);
  return content?.text ?? type;
}

function footOf(conversation, message, element, body) {
  const isMine = message.from === 'operator' && !message.automated && message.type !== 'event' && !message.removed_at;
  const marks = [
    message.edited && !message.removed_at ? 'edited' : '',
    message.from === 'operator' && message.type !== 'note' ? arrivalOf(message) : '',
    message.from === 'user' && message.origin === 'email' ? 'by e-mail' : '',
  ].filter(Boolean);
  return h(
    'p',
    { class: 'foot' },
    timeOf(message.timestamp),
    marks.length > 0 ? ` · ${marks.join(' · ')}` : '',
    isMine && typeof message.content === 'string'
      ? h(
          'button',
          {
            type: 'button',
            class: 'mini',
            'aria-label': 'Edit this message',
            title: 'Edit',
            click: () => beginEdit(conversation, message, element, body),
          },
          icon('edit'),
        )
      : undefined,
    isMine
      ? h(
          'button',
          {
            type: 'button',
            class: 'mini',
            'aria-label': 'Delete this message',
            title: 'Delete',
            click: () => void api.remove(conversation.session_id, message.fingerprint),
          },
          icon('trash'),
        )
      : undefined,
  );
}

function arrivalOf({ read, delivered }) {
  if (read) return 'seen';
  return delivered === 'email' ? 'sent by e-mail' : delivered ? 'delivered' : '';
}

function beginEdit(conversation, message, element, body) {
  if (element.classList.contains('editing')) return;
  element.classList.add('editing');
  const area = h('textarea', { 'aria-label': 'Edit the message', rows: '2' });
  area.value = message.content;
  const end = () => {
    element.classList.remove('editing');
    form.replaceWith(body);
  };
  const save = () => {
    const text = area.value.trim();
    end();
    if (text && text !== message.content) void api.edit(conversation.session_id, message.fingerprint, text);
  };
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      end();
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
  const form = h(
    'div',
    { class: 'bubble edit' },
    area,
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'button', class: 'plain', click: end }, 'Cancel'),
      h('button', { type: 'button', class: 'primary', click: save }, 'Save'),
    ),
  );
  body.replaceWith(form);
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
}
