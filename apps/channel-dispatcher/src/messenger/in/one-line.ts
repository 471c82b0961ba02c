import { storableText } from '../../log/storable.js';

/**
 * A text of somebody else as one line that may be stored.
 * @param max the most characters (UTF-16) of it
 */
export function oneLine(text: string, max: number): string {
  const line = storableText(text)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line
    .slice(0, max)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
}
