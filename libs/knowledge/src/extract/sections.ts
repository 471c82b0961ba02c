/** A part of a text under its headings. */
export interface Section {
  readonly titlePath: readonly string[];
  readonly text: string;
}

const MAX_TITLE = 200;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Lines outside of fenced code are changed, those inside are not. */
export function outsideCode(lines: readonly string[], change: (line: string) => string): string[] {
  let fence: string | undefined;
  return lines.map((line) => {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      return line;
    }
    fence = mark;
    return mark === undefined ? change(line) : line;
  });
}

/** Cuts a text at its `#` headings, outside of fenced code. Headings with nothing under them are said by those below them. */
export function sectionsOf(text: string): Section[] {
  const path: { readonly level: number; readonly title: string }[] = [];
  const sections: Section[] = [];
  let lines: string[] = [];
  const close = (): void => {
    const body = lines.join('\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '');
    if (body !== '') sections.push({ titlePath: path.map(({ title }) => title), text: body });
    lines = [];
  };
  let inCode: string | undefined;
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    const heading = inCode === undefined ? HEADING.exec(line) : null;
    if (heading) {
      close();
      const level = heading[1]!.length;
      while (path.length > 0 && path.at(-1)!.level >= level) path.pop();
      const title = (heading[2] ?? '').trim().slice(0, MAX_TITLE);
      if (title !== '') path.push({ level, title });
      continue;
    }
    if (inCode === undefined) inCode = mark;
    else if (mark?.startsWith(inCode) && line.trim() === mark) inCode = undefined;
    lines.push(line);
  }
  close();
  // A text of headings alone says no more than they do.
  const titles = path.map(({ title }) => title);
  return sections.length > 0 || titles.length === 0 ? sections : [{ titlePath: [], text: titles.join('\n') }];
}

/** The only heading of the highest kind that stands before all others: the title of the whole. */
export function titleOf(sections: readonly Section[]): string | undefined {
  const first = sections[0]?.titlePath[0];
  return first !== undefined && sections.every(({ titlePath }) => titlePath[0] === first) ? first : undefined;
}
