/** A part of a text that is best not cut at all, and else between its lines. */
export type TextBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Items as they stand, with their markers. */
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly intro?: string }
  /** `head` is the header row and the line under it. */
  | { readonly kind: 'table'; readonly head: string; readonly rows: readonly string[] }
  /** `open` and `close` are the fences. */
  | { readonly kind: 'code'; readonly open: string; readonly lines: readonly string[]; readonly close: string };

const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const ITEM = /^(\s*)(?:[-*+•‣◦–]|\d{1,9}[.)]|[a-zA-Z][.)])\s+\S/;
const TABLE_RULE = /^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$/;

/** The blocks of a section, in order; together they are its text but for white space. */
export function blocksOf(text: string): TextBlock[] {
  const lines = text.split('\n');
  const blocks: TextBlock[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const end = endOfBlock(lines, at);
    blocks.push(blockOf(lines.slice(at, end)));
    at = end;
  }
  return withIntros(blocks);
}

function endOfBlock(lines: readonly string[], start: number): number {
  const first = lines[start]!;
  if (FENCE.test(first)) return endOfCode(lines, start);
  if (isTable(lines, start)) return endWhere(lines, start + 2, (line) => !line.includes('|'));
  if (ITEM.test(first)) return endOfList(lines, start);
  return endWhere(lines, start + 1, (line, at) => line.trim() === '' || FENCE.test(line) || ITEM.test(line) || isTable(lines, at));
}

function endOfCode(lines: readonly string[], start: number): number {
  const fence = FENCE.exec(lines[start]!)![1]!;
  const closing = endWhere(lines, start + 1, (line) => line.trim().startsWith(fence) && line.trim().replaceAll(fence[0]!, '') === '');
  return Math.min(closing + 1, lines.length);
}

/** A blank line inside of a list does not end it when another item, or something that stands under one, follows. */
function endOfList(lines: readonly string[], start: number): number {
  let end = start + 1;
  for (let at = end; at < lines.length; at += 1) {
    const line = lines[at]!;
    if (line.trim() === '') continue;
    const follows = at === end || ITEM.test(line) || /^\s{2,}\S/.test(line);
    if (!follows || FENCE.test(line) || isTable(lines, at)) break;
    end = at + 1;
  }
  return end;
}

const isTable = (lines: readonly string[], at: number): boolean =>
  lines[at]!.includes('|') && (lines[at + 1]?.includes('-') ?? false) && lines[at + 1]!.includes('|') && TABLE_RULE.test(lines[at + 1]!);

function endWhere(lines: readonly string[], from: number, isEnd: (line: string, at: number) => boolean): number {
  let at = from;
  while (at < lines.length && !isEnd(lines[at]!, at)) at += 1;
  return at;
}

function blockOf(lines: readonly string[]): TextBlock {
  if (FENCE.test(lines[0]!)) {
    const closes = lines.length > 1 && FENCE.test(lines.at(-1)!);
    return { kind: 'code', open: lines[0]!, lines: lines.slice(1, closes ? -1 : undefined), close: closes ? lines.at(-1)! : '' };
  }
  if (isTable(lines, 0))
    return { kind: 'table', head: `${lines[0]!.trim()}\n${lines[1]!.trim()}`, rows: lines.slice(2).map((row) => row.trim()) };
  if (ITEM.test(lines[0]!)) return { kind: 'list', items: itemsOf(lines) };
  return { kind: 'paragraph', text: lines.join('\n').trim() };
}

/** What stands under an item belongs to it. */
function itemsOf(lines: readonly string[]): string[] {
  const outermost = Math.min(...lines.map((line) => ITEM.exec(line)?.[1]!.length ?? Infinity));
  const items: string[] = [];
  for (const line of lines) {
    const marker = ITEM.exec(line);
    if (marker && marker[1]!.length <= outermost) items.push(line);
    else items.push(`${items.pop() ?? ''}\n${line}`);
  }
  return items.map((item) => item.replace(/\n(?:\s*\n)+/g, '\n').trimEnd());
}

/** A paragraph that ends in a colon says what the list after it is about: it goes where the first item goes. */
function withIntros(blocks: readonly TextBlock[]): TextBlock[] {
  const out: TextBlock[] = [];
  for (const block of blocks) {
    const before = out.at(-1);
    if (block.kind === 'list' && before?.kind === 'paragraph' && /[:：]$/.test(before.text))
      out.splice(-1, 1, { ...block, intro: before.text });
    else out.push(block);
  }
  return out;
}
