import { plainText } from '../quoted/plain-text.js';
import { withoutInvisible } from './injection.js';

/** Control signs have no place in a chat; the end of a line has. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/**
 * A text that no chat reads as anything but text: no pictures, no links behind other words, no tags, nothing invisible. What
 * would become markup only after our own reading of it is broken, too.
 */
export function neutralMarkup(text: string): string {
  return settled(plainText(visible(text)));
}

/** For words that were made plain already. */
export function settled(text: string): string {
  return visible(text)
    .replace(/<(?=[a-z/!?])([^<>\n]*)>?/gi, '‹$1›')
    .replace(/!\[/g, '! [')
    .replace(/\](?=[([])/g, '] ');
}

function visible(text: string): string {
  return withoutInvisible(text.replace(/\t/g, ' ').replace(CONTROL, ''));
}
