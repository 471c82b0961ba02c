import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { checkedLength, cleanText, decodeText } from './decode-text.js';
import type { Extracted, FileHints } from './extracted.js';
import { EXTRACT_LIMITS } from './extracted.js';
import { headingWords, htmlToText } from './html-to-text.js';
import type { DomElement } from './html-to-text.js';
import { sectionsOf } from './sections.js';

interface DomDocument extends DomElement {
  readonly documentElement: DomElement | null;
  readonly body: DomElement | null;
}

/** What is around the words of a page: it is on every page, and answers nothing. */
const AROUND = [
  'script, style, noscript, template, svg, canvas, iframe, object, embed, dialog, link, meta',
  'nav, body > header, body > footer, body > div > header, body > div > footer, aside',
  '[role=navigation], [role=banner], [role=contentinfo], [role=search], [role=dialog], [role=alertdialog], [role=complementary]',
  'button, input, select, textarea, label.sr-only, .visually-hidden, .sr-only, .skip-link',
  '[class*=cookie i], [id*=cookie i], [class*=consent i], [class*=breadcrumb i], [class*=newsletter i]',
].join(', ');

/** The main part is believed when it holds so much of the words of the whole page. */
const ENOUGH_OF_ALL = 0.3;
const ENOUGH_LETTERS = 400;

/**
 * The main words of a page, under its headings; menus, footers, forms and what is hidden are left out.
 * @throws SourceError `source.empty`, `source.too-large`
 */
export function fromHtml(bytes: Uint8Array, hints: FileHints = {}): Extracted {
  const source = decodeText(bytes, charsetOf(bytes, hints.contentType));
  const document = parse(source);
  const url = baseOf(document, hints.url);
  const language = /^[a-z]{2}(?=$|[-_])/i.exec(document.documentElement?.getAttribute('lang') ?? '')?.[0]?.toLowerCase();
  const page = whatItSays(document, url);
  const text = checkedLength(cleanText(textOf(mainOf(document, source), url)), EXTRACT_LIMITS.letters);
  // Buttons are in no heading any more.
  const title = hints.title ?? titleOf(document);
  return {
    title,
    document: { title, sections: sectionsOf(text), ...(hints.url !== undefined && { url: hints.url }) },
    ...(language !== undefined && { language }),
    problems: [],
    page,
  };
}

/** Elements inside of each other without end are read without their form. */
function textOf(main: DomElement, url: string | undefined): string {
  try {
    return htmlToText(main, url);
  } catch (error) {
    if (error instanceof RangeError) return main.textContent ?? '';
    throw error;
  }
}

/** A fragment of a page, of which everything counts; headings, lists and tables as those of a page. */
export function textOfFragment(html: string): string {
  return htmlToText(parse(`<html><body>${html}</body></html>`).body!);
}

const parse = (source: string): DomDocument => {
  const whole = /<(?:html|body)[\s>]/i.test(source) ? source : `<html><body>${source}</body></html>`;
  return parseHTML(whole).document as unknown as DomDocument;
};

function charsetOf(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 2_048)).toString('latin1');
  return (/charset=["']?([\w-]+)/i.exec(contentType ?? '') ?? /<meta[^>]+charset=["']?([\w-]+)/i.exec(head))?.[1];
}

function baseOf(document: DomDocument, url: string | undefined): string | undefined {
  const base = document.querySelector('base')?.getAttribute('href');
  return base == null ? url : (URL.parse(base, url)?.href ?? url);
}

function titleOf(document: DomDocument): string {
  const headings = Array.from(document.querySelectorAll('h1'), wordsOf).filter((words) => words !== '');
  if (headings.length === 1) return headings[0]!;
  const title = document.querySelector('title');
  return title ? wordsOf(title) : (headings[0] ?? '');
}

const wordsOf = ({ textContent }: DomElement): string => headingWords(cleanText(textContent ?? '')).slice(0, 200);
const lengthOf = ({ textContent }: DomElement): number => (textContent ?? '').replace(/\s+/g, ' ').trim().length;

function whatItSays(document: DomDocument, url: string | undefined): NonNullable<Extracted['page']> {
  const robots = Array.from(
    document.querySelectorAll('meta[name=robots i], meta[name=batonbot i]'),
    (meta) => meta.getAttribute('content') ?? '',
  );
  const href = document.querySelector('link[rel=canonical]')?.getAttribute('href');
  const canonical = href == null ? undefined : URL.parse(href, url)?.href;
  return { noindex: robots.some(forbidsIndex), ...(canonical !== undefined && { canonical }) };
}

/** Directives with a colon of their own; any other word before a colon is the name of a program. */
const WITH_COLON = /^(?:unavailable_after|max-\w+(?:-\w+)*)$/i;

/** What a page or its server says to programs, for example `noindex, nofollow`; a name before it speaks to one program only. */
export function forbidsIndex(robots: string): boolean {
  const name = /^\s*([\w-]+)\s*:/.exec(robots)?.[1];
  if (name !== undefined && !/^batonbot$/i.test(name) && !WITH_COLON.test(name)) return false;
  return /(?:^|[\s,:])(?:noindex|none)(?:$|[\s,])/i.test(robots);
}

function mainOf(document: DomDocument, source: string): DomElement {
  const body = cleaned(document);
  const all = lengthOf(body);
  const isEnough = (element: DomElement): boolean => lengthOf(element) >= Math.min(all * ENOUGH_OF_ALL, ENOUGH_LETTERS);
  for (const selector of ['main', '[role=main]', 'article']) {
    const found = Array.from(body.querySelectorAll(selector));
    if (found.length === 1 && isEnough(found[0]!)) return found[0]!;
  }
  const readable = all > ENOUGH_LETTERS ? readablePart(source) : undefined;
  return readable && lengthOf(readable) >= all * ENOUGH_OF_ALL ? readable : body;
}

function readablePart(source: string): DomElement | undefined {
  const document = parse(source);
  cleaned(document);
  const found = new Readability(document as never, { keepClasses: false, disableJSONLD: true, charThreshold: 200 }).parse();
  return found?.content ? parse(`<html><body>${found.content}</body></html>`).body! : undefined;
}

function cleaned(document: DomDocument): DomElement {
  const body = document.body ?? document.documentElement ?? document;
  const hasMain = body.querySelector('main, [role=main], article') !== null;
  // What opens at a click is hidden until then, but said to be opened by something; the rest that is hidden nobody can see.
  const opened = new Set(
    Array.from(body.querySelectorAll('[aria-controls], [href^="#"], [data-target^="#"], [data-bs-target^="#"]'), targetOf),
  );
  for (const element of Array.from(
    body.querySelectorAll('[hidden], [aria-hidden=true], [style*="display:none" i], [style*="display: none" i]'),
  )) {
    if (!opened.has(element.getAttribute('id') ?? '')) element.remove();
  }
  for (const element of Array.from(body.querySelectorAll(AROUND))) {
    // A page may be so built that its very words are in one of these.
    if (element.querySelector('main, [role=main], article') === null || !hasMain) element.remove();
  }
  return body;
}

function targetOf(element: DomElement): string {
  const of = (name: string): string | null => element.getAttribute(name);
  return (of('aria-controls') ?? of('data-bs-target') ?? of('data-target') ?? of('href') ?? '').replace(/^#/, '') || '#';
}
