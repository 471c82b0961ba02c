import { readRichText } from '@baton/contracts/rich-text';
import type { Block, Inline } from '@baton/contracts/rich-text';
import { h } from '../shared/dom.js';

/** Untrusted text as nodes: what is not a known mark stays text, so nothing in it can become an element of its own. */
export function richText(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...readRichText(text).map(block));
  return fragment;
}

function block(from: Block): HTMLElement {
  switch (from.is) {
    case 'paragraph':
      return h('p', {}, ...from.inside.map(inline));
    case 'code':
      return h('pre', { dir: 'ltr', tabindex: 0 }, h('code', {}, from.text));
    case 'list': {
      const items = from.items.map((item) => h('li', {}, ...item.map(inline)));
      return from.start === null ? h('ul', {}, ...items) : h('ol', { start: from.start }, ...items);
    }
  }
}

function inline(from: Inline): Node {
  switch (from.is) {
    case 'text':
      return document.createTextNode(from.text);
    case 'code':
      return h('code', { dir: 'ltr' }, from.text);
    case 'bold':
      return h('strong', {}, ...from.inside.map(inline));
    case 'italic':
      return h('em', {}, ...from.inside.map(inline));
    case 'link':
      return outsideLink(from.href, ...from.inside.map(inline));
  }
}

/** A link out of the chat: a new tab, which learns nothing of this one. */
export function outsideLink(href: string, ...inside: Node[]): HTMLAnchorElement {
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow', title: href }, ...inside);
}
