import { fold, sentencesOf, wordsOf } from '@baton/language';
import { plainText } from './plain-text.js';

/** What is quoted whole or not at all: a sentence, or a list with the line that leads to it. */
export interface Unit {
  readonly text: string;
  readonly kind: 'sentence' | 'list';
  /** Its words, folded, and those of the heading it stands under. */
  readonly words: ReadonlySet<string>;
  /** Units of one number stand in one paragraph. */
  readonly paragraph: number;
  /** The items of a list, each a line. */
  readonly items?: readonly string[];
  readonly lead?: string;
}

const ITEM = /^(?:[-–•]|\d{1,3}[.)]|[a-z]\)|(?:step|schritt|étape|etape|paso|passo|stap|krok|steg|adım)\s+\d+\s*[:.)-])\s+\S/i;

/** Takes a source's text apart, as a chat shows it, in order. */
export function unitsOf(markdown: string, language?: string): Unit[] {
  const units: Unit[] = [];
  let heading = '';
  let paragraph = 0;
  for (const block of blocksOf(markdown)) {
    paragraph += 1;
    if (block.kind === 'heading') {
      heading = block.text;
      continue;
    }
    const words = (text: string) => new Set(wordsOf(`${heading} ${text}`).map(fold));
    if (block.kind === 'list') {
      const previous = units.at(-1);
      const lead =
        previous?.kind === 'sentence' && previous.paragraph === paragraph - 1 && /[::]$/.test(previous.text)
          ? units.pop()?.text
          : undefined;
      const text = [...(lead === undefined ? [] : [lead]), ...block.items].join('\n');
      units.push({ text, kind: 'list', words: words(text), paragraph, items: block.items, ...(lead === undefined ? {} : { lead }) });
      continue;
    }
    for (const text of sentencesOf(block.text, language)) units.push({ text, kind: 'sentence', words: words(text), paragraph });
  }
  return units;
}

type Block = { readonly kind: 'heading' | 'prose'; readonly text: string } | { readonly kind: 'list'; readonly items: readonly string[] };

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  for (const piece of markdown.replace(/\r\n?/g, '\n').split(/\n(?=[ \t]{0,3}#{1,6}\s)|(?<=^[ \t]{0,3}#{1,6}\s[^\n]*)\n|\n[ \t]*\n/m)) {
    const text = plainText(piece);
    if (text === '') continue;
    if (/^[ \t]{0,3}#{1,6}\s/.test(piece.trimStart()) && !text.includes('\n')) blocks.push({ kind: 'heading', text });
    else blocks.push(...proseAndLists(text));
  }
  return joinLists(blocks);
}

/** Lines of one piece: those that are items, and what goes on in them, become lists. */
function proseAndLists(text: string): Block[] {
  const blocks: Block[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const last = blocks.at(-1);
    if (ITEM.test(line)) {
      if (last?.kind === 'list') blocks[blocks.length - 1] = { kind: 'list', items: [...last.items, line] };
      else blocks.push({ kind: 'list', items: [line] });
    } else if (last?.kind === 'list') {
      blocks[blocks.length - 1] = { kind: 'list', items: [...last.items.slice(0, -1), `${last.items.at(-1)} ${line}`] };
    } else if (last?.kind === 'prose' && !/[.!?::]$/.test(last.text)) {
      blocks[blocks.length - 1] = { kind: 'prose', text: `${last.text} ${line}` };
    } else {
      blocks.push({ kind: 'prose', text: line });
    }
  }
  return blocks;
}

/** Items with empty lines between them are one list. */
function joinLists(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.kind === 'list' && last?.kind === 'list')
      joined[joined.length - 1] = { kind: 'list', items: [...last.items, ...block.items] };
    else joined.push(block);
  }
  return joined;
}
