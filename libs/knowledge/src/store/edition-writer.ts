import type { DataSource, EntityManager } from 'typeorm';
import type { NewChunk } from '../chunks/chunk.js';
import { searchable, textSearchConfig } from './text-search.js';
import { toPgVector } from './pg-vector.js';
import { LEXEMES_LOCK } from './sweep.js';

/** Chunks written in one transaction: small, because searches wait where a database has a single connection. */
const STEP = 32;

export interface ChunkToWrite {
  readonly chunk: NewChunk;
  readonly position: number;
  readonly vector: Float32Array | undefined;
}

/** Lexemes of each field of the given chunks; unaccented, because visitors leave accents out. */
const WORDS = `
  given AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (
      position integer, hash text, config text, language text, "titlePath" text[], question text, text text, url text, vector text,
      "asHeading" text, "asQuestion" text, "asBody" text)
  ),
  words AS MATERIALIZED (
    SELECT given.hash, given.config, field.lexeme,
      coalesce(sum(field.times) FILTER (WHERE field.name = 'body'), 0) AS body,
      coalesce(sum(field.times) FILTER (WHERE field.name = 'heading'), 0) AS heading,
      coalesce(sum(field.times) FILTER (WHERE field.name = 'question'), 0) AS question
    FROM given CROSS JOIN LATERAL (
      SELECT 'body' AS name, lexeme, cardinality(positions) AS times
        FROM unnest(to_tsvector(given.config::regconfig, unaccent(given."asBody")))
      UNION ALL SELECT 'heading', lexeme, cardinality(positions)
        FROM unnest(to_tsvector(given.config::regconfig, unaccent(given."asHeading")))
      UNION ALL SELECT 'question', lexeme, cardinality(positions)
        FROM unnest(to_tsvector(given.config::regconfig, unaccent(given."asQuestion")))
    ) AS field
    GROUP BY 1, 2, 3
  )`;

// In one order, so that two takings-in at once cannot wait for each other in a circle.
const INSERT_LEXEMES = `WITH ${WORDS}
  INSERT INTO lexemes (scope, config, lexeme) SELECT $2, config, lexeme FROM words GROUP BY config, lexeme ORDER BY config, lexeme
  ON CONFLICT DO NOTHING`;

const INSERT_CHUNKS = `WITH ${WORDS},
  lengths AS (SELECT hash, sum(body + heading + question)::integer AS length FROM words GROUP BY hash),
  written AS (
    INSERT INTO chunks (edition, position, content_hash, config, length, language, title_path, question, text, url)
    SELECT $2, position, hash, config, coalesce(length, 0), language, "titlePath", question, text, url FROM given LEFT JOIN lengths USING (hash)
    RETURNING no, content_hash AS hash, config, length
  ),
  posted AS (
    INSERT INTO postings (lexeme, chunk, edition, length, body, heading, question)
    SELECT lexemes.no, written.no, $2, written.length, least(words.body, 32767), least(words.heading, 32767), least(words.question, 32767)
    FROM words
    JOIN written USING (hash)
    JOIN lexemes ON lexemes.scope = $3 AND lexemes.config = words.config AND lexemes.lexeme = words.lexeme
  ),
  embedded AS (
    INSERT INTO vectors (chunk, model, edition, embedding)
    SELECT written.no, $4, $2, given.vector::vector FROM written JOIN given USING (hash) WHERE given.vector IS NOT NULL
  )
  INSERT INTO edition_lengths AS known (edition, config, chunks, length)
  SELECT $2, config, count(*), sum(length) FROM written GROUP BY config
  ON CONFLICT (edition, config) DO UPDATE SET chunks = known.chunks + excluded.chunks, length = known.length + excluded.length`;

/** Writes chunks into an edition nobody sees yet, a few at a time, so that searches go on between. */
export async function writeEdition(
  dataSource: DataSource,
  place: { readonly scope: number; readonly edition: number; readonly model: number | undefined },
  chunks: readonly ChunkToWrite[],
): Promise<void> {
  for (let start = 0; start < chunks.length; start += STEP) {
    const given = JSON.stringify(chunks.slice(start, start + STEP).map(asRow));
    await dataSource.transaction(async (manager: EntityManager) => {
      await manager.query('SELECT pg_advisory_xact_lock_shared($1, $2)', [LEXEMES_LOCK, place.scope]);
      await manager.query(INSERT_LEXEMES, [given, place.scope]);
      await manager.query(INSERT_CHUNKS, [given, place.edition, place.scope, place.model ?? null]);
    });
  }
}

function asRow({ chunk, position, vector }: ChunkToWrite): object {
  return {
    position,
    hash: chunk.contentHash,
    config: textSearchConfig(chunk.language),
    language: chunk.language ?? null,
    titlePath: chunk.titlePath.map(storable),
    question: chunk.question === undefined ? null : storable(chunk.question),
    text: storable(chunk.text),
    url: chunk.url ?? null,
    vector: vector ? toPgVector(vector) : null,
    asHeading: searchable(chunk.titlePath.join(' . ')),
    asQuestion: searchable(chunk.question ?? ''),
    asBody: searchable(chunk.text),
  };
}

/** Postgres keeps any text but the sign 0. */
function storable(text: string): string {
  return text.replaceAll('\0', '');
}
