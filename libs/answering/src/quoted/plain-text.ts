const ENTITIES: Readonly<Record<string, string>> = {
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

/** Only these are shown as addresses; what else a link may hold is left out. */
const SHOWN_ADDRESS = /^(?:https?:\/\/|mailto:|tel:)/i;

/**
 * Markdown and HTML as a chat shows it: the same words without marks, one line each for items of lists and rows of tables. A
 * link becomes its words with its address visible behind them, a picture goes. Nothing in it can be markup any more.
 */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<br\s*\/?>|<\/(?:p|div|li|tr|h[1-6])>/gi, '\n')
    .replace(/<(https?:\/\/[^\s>]+|[^\s@<>]+@[^\s@<>]+)>/g, '$1')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/!\[[^\][]{0,500}\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)/g, '')
    .replace(/!\[[^\][]{0,500}\]\[[^\][]{0,500}\]/g, '')
    .replace(
      /\[([^\][]{0,500})\]\(\s*<?((?:[^()\s<>]|\([^()]*\))*)>?(?:\s+["'(][^"')]*["')])?\s*\)/g,
      (_, words: string, address: string) => link(words, address),
    )
    .replace(/\[([^\][]{1,500})\]\[[^\][]{0,500}\]/g, '$1')
    .replace(/^[ \t]*\[[^\][]{1,500}\]:[ \t]+\S+.*$/gm, '')
    .split('\n')
    .map(plainLine)
    .join('\n')
    .replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,8}));/gi, entity)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function link(words: string, address: string): string {
  const shown = words.replace(/[*_`]/g, '').trim();
  if (!SHOWN_ADDRESS.test(address)) return shown;
  const bare = address.replace(/^(?:mailto|tel):/i, '');
  return shown === '' || shown === bare || shown === address ? bare : `${shown} (${bare})`;
}

/** One line without its marks. */
function plainLine(line: string): string {
  if (/^\s*(?:[-*_]\s*){3,}$/.test(line) || /^\s*(?:```|~~~)/.test(line) || /^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$/.test(line))
    return '';
  const row = /^\s*\|(.*)\|\s*$/.exec(line);
  const text =
    row?.[1] === undefined
      ? line
      : row[1]
          .split('|')
          .map((cell) => cell.trim())
          .filter(Boolean)
          .join(' – ');
  return text
    .replace(/^\s*(?:>\s?)+/, '')
    .replace(/^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/, '$1')
    .replace(/^(\s*)[*+•·]\s+/, '$1- ')
    .replace(/`+([^`]+)`+/g, '$1')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=\S)([^_]+?)(?<=\S)_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/~~(.+?)~~/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!|>~])/g, '$1');
}

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined;
  if (code !== undefined) return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
  return ENTITIES[name?.toLowerCase() ?? ''] ?? whole;
}
