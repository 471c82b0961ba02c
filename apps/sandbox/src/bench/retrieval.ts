import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { byOneLeg, byReciprocalRank, chunkDocument, fuse, languageOf, type Candidate, type NewChunk } from '@baton/knowledge';
import type { LocalServices } from '@baton/testing';
import { z } from 'zod';
import { byDocument, mean, ndcg10, recall10 } from './retrieval-metrics.js';
import { openWorkshop, type Workshop } from './retrieval-workshop.js';
import { summarize } from './summary.js';

const idSchema = z.union([z.string(), z.number()]).transform(String);
const documentSchema = z.object({ id: idSchema, text: z.string() });
const querySchema = z.object({ id: idSchema.optional(), text: z.string(), relevant: z.array(idSchema) });

/** Longer documents come in pieces, as a knowledge base would hold them. The embedding model reads about as much of one. */
const LONGEST_PIECE = 4_000;
/** Letters from which on a document's own language can be told. */
const ENOUGH_FOR_LANGUAGE = 120;
/** Searched before anything is measured: the first ones load pages and plans. */
const WARM_UP = 10;

interface Quality {
  readonly ndcg10: number;
  readonly recall10: number;
}

/**
 * How well and how fast passages are found: `docs.jsonl` and `queries.jsonl` of a directory against the real store and embedder. `bm25` and
 * `dense` are the legs alone, `rrf` their fusion by ranks with equal weights, `default` what a search does. `ms` is a whole search, the
 * question's embedding included.
 */
export async function benchRetrieval(directory: string, local: LocalServices, say: (line: string) => void): Promise<string> {
  const documents = await readLines(path.join(directory, 'docs.jsonl'), documentSchema);
  const queries = (await readLines(path.join(directory, 'queries.jsonl'), querySchema)).filter(({ relevant }) => relevant.length > 0);
  const workshop = await openWorkshop(local, say);
  try {
    const { chunks, documentOf } = chunksOf(documents);
    await workshop.takeIn(path.basename(directory), chunks);
    const documentOfChunk = await chunkDocuments(workshop, documentOf);

    const legs: Record<'bm25' | 'dense' | 'rrf' | 'default', Quality[]> = { bm25: [], dense: [], rrf: [], default: [] };
    const latenciesUs: number[] = [];
    for (const query of queries.slice(0, WARM_UP)) await workshop.retriever.search(workshop.scope, { text: query.text });
    for (const [index, query] of queries.entries()) {
      const begun = performance.now();
      await workshop.retriever.search(workshop.scope, { text: query.text, limit: 10 });
      latenciesUs.push((performance.now() - begun) * 1_000);

      const { found, parameters, yardstick } = await workshop.retriever.candidates(workshop.scope, { text: query.text });
      const relevant = new Set(query.relevant);
      const judge = (ranked: readonly Candidate[]): Quality => {
        const order = byDocument(ranked.map(({ chunk }) => documentOfChunk.get(chunk)!));
        return { ndcg10: ndcg10(order, relevant), recall10: recall10(order, relevant) };
      };
      legs.bm25.push(judge(byOneLeg(found, 'lexical')));
      legs.dense.push(judge(byOneLeg(found, 'dense')));
      legs.rrf.push(judge(byReciprocalRank(found)));
      legs.default.push(judge(fuse(found, parameters.weight, yardstick)));
      if ((index + 1) % 100 === 0) say(`${index + 1} of ${queries.length} questions asked`);
    }
    const { p50Ms, p99Ms } = summarize(latenciesUs);
    const quality = Object.fromEntries(
      Object.entries(legs).map(([leg, all]) => [
        leg,
        { ndcg10: rounded(mean(all.map((one) => one.ndcg10))), recall10: rounded(mean(all.map((one) => one.recall10))) },
      ]),
    );
    return JSON.stringify({
      bench: 'retrieval',
      docs: documents.length,
      queries: queries.length,
      ...quality,
      ms: { p50: rounded(p50Ms), p99: rounded(p99Ms) },
    });
  } finally {
    await workshop.close();
  }
}

/** One chunk for each document that is not too long; each knows its document by its address. */
function chunksOf(documents: readonly z.infer<typeof documentSchema>[]): { chunks: NewChunk[]; documentOf: ReadonlyMap<string, string> } {
  const documentOf = new Map<string, string>();
  const common = mostSpoken(documents.map(({ text }) => text));
  const chunks = documents.flatMap(({ id, text }) => {
    const url = `urn:doc:${createHash('sha256').update(id).digest('hex')}`;
    documentOf.set(url, id);
    const language = text.length < ENOUGH_FOR_LANGUAGE ? common : languageOf(text, { fallback: common })!;
    if (text.length > LONGEST_PIECE) return chunkDocument({ title: '', url, sections: [{ titlePath: [], text }] }, { language });
    return [{ contentHash: url, titlePath: [], text, url, language }];
  });
  return { chunks: chunks.map((chunk) => ({ ...chunk, contentHash: `${chunk.url}:${chunk.contentHash}` })), documentOf };
}

/** What short ones are taken to speak, as in a knowledge base those of one source are. */
function mostSpoken(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const language = languageOf(text);
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'en';
}

async function chunkDocuments({ store }: Workshop, documentOf: ReadonlyMap<string, string>): Promise<Map<number, string>> {
  const rows = await store.dataSource.query<{ no: number; url: string }[]>('SELECT no, url FROM chunks');
  return new Map(rows.map(({ no, url }) => [no, documentOf.get(url)!]));
}

export async function readLines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const read = schema.safeParse(JSON.parse(line));
    if (!read.success) throw new Error(`${path.basename(file)}, line ${index + 1}: ${z.prettifyError(read.error)}`);
    return read.data;
  });
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
