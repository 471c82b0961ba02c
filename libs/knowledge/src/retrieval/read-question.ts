import type { DataSource } from 'typeorm';
import type { KnowledgeScope } from '../scope.js';
import { LIVE_EDITIONS } from '../store/live-editions.js';
import { searchable } from '../store/text-search.js';
import { interpretQuestion, type QuestionRow, type ReadQuestion } from './interpret-question.js';

/** Beyond this, more words of a question blur it and cost time. */
export const LONGEST_QUESTION = 1_000;
/** Words that nothing holds, looked up by what they resemble. */
const MOST_STRANGE_WORDS = 4;
/** Who stands in more chunks is common, however many they are. */
const COUNTED_TO = 1_500;

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
    SELECT words.*, lexemes.no,
      (SELECT count(*) FROM (SELECT FROM postings WHERE postings.lexeme = lexemes.no LIMIT ${COUNTED_TO}) AS counted)::integer AS postings
    FROM words
    LEFT JOIN lexemes ON lexemes.scope = (SELECT no FROM scope) AND lexemes.config = words.config AND lexemes.lexeme = words.lexeme
  ),
  -- A word with one mistake, or a long one with two, nearly always keeps its beginning or its end.
  strange AS MATERIALIZED (
    SELECT config, lexeme, greatest(2, length(lexeme) / 3) AS sure FROM known
    WHERE lexeme ~ '^[[:alpha:]]{4,}$' AND NOT EXISTS (SELECT FROM known AS other WHERE other.token = known.token AND other.no IS NOT NULL)
    ORDER BY length(lexeme) DESC, lexeme LIMIT ${MOST_STRANGE_WORDS}
  ),
  alike AS (
    SELECT strange.config, strange.lexeme, jsonb_agg(jsonb_build_array(near.no, near.lexeme)) AS near
    FROM strange CROSS JOIN LATERAL (
      SELECT no, lexeme FROM (
        SELECT lexemes.no, lexemes.lexeme FROM lexemes
        WHERE lexemes.scope = (SELECT no FROM scope) AND lexemes.config = strange.config
          AND lexemes.lexeme >= left(strange.lexeme, strange.sure) COLLATE "C"
          AND lexemes.lexeme < left(strange.lexeme, strange.sure) || U&'\\+10FFFF' COLLATE "C"
        UNION
        SELECT lexemes.no, lexemes.lexeme FROM lexemes
        WHERE lexemes.scope = (SELECT no FROM scope) AND lexemes.config = strange.config
          AND reverse(lexemes.lexeme) COLLATE "C" >= reverse(right(strange.lexeme, strange.sure)) COLLATE "C"
          AND reverse(lexemes.lexeme) COLLATE "C" < reverse(right(strange.lexeme, strange.sure)) || U&'\\+10FFFF' COLLATE "C"
      ) AS either
      WHERE length(either.lexeme) BETWEEN length(strange.lexeme) - 2 AND length(strange.lexeme) + 2
      ORDER BY similarity(either.lexeme, strange.lexeme) DESC, either.no LIMIT 40
    ) AS near
    GROUP BY 1, 2
  )
  SELECT
    (SELECT coalesce(jsonb_agg(jsonb_build_array(config, chunks, length)), '[]') FROM corpus) AS corpus,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(known.config, known.lexeme, known.token, known.no, known.postings, alike.near)), '[]')
       FROM known LEFT JOIN alike USING (config, lexeme)) AS words,
    (SELECT no FROM models WHERE id = $4) AS model,
    EXISTS (SELECT FROM live JOIN vectors USING (edition) WHERE vectors.model = (SELECT no FROM models WHERE id = $4)) AS embedded,
    (SELECT fitted FROM parameters WHERE scope = (SELECT no FROM scope) AND parameters.model = $4) AS fitted`;

/**
 * Reads a question with every text search configuration that the scope's chunks were read with: in a knowledge base of several
 * languages each chunk is met by the words as its own language has them.
 */
export async function readQuestion(dataSource: DataSource, scope: KnowledgeScope, text: string, modelId: string): Promise<ReadQuestion> {
  const [row] = await dataSource.query<QuestionRow[]>(READ, [
    scope.workspaceId,
    scope.botId,
    searchable(text.slice(0, LONGEST_QUESTION)),
    modelId,
  ]);
  return interpretQuestion(row!);
}
