const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
};
const OPENABLE = /^(?:https?:\/\/|mailto:|tel:)/i;

/** Stands for a piece that must not be changed any further. */
const HOLD = '\u0001';

/** Nobody writes marks into a line that is longer; looking for them would take the square of its length. */
const LONGEST_LINE = 5_000;

/** A line of Markdown as people read it: marks of emphasis away, a link's address behind its words. */
export function readableInline(line: string, links: ReadonlyMap<string, string> = new Map()): string {
  if (line.length > LONGEST_LINE) return line;
  const held: string[] = [];
  const hold = (text: string): string => `${HOLD}${held.push(text) - 1}${HOLD}`;
  return line
    .replace(/(`+)(.+?)\1(?!`)/g, (_all, _ticks, code: string) => hold(code.replace(/^ (.+) $/, '$1')))
    .replace(/\\([!-/:-@[-`{-~])/g, (_all, sign: string) => hold(sign))
    .replace(/<((?:https?:\/\/|mailto:)[^<>\s]+)>/gi, (_all, url: string) => hold(url.replace(/^mailto:/i, '')))
    .replace(/!\[([^[\]]*)\](?:\([^()\s]*(?:\s+"[^"]*")?\)|\[[^[\]]*\])/g, '$1')
    .replace(/\[([^[\]]+)\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g, (_all, words: string, url: string) =>
      linked(words, url, hold),
    )
    .replace(/\[([^[\]]+)\](?:\[([^[\]]*)\])/g, (all, words: string, name: string) => {
      const url = links.get((name || words).toLowerCase());
      return url === undefined ? all : linked(words, url, hold);
    })
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(
      /<\/?(?:a|b|i|u|s|em|strong|small|sub|sup|span|div|p|kbd|mark|details|summary|font|center|img|code|ins|del)(?:\s[^<>]*)?\/?>/gi,
      '',
    )
    .replace(/(\*\*|__)(?=\S)(.*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*]*[^\s*])\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=[^\s_])([^_]*[^\s_])_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/~~(?=\S)(.*?\S)~~/g, '$1')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi, (all, decimal?: string, hex?: string, name?: string) =>
      name === undefined ? sign(Number(decimal ?? `0x${hex}`), all) : (NAMED[name] ?? all),
    )
    .replace(/\u0001(\d+)\u0001/g, (_all, at: string) => held[Number(at)] ?? '')
    .replace(/\u0001(\d+)\u0001/g, (_all, at: string) => held[Number(at)] ?? '');
}

/** The words of a link, and its address where a reader can open it. */
export function linked(words: string, url: string, hold: (text: string) => string = (text) => text): string {
  const bare = url.replace(/^(?:mailto|tel):/i, '');
  if (!OPENABLE.test(url) || words.trim() === bare || words.trim() === url) return words;
  return `${words} (${hold(bare)})`;
}

function sign(code: number, otherwise: string): string {
  return code >= 32 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : otherwise;
}
