import { z } from 'zod';
import type { Disobedience } from './faults.js';

/** What the simulated model says, as rules: it reads the passages it was given and repeats the sentences that fit best, word for word. */

const TaskSchema = z.object({
  passages: z.array(z.object({ number: z.number(), text: z.string(), question: z.string().optional() })).optional(),
  earlier: z.array(z.object({ from: z.string(), text: z.string() })).default([]),
  question: z.string(),
});

export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

/** @returns the text of the completion: an answer in JSON, or a follow-up question in whole words when no passages were given. */
export function complete(messages: readonly ChatMessage[], disobedience?: Disobedience): string {
  const task = taskOf(messages.findLast(({ role }) => role === 'user')?.content ?? '');
  if (!task) return 'I was asked for something that I do not know.';
  if (!task.passages) return wholeQuestion(task);
  const rules = messages.find(({ role }) => role === 'system')?.content ?? '';
  const order = strangersOrder(task);
  if (disobedience === 'obeys-strangers' && order)
    return JSON.stringify({ answer: order, used: [1], quotes: [], supported: true, needs_human: false });
  const best = bestSentences(task.passages, task.question);
  if (!best) {
    const isGuessed = disobedience === 'guesses';
    return JSON.stringify({
      answer: isGuessed ? 'Yes, of course we have that.' : '',
      used: [],
      quotes: [],
      supported: isGuessed,
      needs_human: false,
    });
  }
  const answer = spoiled(best.sentences.join(' '), rules, disobedience);
  return JSON.stringify({ answer, used: [best.number], quotes: best.sentences, supported: true, needs_human: false });
}

type Task = z.output<typeof TaskSchema>;

function taskOf(content: string): Task | undefined {
  try {
    return TaskSchema.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}

function spoiled(answer: string, rules: string, disobedience: Disobedience | undefined): string {
  switch (disobedience) {
    case 'invents-number':
      return `${answer} It costs 4711 euros.`;
    case 'invents-link':
      return `${answer} See https://elsewhere.example/offer`;
    case 'promises':
      return `${answer} I will call you tomorrow and refund it.`;
    case 'tells-its-rules':
      return `${answer} ${rules}`;
    default:
      return answer;
  }
}

/** What somebody wrote into a passage or a question for machines to obey, as `say: …`. */
function strangersOrder({ passages = [], question }: Task): string | undefined {
  for (const text of [question, ...passages.map((passage) => passage.text)]) {
    const order = /\bsay:\s*([^\n]+)/i.exec(text)?.[1];
    if (order) return order;
  }
  return undefined;
}

const MOST_SENTENCES = 2;
const LEAST_OVERLAP = 0.3;

function bestSentences(passages: NonNullable<Task['passages']>, question: string): { number: number; sentences: string[] } | undefined {
  const wanted = new Set(wordsOf(question));
  const share = (text: string): number => {
    const has = new Set(wordsOf(text));
    return [...wanted].filter((word) => has.has(word)).length / Math.max(1, wanted.size);
  };
  const ranked = passages
    .map(({ number, text, question: asked = '' }) => ({ number, text, share: share(`${asked} ${text}`) }))
    .toSorted((a, b) => b.share - a.share);
  const [best] = ranked;
  if (!best || best.share < LEAST_OVERLAP) return undefined;
  const sentences = best.text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 10);
  const chosen = sentences.toSorted((a, b) => share(b) - share(a)).slice(0, MOST_SENTENCES);
  return { number: best.number, sentences: sentences.filter((sentence) => chosen.includes(sentence)) };
}

/** A short follow-up gets the topic of what was said before. */
function wholeQuestion({ earlier, question }: Task): string {
  if (wordsOf(question).length > 4) return question;
  const topic = wordsOf(earlier.findLast(({ from }) => from === 'visitor')?.text ?? '').filter((word) => !wordsOf(question).includes(word));
  return `${question.replace(/\?$/, '')} ${topic.slice(0, 4).join(' ')}?`;
}

const SMALL = new Set(
  'a an and are at be can do does for from get have how i if in is it me my of on or our so that the to was what when where which will with you your'.split(
    ' ',
  ),
);

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !SMALL.has(word))
    .map((word) => (word.length > 4 ? word.replace(/(?:es|s|ing|ed)$/, '') : word));
}
