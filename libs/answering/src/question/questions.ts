import { courtesyOf, sentencesOf } from '@baton/language';
import type { TalkLine } from '../answer.js';
import type { Asked } from '../intent/asked.js';
import { leaningOf } from './follow-up.js';

/** So many questions at once are answered one by one; what was asked before them counts to the first. */
const MOST = 3;

/**
 * The questions that were asked at once, oldest first, each with what was said before it. Only what ends with a question mark
 * and does not lean on the question before begins one; statements belong to the question behind them, the last to the last.
 */
export function questionsIn(asked: Asked, language: string): readonly Asked[] {
  const questions: string[] = [];
  let said: string[] = [];
  for (const sentence of asked.text.split('\n').flatMap((line) => sentencesOf(line, language))) {
    if (courtesyOf(sentence)) continue;
    said.push(sentence);
    if (!/[?？؟][\s\p{P}\p{S}]*$/u.test(sentence)) continue;
    const text = said.join(' ');
    if (questions.length > 0 && leaningOf(text, language) === 'leans') questions.push(`${questions.pop()} ${text}`);
    else questions.push(text);
    said = [];
  }
  if (questions.length < 2) return [asked];
  if (said.length > 0) questions.push(`${questions.pop()} ${said.join(' ')}`);
  if (questions.length > MOST) questions.unshift(questions.splice(0, questions.length - MOST + 1).join(' '));
  const at = asked.lines[0]!.at;
  const lines = questions.map((text): TalkLine => ({ from: 'visitor', text, at }));
  return lines.map((line, index) => ({ lines: [line], text: line.text, before: [...asked.before, ...lines.slice(0, index)] }));
}
