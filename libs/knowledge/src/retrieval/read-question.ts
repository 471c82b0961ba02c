import type { DataSource } from 'typeorm';
import type { KnowledgeScope } from '../scope.js';
import { LIVE_EDITIONS } from '../store/live-editions.js';
import { searchable } from '../store/text-search.js';
import { rescue } from './rescue.js';

/** A word of the question that the scope knows under this number. */
export interface AskedLexeme {
  readonly lexeme: number;
  readonly token: number;
  /** 1 as it was written; less when it is what a misspelt word may have meant. */
  readonly trust: number;
}

/** A question as the scope's own words, and what BM25 must know of the whole. */
export interface ReadQuestion {
  readonly lexemes: readonly AskedLexeme[];
  /** Words of the question, each once. */
  readonly tokens: number;
  /** For each word (same index as `token`): chunks of configurations to which it is a stop word; they count as holding it. */
  readonly everywhere: ReadonlyMap<number, number>;
  /** Words that nothing in the scope holds. */
  readonly unknown: number;
  readonly chunks: number;
  readonly meanLength: number;
  /** Some chunk has a vector of the model. */
  readonly embedded: boolean;
  readonly model: number | undefined;
  readonly fitted: unknown;
}

/** Beyond this, more words of a question blur it and cost time. */
export const LONGEST_QUESTION = 600;
const MOST_TOKENS = 40;

const READ = `WITH ${LIVE_EDITIONS},
  corpus AS MATERIALIZED (
    SELECT config, sum(chunks)::integer AS chunks, sum(length)::float8 AS length FROM live JOIN edition_lengths USING (edition) GROUP BY config
  ),
  scope AS (SELECT no FROM scopes WHERE workspace_id = $1 AND bot_id = $2),
  words AS MATERIALIZED (
    SELECT corpus.config, word.lexeme, word.positions[1]::integer AS token
    FROM corpus CROSS JOIN LATERAL unnest(to_tsvector(corpus.config::regconfig, unaccent($3))) AS word
    WHERE corpus.chunks > 0
  ),
  known AS MATERIALIZED (
    SELECT words.*, lexemes.no FROM words
    LEFT JOIN lexemes ON lexemes.scope = (SELECT no FROM scope) AND lexemes.config = words.config AND lexemes.lexeme = words.lexeme
  ),
  alike AS (
    SELECT known.config, known.lexeme, jsonb_agg(jsonb_build_array(near.no, near.lexeme)) AS near
    FROM known CROSS JOIN LATERAL (
      SELECT lexemes.no, lexemes.lexeme FROM lexemes
      WHERE lexemes.scope = (SELECT no FROM scope) AND lexemes.config = known.config AND lexemes.lexeme % known.lexeme
        AND length(lexemes.lexeme) BETWEEN length(known.lexeme) - 2 AND length(known.lexeme) + 2
      UNION
      SELECT lexemes.no, lexemes.lexeme FROM lexemes
      WHERE lexemes.scope = (SELECT no FROM scope) AND lexemes.config = known.config
        AND lexemes.lexeme >= left(known.lexeme, 2) COLLATE "C" AND lexemes.lexeme < left(known.lexeme, 2) || U&'\\+10FFFF' COLLATE "C"
        AND length(lexemes.lexeme) BETWEEN length(known.lexeme) - 2 AND length(known.lexeme) + 2
    ) AS near
    WHERE known.lexeme ~ '^[[:alpha:]]{4,}$' AND NOT EXISTS (SELECT FROM known AS other WHERE other.token = known.token AND other.no IS NOT NULL)
    GROUP BY 1, 2
  )
  SELECT
    (SELECT coalesce(jsonb_agg(jsonb_build_array(config, chunks, length)), '[]') FROM corpus) AS corpus,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(known.config, known.lexeme, known.token, known.no, alike.near)), '[]')
       FROM known LEFT JOIN alike USING (config, lexeme)) AS words,
    (SELECT no FROM models WHERE id = $4) AS model,
    EXISTS (SELECT FROM live JOIN vectors USING (edition) WHERE vectors.model = (SELECT no FROM models WHERE id = $4)) AS embedded,
    (SELECT fitted FROM parameters WHERE scope = (SELECT no FROM scope) AND parameters.model = $4) AS fitted`;

interface ReadRow {
  readonly corpus: [config: string, chunks: number, length: number][];
  readonly words: [config: string, lexeme: string, token: number, no: number | null, near: [number, string][] | null][];
  readonly model: number | null;
  readonly embedded: boolean;
  readonly fitted: unknown;
}

/**
 * Reads a question with every text search configuration that the scope's chunks were read with: in a knowledge base of several
 * languages each chunk is met by the words as its own language has them.
 */
export async function readQuestion(dataSource: DataSource, scope: KnowledgeScope, text: string, modelId: string): Promise<ReadQuestion> {
  const [row] = await dataSource.query<ReadRow[]>(READ, [
    scope.workspaceId,
    scope.botId,
    searchable(text.slice(0, LONGEST_QUESTION)),
    modelId,
  ]);
  return interpret(row!);
}

function interpret({ corpus, words, model, embedded, fitted }: ReadRow): ReadQuestion {
  const chunks = corpus.reduce((sum, [, count]) => sum + count, 0);
  const tokens = [...new Set(words.map(([, , token]) => token))].sort((a, b) => a - b).slice(0, MOST_TOKENS);
  const lexemes: AskedLexeme[] = [];
  const everywhere = new Map<number, number>();
  let unknown = 0;
  for (const token of tokens) {
    const readings = words.filter(([, , at]) => at === token);
    const met = readings.flatMap(([, lexeme, , no, near]): AskedLexeme[] =>
      no === null ? rescue(lexeme, near ?? []).map(({ no, trust }) => ({ lexeme: no, token, trust })) : [{ lexeme: no, token, trust: 1 }],
    );
    if (met.length === 0) unknown += 1;
    lexemes.push(...met);
    const stopped = corpus.filter(([config]) => !readings.some(([of]) => of === config)).reduce((sum, [, count]) => sum + count, 0);
    everywhere.set(token, stopped);
  }
  return {
    lexemes,
    tokens: tokens.length,
    everywhere,
    unknown,
    chunks,
    meanLength: chunks === 0 ? 1 : Math.max(1, corpus.reduce((sum, [, , length]) => sum + length, 0) / chunks),
    embedded,
    model: model ?? undefined,
    fitted,
  };
}
