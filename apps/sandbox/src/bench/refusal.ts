import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer, type AnswerRequest } from '@baton/answering';
import { AssistantSettingsSchema } from '@baton/contracts';
import { fitParameters, languageOf, readSource } from '@baton/knowledge';
import type { LocalServices } from '@baton/testing';
import { z } from 'zod';
import { readLines } from './retrieval.js';
import { openWorkshop, type Workshop } from './retrieval-workshop.js';

const questionSchema = z.object({ text: z.string().min(1), answerable: z.boolean() });
const documentSchema = z.object({ id: z.unknown(), text: z.string() });

/** What the demo shop's assistants know: the files written for them, and a page of the shop itself. */
const DEMO = fileURLToPath(new URL('../../knowledge/', import.meta.url));
const DEMO_PAGE = fileURLToPath(new URL('../../site/help.html', import.meta.url));
const READABLE = new Set(['.md', '.txt', '.html', '.csv', '.pdf', '.docx']);

export interface RefusalOptions {
  /** Lines of `{text, answerable}`; default the demo's own. */
  readonly questions?: string;
  /** Lines of `{id, text}` as the knowledge base. */
  readonly docs?: string;
  /** A directory of files as the knowledge base; default the demo's. */
  readonly knowledge?: string;
}

/**
 * Whether what can be answered is answered, and what cannot is not: each question alone, decided by the code that decides live, with default
 * settings and no model. Precision: of the questions answered, the part that can be. Recall: of those that can be, the part answered.
 * The knowledge base is fitted to its own pairs first, as it is live.
 */
export async function benchRefusal(options: RefusalOptions, local: LocalServices, say: (line: string) => void): Promise<string> {
  const questions = await readLines(options.questions ?? path.join(DEMO, 'questions.jsonl'), questionSchema);
  const workshop = await openWorkshop(local, say);
  try {
    if (options.docs) await takeInLines(workshop, options.docs);
    else await takeInFiles(workshop, options.knowledge ? await filesOf(options.knowledge) : [...(await filesOf(DEMO)), DEMO_PAGE]);
    // As the service does after each source that was taken in.
    const fit = await fitParameters(workshop.scope, { dataSource: workshop.store.dataSource, embedder: workshop.embedder });
    say(fit ? `fitted to ${fit.pairs} pairs: weight ${fit.weight}, threshold ${fit.threshold}` : 'too few pairs to fit to: defaults');
    const counts = { answerable: 0, answered: 0, rightly: 0 };
    for (const { text, answerable } of questions) {
      const answered = (await answer(requestFor(workshop, text))).kind === 'answer';
      counts.answerable += answerable ? 1 : 0;
      counts.answered += answered ? 1 : 0;
      counts.rightly += answered && answerable ? 1 : 0;
      if (answered !== answerable) say(`${answered ? 'answered, but cannot be' : 'not answered, but can be'}: ${text}`);
    }
    return JSON.stringify({
      bench: 'refusal',
      questions: questions.length,
      answerable: counts.answerable,
      answered: counts.answered,
      precision: share(counts.rightly, counts.answered),
      recall: share(counts.rightly, counts.answerable),
    });
  } finally {
    await workshop.close();
  }
}

function requestFor({ retriever, scope }: Workshop, text: string): AnswerRequest {
  const { answers, texts } = AssistantSettingsSchema.parse({});
  return {
    talk: [{ from: 'visitor', text, at: new Date(0) }],
    botName: 'Demo',
    settings: { answers, texts },
    missesBefore: 0,
    mustSayAutomated: false,
    retrieve: (question, signal) => retriever.search(scope, { text: question, signal }),
    signal: new AbortController().signal,
  };
}

async function takeInLines(workshop: Workshop, file: string): Promise<void> {
  const documents = await readLines(file, documentSchema);
  const chunks = documents.map(({ text }, index) => ({
    contentHash: String(index),
    titlePath: [],
    text,
    language: languageOf(text, { fallback: 'en' })!,
  }));
  await workshop.takeIn(path.basename(file), chunks);
}

async function takeInFiles(workshop: Workshop, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const { title, chunks } = await readSource({ kind: 'file', bytes: await readFile(file), hints: { name: path.basename(file) } });
    await workshop.takeIn(title, chunks);
  }
}

async function filesOf(directory: string): Promise<string[]> {
  const files = await readdir(directory, { recursive: true });
  return files
    .filter((file) => READABLE.has(path.extname(file)))
    .sort()
    .map((file) => path.join(directory, file));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}
