// Small helpers that build the page without markup in strings.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes (functions become listeners) and children (text stays text). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (name === 'class') element.className = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

const PATHS = {
  back: 'M12 4 6 10l6 6',
  check: 'm4 10.5 4 4 8-9',
  reopen: 'M4 10a6 6 0 1 0 2-4.5M4 3v4h4',
  edit: 'm4 16 .8-3.4L13.4 4a1.6 1.6 0 0 1 2.3 0l.3.3a1.6 1.6 0 0 1 0 2.3L7.4 15.2z',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6',
  lock: 'M6 9V7a4 4 0 0 1 8 0v2M5 9h10v7H5z',
  send: 'M3 10 17 4l-4 13-3-6zM10 11l7-7',
  chat: 'M4 5h12v8H9l-4 3v-3H4z',
};

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** Text as it is, with web addresses as links. */
export function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(text.slice(from, match.index), h('a', { href: match[0], target: '_blank', rel: 'noopener noreferrer' }, match[0]));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

export function timeOf(at, className = 'time') {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return h(
    'time',
    { class: className, datetime: new Date(at).toISOString(), title: whole.format(at) },
    isToday ? clock.format(at) : date.format(at),
  );
}

const HUES = 8;

/** A round picture with initials, in a colour that follows from the name. */
export function avatar(name, id) {
  const initials =
    name === 'anonymous'
      ? '?'
      : name
          .split(/\s+/)
          .slice(0, 2)
          .map((word) => [...word][0] ?? '')
          .join('')
          .toUpperCase();
  const hue = [...id].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % HUES;
  return h('span', { class: `avatar hue-${hue}`, 'aria-hidden': 'true' }, initials);
}

/** People who gave no name get one that can be told apart. */
export function displayName({ nickname, session_id: id }) {
  return nickname === 'anonymous' ? `Visitor ${id.slice(8, 12)}` : nickname;
}

export const STATES = { pending: 'New', unresolved: 'Open', resolved: 'Resolved' };
