import { courtesyOf, humanWanted, ourLanguages } from '@baton/language';
import type { TalkLine } from '../answer.js';
import { lineOf, type Voice } from '../language/lines.js';

/** What the visitor asked before, and what became of it. */
export interface EarlierQuestion {
  readonly text: string;
  readonly at: Date;
  /** We answered that it is not known, or that something failed. */
  readonly isOpen: boolean;
  /** The sources that we named in our answer, as they were shown, without addresses. */
  readonly sources: readonly string[];
}

/**
 * The visitor's questions of a talk, oldest first; courtesies and wishes for a human are none. Which of them stayed open is
 * told by our own lines, in whatever language they were said.
 * @param misses questions in a row that stayed open at the end of the talk, as the caller counted them
 */
export function earlierQuestions(before: readonly TalkLine[], misses: number, voice: Voice): readonly EarlierQuestion[] {
  const said = ourLines(voice);
  const questions: EarlierQuestion[] = [];
  let asked: { readonly text: string; readonly at: Date } | undefined;
  for (const line of before) {
    if (line.from === 'visitor') {
      asked = { text: asked ? `${asked.text} ${line.text}` : line.text, at: asked?.at ?? line.at };
    } else if (asked) {
      if (isQuestion(asked.text)) questions.push({ ...asked, ...(line.from === 'assistant' ? said(line.text) : ANSWERED) });
      asked = undefined;
    }
  }
  const counted = questions.length - misses;
  return questions.map((question, at) => (at >= counted && question.sources.length === 0 ? { ...question, isOpen: true } : question));
}

const ANSWERED = { isOpen: false, sources: [] } as const;

function isQuestion(text: string): boolean {
  return !courtesyOf(text) && !humanWanted(text);
}

/** What a line of ours meant, whatever language it was in. */
function ourLines(voice: Voice): (text: string) => Pick<EarlierQuestion, 'isOpen' | 'sources'> {
  const voices = ourLanguages.map((language) => ({ ...voice, language }));
  const open = new Set(voices.flatMap((one) => [lineOf('unknown', one), lineOf('trouble', one)]).map((line) => line.trim()));
  const leads = new Set(voices.map((one) => `${lineOf('source', one)}: `));
  return (text) => ({
    isOpen: [...open].some((line) => text.trimEnd().endsWith(line)),
    sources: text.split('\n').flatMap((line) => {
      const lead = [...leads].find((one) => line.startsWith(one));
      return lead === undefined ? [] : [line.slice(lead.length).replace(/(?:^| – )https?:\/\/\S+$/, '')].filter((title) => title !== '');
    }),
  });
}
