import { blocksOf } from '../chunks/blocks.js';
import { checkedLength, cleanText } from './decode-text.js';
import type { Extracted, FileHints } from './extracted.js';
import { EXTRACT_LIMITS } from './extracted.js';
import { readableInline } from './inline-markdown.js';
import { outsideCode, sectionsOf, titleOf } from './sections.js';

const DEFINITION = /^ {0,3}\[([^[\]]+)\]:\s*<?(\S+?)>?(?:\s+["'(].*)?$/;
const FRONT_MATTER = /^---[ \t]*\n([\s\S]{0,10000}?)\n---[ \t]*(?:\n|$)/;

/**
 * Text that a person wrote in Markdown, as people read it: headings become title paths, lists, tables and code stay as they are.
 * @throws SourceError `source.empty`, `source.too-large`
 */
export function fromMarkdown(source: string, hints: Pick<FileHints, 'title' | 'url'> = {}): Extracted {
  const clean = checkedLength(cleanText(source), EXTRACT_LIMITS.letters);
  const front = FRONT_MATTER.exec(clean)?.[1];
  const body = front === undefined ? clean : clean.replace(FRONT_MATTER, '');
  const links = new Map<string, string>();
  const lines = outsideCode(underlinedHeadings(body.replace(/<!--[\s\S]*?-->/g, '').split('\n')), (line) => {
    const definition = DEFINITION.exec(line);
    if (!definition) return line.replace(/^ {0,3}(?:> ?)+/, '');
    links.set(definition[1]!.toLowerCase(), definition[2]!);
    return '';
  });
  const readable = outsideCode(unwrapped(lines.join('\n')).split('\n'), (line) => readableInline(line, links));
  const sections = sectionsOf(readable.join('\n'));
  const title = hints.title ?? /^title:[ \t]*["']?(.+?)["']?[ \t]*$/m.exec(front ?? '')?.[1] ?? titleOf(sections) ?? '';
  return { title, document: { title, sections, ...(hints.url !== undefined && { url: hints.url }) }, problems: [] };
}

/** Plain text; one that has `#` headings was meant as Markdown. */
export function fromPlainText(source: string, hints: Pick<FileHints, 'title' | 'url'> = {}): Extracted {
  const text = checkedLength(cleanText(source), EXTRACT_LIMITS.letters);
  if (/^#{1,4} \S/m.test(text)) return fromMarkdown(text, hints);
  const sections = sectionsOf(underlinedHeadings(text.split('\n')).join('\n'));
  const title = hints.title ?? titleOf(sections) ?? '';
  return { title, document: { title, sections, ...(hints.url !== undefined && { url: hints.url }) }, problems: [] };
}

/** Headings that are marked by the line under them, as `#` headings. */
function underlinedHeadings(lines: readonly string[]): string[] {
  const out: string[] = [];
  let inCode = false;
  for (const line of lines) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) inCode = !inCode;
    const level = inCode ? undefined : /^={3,}\s*$/.test(line) ? '#' : /^-{3,}\s*$/.test(line) ? '##' : undefined;
    const above = out.at(-1) ?? '';
    const isParagraph =
      above.trim() !== '' && (out.at(-2) ?? '').trim() === '' && !/^\s*(?:[#>|*+-]|\d+[.)]\s)/.test(above) && !above.includes('|');
    if (level === undefined) out.push(line);
    else if (isParagraph && above.length <= 200) out.splice(-1, 1, `${level} ${above.trim()}`, '');
    else out.push('');
  }
  return out;
}

/** Lines of a paragraph that were broken only for the writer's window are put together; two spaces or a backslash at the end mean a break. */
function unwrapped(text: string): string {
  return joinedBlocks(text, (lines) => {
    const out: string[] = [];
    for (const line of lines) {
      const before = out.at(-1);
      const goesOn = before !== undefined && !/(?: {2}|\\|<br\s*\/?>)$/i.test(before) && !/^ {0,3}#{1,6}(?:\s|$)/.test(line);
      if (goesOn && !/^ {0,3}#{1,6}(?:\s|$)/.test(before)) out.splice(-1, 1, `${before} ${line.trim()}`);
      else out.push(line);
    }
    return out.map((line) => line.replace(/(?: {2,}|\\)$/, ''));
  });
}

function joinedBlocks(text: string, paragraph: (lines: string[]) => string[]): string {
  return blocksOf(text)
    .map((block) => {
      switch (block.kind) {
        case 'paragraph':
          return paragraph(block.text.split('\n')).join('\n');
        case 'list':
          return [...(block.intro === undefined ? [] : [...paragraph(block.intro.split('\n')), '']), ...block.items.map(item)].join('\n');
        case 'table':
          return [block.head, ...block.rows].join('\n');
        case 'code':
          return [block.open, ...block.lines, ...(block.close === '' ? [] : [block.close])].join('\n');
      }
    })
    .join('\n\n');
}

/** The lines under an item that begin none of their own belong to its words. */
function item(text: string): string {
  const out: string[] = [];
  for (const line of text.split('\n')) {
    if (out.length > 0 && !/^\s*(?:[-*+•]|\d{1,9}[.)])\s/.test(line) && !/^\s*(?:```|~~~|\|)/.test(line))
      out.push(`${out.pop()!.trimEnd()} ${line.trim()}`);
    else out.push(line);
  }
  return out.join('\n');
}
