import type { Passage } from '@baton/knowledge';
import { plainText } from '../quoted/plain-text.js';

/** What an answer may rest on, taken apart once for all guards. */
export interface Evidence {
  /** The cited passages with their titles, as text. */
  readonly passages: string;
  /** The same one by one, with the language each is in. */
  readonly each: readonly { readonly text: string; readonly language?: string }[];
  /** Addresses of the cited passages. */
  readonly urls: readonly string[];
  /** What the visitor himself wrote. */
  readonly visitor: string;
  /** ISO 639-1, of the answer to be given. */
  readonly language: string;
  readonly botName: string;
}

export function evidenceOf(passages: readonly Passage[], visitor: string, language: string, botName: string): Evidence {
  const each = passages.map(({ sourceTitle, titlePath, question, text, language: of }) => ({
    text: [sourceTitle, ...titlePath, question ?? '', plainText(text)].filter((part) => part !== '').join('\n'),
    ...(of === undefined ? {} : { language: of }),
  }));
  return {
    passages: each.map(({ text }) => text).join('\n\n'),
    each,
    urls: passages.flatMap(({ url }) => (url === undefined ? [] : [url])),
    visitor,
    language,
    botName,
  };
}

/** None of the cited passages is in the language of the answer, so that words cannot be compared. */
export function isTranslated(evidence: Evidence): boolean {
  return evidence.each.length > 0 && evidence.each.every(({ language }) => language !== undefined && language !== evidence.language);
}
