/** A run of letters, as PDF.js gives it. */
export interface PdfItem {
  readonly str: string;
  /** Scale, skew and place: size of the letters at 3, x at 4, y from below at 5. */
  readonly transform: readonly number[];
  readonly width: number;
  readonly hasEOL: boolean;
}

export interface PdfLine {
  readonly text: string;
  /** Of its letters, in points. */
  readonly size: number;
  /** From below, in points. */
  readonly y: number;
}

/** A heading is written so much larger than most of the text. */
const LARGER = 1.12;
const MAX_HEADING = 150;
/** Lines further apart than this, in heights of their letters, belong to two paragraphs; most books have 1.2. */
const PARAGRAPH_GAP = 1.7;
const GAP_OF_WORDS = 0.18;
const BULLET = /^[•▪●◦‣∙·–\uf0b7\uf0a7]\s*/;
/** An entry of a table of contents: it says where something stands, not what. */
const LEADERS = /(?:\s?\.){5,}\s*[\divxlc]+$/;
const NUMBERED = /^\d{1,3}[.)]\s/;

/** The lines of a page in the order in which they were written. */
export function linesOfPage(items: readonly PdfItem[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let text = '';
  let size = 0;
  let y = 0;
  let right: number | undefined;
  const close = (): void => {
    if (text.trim() !== '') lines.push({ text: text.replace(/\s+/g, ' ').trim(), size, y });
    text = '';
    size = 0;
    right = undefined;
  };
  for (const { str, transform, width, hasEOL } of items) {
    const height = Math.hypot(transform[2] ?? 0, transform[3] ?? 0);
    const [x, below] = [transform[4] ?? 0, transform[5] ?? 0];
    if (str.trim() !== '') {
      const isNextLine = text !== '' && Math.abs(below - y) > Math.max(size, height) * 0.6;
      if (isNextLine) close();
      const gap = right === undefined ? 0 : x - right;
      if (gap > height * GAP_OF_WORDS && !/\s$/.test(text)) text += ' ';
      if (text === '') y = below;
      size = Math.max(size, Math.round(height * 2) / 2);
      right = x + width;
    }
    text += str;
    if (hasEOL) close();
  }
  close();
  return lines;
}

/** Pages as one text: headings marked, broken lines joined to paragraphs, words put together again. */
export function textOfPages(pages: readonly (readonly PdfLine[])[]): string {
  const bare = withoutRepeated(pages);
  const kept = bare.some((lines) => lines.length > 0) ? bare : pages;
  const body = usualSize(kept.flat());
  const levels = headingSizes(kept.flat(), body);
  const out: string[] = [];
  for (const lines of kept) {
    let before: PdfLine | undefined;
    for (const line of lines) {
      const level = line.text.length <= MAX_HEADING ? levels.indexOf(line.size) + 1 : 0;
      const wasHeading = before !== undefined && levels.includes(before.size) && before.text.length <= MAX_HEADING;
      if (level > 0) {
        // A heading of two lines is one.
        if (wasHeading && before!.size === line.size && before!.y - line.y < line.size * PARAGRAPH_GAP)
          out.push(`${out.pop()!} ${line.text}`);
        else out.push(`${'#'.repeat(level)} ${line.text}`);
      } else out.push(...joined(out, line, wasHeading ? undefined : before));
      before = line;
    }
  }
  return out.join('\n\n').replace(/\n\n(?=- |\d{1,3}[.)] )/g, '\n');
}

/** The line as part of the paragraph before it, or as a new one. */
function joined(out: string[], line: PdfLine, before: PdfLine | undefined): string[] {
  const text = line.text.replace(BULLET, '- ');
  const last = out.at(-1);
  const isItem = BULLET.test(line.text) || NUMBERED.test(line.text);
  if (isItem || last === undefined || last.startsWith('#')) return [text];
  // A sentence may go on at the next page.
  const goesOn = before
    ? Math.abs(before.y - line.y) < Math.max(line.size, 1) * PARAGRAPH_GAP && before.size === line.size
    : isCutOff(last, text);
  if (!goesOn) return [text];
  const paragraph = out.pop()!;
  // A hyphen before a small letter was put there to break the word.
  if (/\p{Ll}[-\u2010]$/u.test(paragraph) && /^\p{Ll}/u.test(text)) return [paragraph.slice(0, -1) + text];
  return [`${paragraph} ${text}`];
}

const isCutOff = (last: string, next: string): boolean => !/[.!?:。！？]["”’)]?$/.test(last) && /^\p{Ll}/u.test(next);

/** Without the lines that stand at the head or foot of most pages, numbers aside, and without the table of contents. */
function withoutRepeated(pages: readonly (readonly PdfLine[])[]): PdfLine[][] {
  const shape = ({ text }: PdfLine): string => text.replace(/\d+/g, '0');
  const edges = (lines: readonly PdfLine[]): readonly PdfLine[] => [...lines.slice(0, 2), ...lines.slice(-2)];
  const counts = new Map<string, number>();
  for (const lines of pages) for (const one of new Set(edges(lines).map(shape))) counts.set(one, (counts.get(one) ?? 0) + 1);
  const isRepeated = (line: PdfLine): boolean => pages.length >= 4 && (counts.get(shape(line)) ?? 0) >= pages.length * 0.6;
  return pages.map((lines) =>
    lines.filter((line, at) => !LEADERS.test(line.text) && !((at < 2 || at >= lines.length - 2) && isRepeated(line))),
  );
}

function usualSize(lines: readonly PdfLine[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) letters.set(size, (letters.get(size) ?? 0) + text.length);
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Sizes of headings, largest first: four kinds at most, and none that is used for much of the text. */
function headingSizes(lines: readonly PdfLine[], body: number): number[] {
  const total = lines.reduce((sum, { text }) => sum + text.length, 0);
  const sizes = [...new Set(lines.filter(({ size }) => size >= body * LARGER).map(({ size }) => size))].sort((a, b) => b - a);
  const lettersOf = (size: number): number => lines.filter((line) => line.size === size).reduce((sum, { text }) => sum + text.length, 0);
  return sizes.filter((size) => lettersOf(size) < total * 0.25).slice(0, 4);
}
