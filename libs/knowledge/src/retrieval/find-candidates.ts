import type { DataSource } from 'typeorm';
import type { KnowledgeScope } from '../scope.js';
import { LIVE_EDITIONS } from '../store/live-editions.js';
import { toPgVector } from '../store/pg-vector.js';
import type { Bm25 } from './bm25.js';
import type { ReadQuestion } from './interpret-question.js';

/** A chunk that one of the legs found, with what both legs say of it. */
export interface Candidate {
  readonly chunk: number;
  /** BM25; 0 when it holds no word of the question. */
  readonly lexical: number;
  /** Part of the question's words, by their rarity, that it holds: 0 to 1. */
  readonly coverage: number;
  /** Cosine, -1 to 1; undefined when it has no vector of the model. */
  readonly dense: number | undefined;
}

export interface FindOptions {
  readonly bm25: Bm25;
  /** Of each leg. */
  readonly perLeg: number;
  /** The words of this chunk's question are not looked at: it shall be found by its answer. */
  readonly questionHiddenOf?: number;
}

const FIND = `WITH ${LIVE_EDITIONS},
  asked AS (SELECT * FROM unnest($3::integer[], $4::integer[], $5::real[]) AS asked (lexeme, token, trust)),
  hits AS MATERIALIZED (
    SELECT postings.chunk, asked.token, asked.trust, postings.length,
      postings.body + $6::float8 * postings.heading
        + CASE WHEN postings.chunk = $17 THEN 0 ELSE $7::float8 * postings.question END AS times
    FROM asked JOIN postings ON postings.lexeme = asked.lexeme
    -- Not a join: the planner expects a single live edition and would read all postings anew for each.
    WHERE coalesce(postings.edition IN (SELECT edition FROM live), false)
  ),
  everywhere AS (SELECT * FROM unnest($8::integer[], $9::integer[]) AS everywhere (token, chunks)),
  held AS (SELECT token, count(*) AS chunks FROM hits GROUP BY token),
  rarity AS MATERIALIZED (
    SELECT token, ln(1 + ($10::float8 - spread + 0.5) / (spread + 0.5)) AS idf
    FROM (SELECT token, least($10::float8, everywhere.chunks + coalesce(held.chunks, 0)) AS spread FROM everywhere LEFT JOIN held USING (token)) AS spreads
  ),
  lexical AS MATERIALIZED (
    SELECT chunk, sum(idf * trust * times * ($11::float8 + 1) / (times + $11::float8 * (1 - $12::float8 + $12::float8 * length / $13::float8))) AS score,
      sum(idf * trust) AS covered
    FROM hits JOIN rarity USING (token) WHERE times > 0 GROUP BY chunk
  ),
  dense AS MATERIALIZED (
    SELECT vectors.chunk FROM live JOIN vectors USING (edition)
    WHERE vectors.model = $14 ORDER BY vectors.embedding <#> $15::vector LIMIT $16
  ),
  found AS MATERIALIZED (
    SELECT chunk, sum(score) AS score, sum(covered) AS covered, bool_or(near) AS near
    FROM (SELECT chunk, score, covered, false AS near FROM lexical UNION ALL SELECT chunk, 0, 0, true FROM dense) AS either
    GROUP BY chunk
  ),
  chosen AS (
    SELECT * FROM found WHERE near
    UNION ALL (SELECT * FROM found WHERE NOT near ORDER BY score DESC, chunk LIMIT $16)
  )
  SELECT chosen.chunk, chosen.score AS lexical,
    least(1, chosen.covered / nullif((SELECT sum(idf) FROM rarity), 0)) AS coverage,
    -(vectors.embedding <#> $15::vector) AS dense
  FROM chosen
  JOIN chunks ON chunks.no = chosen.chunk AND chunks.live
  LEFT JOIN vectors ON vectors.chunk = chosen.chunk AND vectors.model = $14`;

/** The best chunks of each leg, each with both scores: what one leg missed is scored by it all the same. */
export async function findCandidates(
  dataSource: DataSource,
  scope: KnowledgeScope,
  question: ReadQuestion,
  vector: Float32Array | undefined,
  options: FindOptions,
): Promise<Candidate[]> {
  const { bm25, perLeg, questionHiddenOf } = options;
  const rows = await dataSource.query<{ chunk: number; lexical: number; coverage: number | null; dense: number | null }[]>(FIND, [
    scope.workspaceId,
    scope.botId,
    question.lexemes.map(({ lexeme }) => lexeme),
    question.lexemes.map(({ token }) => token),
    question.lexemes.map(({ trust }) => trust),
    bm25.heading,
    bm25.question,
    [...question.everywhere.keys()],
    [...question.everywhere.values()],
    question.chunks,
    bm25.k1,
    bm25.b,
    question.meanLength,
    vector === undefined ? null : (question.model ?? null),
    vector === undefined ? null : toPgVector(vector),
    perLeg,
    questionHiddenOf ?? null,
  ]);
  return rows.map(({ chunk, lexical, coverage, dense }) => ({
    chunk,
    lexical,
    coverage: coverage ?? 0,
    dense: dense ?? undefined,
  }));
}
