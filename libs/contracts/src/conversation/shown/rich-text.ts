/** A piece of text as it will be shown. There is no way to write markup that is not one of these. */
export type Inline =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'bold' | 'italic'; readonly inside: readonly Inline[] }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'link'; readonly href: string; readonly inside: readonly Inline[] };

export type Block =
  | { readonly is: 'paragraph'; readonly inside: readonly Inline[] }
  | { readonly is: 'list'; readonly start: number | null; readonly items: readonly (readonly Inline[])[] }
  | { readonly is: 'code'; readonly text: string };

const FENCE = /^\s*```/;
const BULLET = /^\s{0,3}[-*•]\s+(?=\S)/;
const NUMBER = /^\s{0,3}(\d{1,9})[.)]\s+(?=\S)/;

/**
 * Reads the little Markdown that bots and agents write: bold, italic, code, lists and links. Everything else, HTML first
 * of all, stays the text it is. Line breaks are kept.
 */
export function readRichText(text: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  let paragraph: string[] = [];
  const endParagraph = () => {
    const joined = paragraph.join('\n').replace(/^\n+|\s+$/g, '');
    if (joined) blocks.push({ is: 'paragraph', inside: readInline(joined) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    const kind = BULLET.test(line) ? BULLET : NUMBER.test(line) ? NUMBER : undefined;
    const fenceEnd = FENCE.test(line) ? lines.findIndex((other, index) => index > at && FENCE.test(other)) : -1;
    if (fenceEnd > 0) {
      endParagraph();
      blocks.push({ is: 'code', text: lines.slice(at + 1, fenceEnd).join('\n') });
      at = fenceEnd;
    } else if (kind) {
      endParagraph();
      const start = kind === NUMBER ? Number(NUMBER.exec(line)?.[1]) : null;
      const items: (readonly Inline[])[] = [];
      for (; at < lines.length && kind.test(lines[at] as string); at++) items.push(readInline((lines[at] as string).replace(kind, '')));
      at--;
      blocks.push({ is: 'list', start, items });
    } else if (line.trim() === '') {
      endParagraph();
    } else {
      paragraph.push(line);
    }
  }
  endParagraph();
  return blocks;
}

/** How deep marks may stand inside each other; deeper ones stay text. */
const DEEPEST = 4;

const MARKS: readonly { readonly at: RegExp; readonly read: (match: RegExpExecArray, depth: number) => Inline | undefined }[] = [
  { at: /`([^`\n]+)`/y, read: ([, text = '']) => ({ is: 'code', text }) },
  {
    at: /\[([^[\]\n]{1,300})\]\(([^\s()<>]{1,2048})\)/y,
    read: ([, label = '', url = ''], depth) => link(url, readInline(label, depth, false)),
  },
  { at: /\*\*(?=\S)([^\n]*?\S)\*\*/y, read: ([, inside = ''], depth) => ({ is: 'bold', inside: readInline(inside, depth) }) },
  { at: /__(?=\S)([^\n]*?\S)__(?![\p{L}\p{N}])/uy, read: ([, inside = ''], depth) => ({ is: 'bold', inside: readInline(inside, depth) }) },
  { at: /\*(?=[^\s*])([^*\n]*?[^\s*])\*(?!\*)/y, read: ([, inside = ''], depth) => ({ is: 'italic', inside: readInline(inside, depth) }) },
  {
    at: /_(?=[^\s_])([^_\n]*?[^\s_])_(?![\p{L}\p{N}_])/uy,
    read: ([, inside = ''], depth) => ({ is: 'italic', inside: readInline(inside, depth) }),
  },
];
const BARE_LINK = /(?:https?:\/\/|mailto:|tel:\+?(?=\d))[^\s<>"'`]+/iy;
const BARE_MAIL = /[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,4}\.\p{L}{2,24}/uy;
const WORD = /[\p{L}\p{N}]/u;

function readInline(text: string, depth = 0, links = true): readonly Inline[] {
  const found: Inline[] = [];
  let plain = '';
  const add = (inline: Inline) => {
    if (plain) found.push({ is: 'text', text: plain });
    plain = '';
    found.push(inline);
  };
  for (let at = 0; at < text.length;) {
    const atWordStart = at === 0 || !WORD.test(text[at - 1] as string);
    const mark = markAt(text, at, depth, links, atWordStart) ?? (links && atWordStart ? bareLinkAt(text, at) : undefined);
    if (mark) {
      add(mark.inline);
      at += mark.length;
    } else {
      plain += text[at++];
    }
  }
  if (plain) found.push({ is: 'text', text: plain });
  return found;
}

function markAt(text: string, at: number, depth: number, links: boolean, atWordStart: boolean) {
  const first = text[at] as string;
  if (depth >= DEEPEST || !'`[*_'.includes(first)) return undefined;
  if (first === '_' && !atWordStart) return undefined;
  for (const { at: pattern, read } of MARKS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const inline = match && (links || first !== '[') ? read(match, depth + 1) : undefined;
    if (match && inline) return { inline, length: match[0].length };
  }
  return undefined;
}

function bareLinkAt(text: string, at: number) {
  for (const [pattern, scheme] of [
    [BARE_LINK, ''],
    [BARE_MAIL, 'mailto:'],
  ] as const) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    const shown = withoutTail(match[0]);
    const inline = link(scheme + shown, [{ is: 'text', text: shown }]);
    if (inline) return { inline, length: shown.length };
  }
  return undefined;
}

/** The full stop or the closing quote after an address belongs to the sentence; so does a bracket that was opened before it. */
function withoutTail(url: string): string {
  let end = url.replace(/[.,;:!?*_~”’»“]+$/, '');
  while (end.endsWith(')') && end.split(')').length > end.split('(').length) end = end.slice(0, -1).replace(/[.,;:!?]+$/, '');
  return end;
}

function link(url: string, inside: readonly Inline[]): Inline | undefined {
  const href = safeHref(url);
  return href === undefined ? undefined : { is: 'link', href, inside };
}

/** The address if a visitor may follow it from a chat: web, mail and telephone only, and written as a whole. */
export function safeHref(url: string): string | undefined {
  if (!/^(?:https?:\/\/[^\s/]|mailto:\S|tel:\+?\d)/i.test(url)) return undefined;
  try {
    const { protocol, href } = new URL(url);
    return ['https:', 'http:', 'mailto:', 'tel:'].includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
