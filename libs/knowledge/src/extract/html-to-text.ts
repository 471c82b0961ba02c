import TurndownService from 'turndown';
import { linked } from './inline-markdown.js';
import { tableText } from './table-text.js';

/** What is needed of an element; the types of browsers are not at hand here. */
export interface DomElement {
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly parentNode: DomElement | null;
  readonly children: ArrayLike<DomElement>;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): ArrayLike<DomElement> & Iterable<DomElement>;
  remove(): void;
  cloneNode(deep: boolean): DomElement;
}

/** A heading below all others, which ends with the block that it stands in. */
const LOWEST = '######';
const MORE_THAN_HEADINGS = 0.2;

/**
 * What an element says, with `#` headings, lists, tables and fenced code, and without marks of emphasis. Addresses of links stand behind
 * their words, unless a page is so full of them that they would drown it.
 */
export function htmlToText(root: DomElement, baseUrl?: string): string {
  const withLinks = service(baseUrl, true).turndown(root as never);
  const addresses = withLinks.match(/ \(https?:\/\/[^\s)]+\)/g)?.join('').length ?? 0;
  return addresses > withLinks.length * MORE_THAN_HEADINGS ? service(baseUrl, false).turndown(root as never) : withLinks;
}

function service(baseUrl: string | undefined, withLinks: boolean): TurndownService {
  const turndown = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', hr: '', br: '' });
  // Nothing is rendered from it: signs stay as they were written.
  turndown.escape = (text) => text;
  const rule = (name: string, filter: string | string[], replacement: (content: string, node: DomElement) => string): void => {
    turndown.addRule(name, {
      filter: filter as never,
      replacement: (content, node) => replacement(content, node as unknown as DomElement),
    });
  };
  rule('inline', ['em', 'i', 'strong', 'b', 'code'], (content) => content);
  rule('link', 'a', (content, node) => {
    const words = content.trim();
    const url = URL.parse(node.getAttribute('href') ?? '', baseUrl)?.href ?? '';
    const isHere = baseUrl !== undefined && url.split('#')[0] === baseUrl.split('#')[0];
    return words === '' || !withLinks || isHere || content.includes('\n') ? content : linked(words, url);
  });
  rule('image', 'img', () => '');
  rule('heading', ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'], (content, { nodeName }) => headingLine('#'.repeat(Number(nodeName[1])), content));
  rule('summary', 'summary', (content) => headingLine(LOWEST, content));
  rule('details', 'details', (content) => `\n\n${content.trim()}\n\n${LOWEST}\n\n`);
  rule('term', 'dt', (content) => (content.trim().endsWith('?') ? headingLine(LOWEST, content) : `\n\n${content.trim()}\n`));
  rule('definition', 'dd', (content) => `${content.trim()}\n\n`);
  rule('definitions', 'dl', (content) => `\n\n${content.trim()}\n\n${LOWEST}\n\n`);
  rule('item', 'li', (content, node) => {
    const lines = content
      .trim()
      .replace(/\n{2,}/g, '\n')
      .split('\n');
    return `${markerOf(node)} ${lines.join('\n  ')}\n`;
  });
  rule('program', 'pre', (_content, { textContent }) => `\n\n\`\`\`\n${(textContent ?? '').replace(/^\n|\s+$/g, '')}\n\`\`\`\n\n`);
  rule('quote', 'blockquote', (content) => `\n\n${content.trim()}\n\n`);
  rule('table', 'table', (content, node) => {
    const text = tableText(node, (cell) =>
      turndown
        .turndown(cell.cloneNode(true) as never)
        .replace(/\s+/g, ' ')
        .trim(),
    );
    return `\n\n${text ?? content.trim()}\n\n`;
  });
  return turndown;
}

/** Without the signs by which a heading is linked to. */
export function headingWords(content: string): string {
  return content
    .replace(/\s+/g, ' ')
    .replace(/^ ?[§¶#🔗]+ ?| ?[§¶#🔗]+ ?$/gu, '')
    .trim();
}

function headingLine(marks: string, content: string): string {
  const title = headingWords(content);
  return title === '' ? '' : `\n\n${marks} ${title}\n\n`;
}

function markerOf(item: DomElement): string {
  const list = item.parentNode;
  if (list?.nodeName !== 'OL') return '-';
  const place = Array.from(list.children).indexOf(item);
  return `${(Number(list.getAttribute('start') ?? 1) || 1) + place}.`;
}
