import type { Passage } from '@baton/knowledge';
import { sentencesOf } from '@baton/language';
import { ordersMachine } from './injection.js';

export interface Cleaned {
  readonly passages: readonly Passage[];
  /** How many paragraphs and titles gave orders to machines. */
  readonly leftOut: number;
}

/**
 * Passages without what orders machines about: from the sentence that does so to the end of its paragraph, and what a colon
 * leads to. Neither an answer nor a model sees it, and it proves nothing.
 */
export function cleanPassages(passages: readonly Passage[]): Cleaned {
  let leftOut = 0;
  const cleaned = passages.flatMap((passage) => {
    const titlePath = passage.titlePath.filter((title) => !ordersMachine(title));
    const text = cleanText(passage.text);
    const sourceTitle = ordersMachine(passage.sourceTitle) ? '' : passage.sourceTitle;
    const { question, ...rest } = passage;
    const asks = question !== undefined && ordersMachine(question);
    if (titlePath.length === passage.titlePath.length && text === passage.text && sourceTitle === passage.sourceTitle && !asks)
      return [passage];
    leftOut += 1;
    if (asks || text.trim() === '') return [];
    return [{ ...rest, ...(question === undefined ? {} : { question }), titlePath, text, sourceTitle }];
  });
  return { passages: leftOut === 0 ? passages : cleaned, leftOut };
}

function cleanText(text: string): string {
  if (!ordersMachine(text) && !ordersMachine(text.replace(/\s+/g, ' '))) return text;
  let leads = false;
  return text
    .split(/(\n[ \t]*\n)/)
    .map((paragraph) => {
      if (paragraph.trim() === '') return paragraph;
      const led = leads;
      leads = false;
      const line = paragraph.replace(/\s+/g, ' ');
      if (!led && !ordersMachine(paragraph) && !ordersMachine(line)) return paragraph;
      leads = /[::]\s*$/.test(paragraph);
      return led ? '' : beginningOf(paragraph);
    })
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The sentences of a paragraph before the first that gives orders; lines stay lines. */
function beginningOf(paragraph: string): string {
  const kept: string[] = [];
  for (const line of paragraph.split('\n')) {
    if (!ordersMachine(line)) {
      kept.push(line);
      continue;
    }
    const sentences = sentencesOf(line);
    const first = sentences.findIndex(ordersMachine);
    kept.push(sentences.slice(0, Math.max(0, first)).join(' '));
    return kept.join('\n').trim();
  }
  // The order goes over the ends of lines.
  return '';
}
