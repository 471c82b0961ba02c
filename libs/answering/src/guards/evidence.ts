import type { Passage } from '@baton/knowledge';
import { fold } from '@baton/language';
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
  /** What he calls his own in it, and what is known of him: addresses that may be repeated to him. */
  readonly own: string;
  /** ISO 639-1, of the answer to be given. */
  readonly language: string;
  readonly botName: string;
}

/** Somebody speaks of himself; folded. */
const OF_ONESELF =
  /(?<![\p{L}])(?:my|me|i am|i'm|mein\S*|mich|mir|ich|mon|ma|moi|je|j'|mi|mis|soy|io|mio|mia|sono|mijn|ik|meu|minha|eu|moj|moja|moje|mnie|jestem|min|mitt|mina|jag|mig|benim|bana|beni)(?![\p{L}])/u;
/** So far before an address it may stand. */
const NEAR = 40;

/** The stretches of the visitor's words that begin with his speaking of himself. */
function ownWords(visitor: string): string {
  const folded = fold(visitor);
  const own: string[] = [];
  for (const { index } of folded.matchAll(new RegExp(OF_ONESELF, 'gu')))
    own.push(
      (folded.length === visitor.length ? visitor : folded).slice(index, index + NEAR * 2).split(/[.!?\n"“”«»](?=\s|$)|["“”«»]/)[0] ?? '',
    );
  return own.join('\n');
}

/** @param known addresses that the caller knows of the visitor */
export function evidenceOf(
  passages: readonly Passage[],
  visitor: string,
  language: string,
  botName: string,
  known: readonly string[] = [],
): Evidence {
  const each = passages.map(({ sourceTitle, titlePath, question, text, language: of }) => ({
    text: [sourceTitle, ...titlePath, question ?? '', plainText(text)].filter((part) => part !== '').join('\n'),
    ...(of === undefined ? {} : { language: of }),
  }));
  return {
    passages: each.map(({ text }) => text).join('\n\n'),
    each,
    urls: passages.flatMap(({ url }) => (url === undefined ? [] : [url])),
    visitor,
    own: [...known, ownWords(visitor)].join('\n'),
    language,
    botName,
  };
}

/** None of the cited passages is in the language of the answer, so that words cannot be compared. */
export function isTranslated(evidence: Evidence): boolean {
  return evidence.each.length > 0 && evidence.each.every(({ language }) => language !== undefined && language !== evidence.language);
}
