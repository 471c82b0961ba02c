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

/** Makes `wanted` the children of `parent`, in this order. What stays is not moved, so that it keeps the focus. */
export function showInOrder(parent, wanted) {
  const stays = new Set(wanted);
  for (const child of [...parent.children]) if (!stays.has(child)) child.remove();
  wanted.forEach((element, index) => {
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
}

/** Makes drawings from `paths`, each on a field of 20 by 20. */
export function icons(paths) {
  return (name) => {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 20 20');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', paths[name]);
    svg.append(path);
    return svg;
  };
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
