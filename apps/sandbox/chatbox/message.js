import { avatar, h, linked, timeOf } from '../page-kit/elements.js';
import { icon } from './icons.js';

const TOGETHER_MS = 120_000;

/** What a visitor sees in the chat box: neither notes nor events nor what was deleted. */
export function isSeen({ type, removed_at: removedAt }) {
  return type !== 'note' && type !== 'event' && removedAt === undefined;
}

/** Whether two messages stand in one group: the same side, the same voice, shortly after each other. */
export function follows(before, message) {
  if (!before || before.from !== message.from) return false;
  const isSame = before.user?.nickname === message.user?.nickname && Boolean(before.automated) === Boolean(message.automated);
  return isSame && message.timestamp - before.timestamp < TOGETHER_MS;
}

/** As screen readers are told. */
export function spoken({ user, automated, type, content }) {
  const text = typeof content === 'string' ? content : (content?.text ?? `a ${type}`);
  return `${user?.nickname ?? 'Support'}${automated ? ', automated' : ''}: ${text}`;
}

/** One message. `choose(value)` taps a choice of a picker; `mark` stands under the visitor's newest one. */
export function messageElement(message, { isFirst, isLast, mark, choose }) {
  const isMine = message.from === 'user';
  const { automated, user } = message;
  const name = user?.nickname ?? 'Support';
  const classes = ['message', isMine ? 'mine' : automated ? 'theirs automated' : 'theirs', isFirst && 'first', isLast && 'last'];
  return h(
    'article',
    { class: classes.filter(Boolean).join(' '), 'aria-label': isMine ? 'You' : `${name}${automated ? ', automated' : ''}` },
    isFirst && !isMine ? voice(name, automated) : undefined,
    h(
      'div',
      { class: 'body' },
      isMine ? undefined : isLast ? face(user, name, automated) : h('span', { class: 'face' }),
      h('div', { class: 'said' }, ...contentOf(message, choose)),
    ),
    isLast || mark ? foot(message, mark) : undefined,
  );
}

function voice(name, automated) {
  return h(
    'p',
    { class: 'voice' },
    h('b', {}, name),
    automated ? h('span', { class: 'badge-automated' }, icon('spark'), 'Automated') : ' · Team',
  );
}

function face({ avatar: picture } = {}, name, automated) {
  if (picture) return h('span', { class: 'face' }, h('img', { src: picture, alt: '' }));
  return h('span', { class: `face${automated ? ' of-machine' : ''}` }, automated ? icon('spark') : avatar(name, name));
}

function contentOf({ type, content }, choose) {
  const bubble = (parts) => h('div', { class: 'bubble', dir: 'auto' }, parts);
  if (typeof content === 'string') return [bubble(linked(content))];
  const { url, name, text } = content ?? {};
  if (type === 'picker') return [bubble(linked(text ?? '')), choices(content, choose)];
  if (type === 'audio') return [h('audio', { controls: true, preload: 'metadata', src: url })];
  if (type === 'animation' || (type === 'file' && String(content.type).startsWith('image/')))
    return [
      h('a', { class: 'picture', href: url, target: '_blank', rel: 'noopener noreferrer' }, h('img', { src: url, alt: name ?? 'Picture' })),
    ];
  if (url)
    return [
      h('a', { class: 'bubble file', href: url, target: '_blank', rel: 'noopener noreferrer' }, icon('file'), h('span', {}, name ?? type)),
    ];
  return [bubble(text ?? type)];
}

function choices({ choices: offered }, choose) {
  const isChosen = offered.some(({ selected }) => selected);
  return h(
    'div',
    { class: 'choices', role: 'group', 'aria-label': 'Choices' },
    offered.map(({ value, label, selected }) =>
      h('button', { type: 'button', 'aria-pressed': String(selected), disabled: isChosen, dir: 'auto', click: () => choose(value) }, label),
    ),
  );
}

function foot(message, mark) {
  const marks = [message.edited ? 'edited' : '', mark ?? ''].filter(Boolean);
  return h('p', { class: 'foot' }, timeOf(message.timestamp), marks.length > 0 ? ` · ${marks.join(' · ')}` : '');
}
