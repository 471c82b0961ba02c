/** Code first, so that nothing in it is read as a mark; then links, then bold in its two spellings. */
const MARKS =
  /(```[^`]{0,4000}```|`[^`\n]{1,500}`)|\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s()<>]{1,2048})\)|\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*|(?<![\p{L}\p{N}_])__(?=\S)([^_\n]{1,500})(?<=\S)__(?![\p{L}\p{N}_])/gu;

/**
 * The little Markdown that bots and agents write for the web chat, for a channel that shows its marks as they are: a link becomes its label and
 * address, bold becomes plain. Lists, code and single marks read well as they are.
 */
export function plainText(text: string): string {
  return text.replaceAll(MARKS, (whole, code?: string, label?: string, url?: string, bold?: string, alsoBold?: string) => {
    if (code !== undefined) return whole;
    if (label !== undefined && url !== undefined) return label.trim() === url ? url : `${plainText(label)} (${url})`;
    return plainText(bold ?? alsoBold ?? whole);
  });
}
