import type { KeptQuestion } from './kept-questions.js';

interface Line {
  readonly from: 'visitor' | 'assistant';
  readonly text: string;
}

/** Lines that go along. */
const MOST_LINES = 20;

/** What was said before, as the assistant is told it, and how many questions in a row stayed without an answer. */
export function talkOf(questions: readonly KeptQuestion[]): { readonly talk: Line[]; readonly missesBefore: number } {
  const answered = questions.filter(({ answer }) => answer);
  const talk = answered.flatMap(({ question, answer }): Line[] => [
    { from: 'visitor', text: question },
    { from: 'assistant', text: answer!.text.slice(0, 4_000) },
  ]);
  let missesBefore = 0;
  for (const { answer } of answered.toReversed()) {
    if (answer!.kind === 'courtesy') continue;
    if (answer!.kind !== 'unknown') break;
    missesBefore += 1;
  }
  return { talk: talk.filter(({ text }) => text.trim() !== '').slice(-MOST_LINES), missesBefore };
}
