import type { DataSource } from 'typeorm';
import type { KnowledgeScope } from '../scope.js';

/** Chunks cleared in one statement: searches wait where a database has a single connection. */
const STEP = 200;

/** A taking-in that has not ended by then never will: its process is gone. */
const ABANDONED = "interval '6 hours'";

/** With a scope's number: shared by those who add lexemes, alone for who clears them. */
export const LEXEMES_LOCK = 0x6b6e6f77;

/** Editions that no search will ever see again: their source is gone, or who wrote them is. */
const DEAD_EDITIONS = `
  SELECT editions.no FROM editions
  JOIN scopes ON scopes.no = editions.scope AND scopes.workspace_id = $1 AND scopes.bot_id = $2
  LEFT JOIN sources ON sources.no = editions.source
  WHERE (editions.live AND sources.no IS NULL) OR (NOT editions.live AND editions.begun_at < now() - ${ABANDONED})`;

const CLEAR_CHUNKS = `
  WITH dead AS MATERIALIZED (
    SELECT chunks.no FROM chunks
    JOIN editions ON editions.no = chunks.edition
    JOIN scopes ON scopes.no = editions.scope AND scopes.workspace_id = $1 AND scopes.bot_id = $2
    WHERE NOT chunks.live OR chunks.edition IN (${DEAD_EDITIONS})
    LIMIT $3
  ),
  unposted AS (DELETE FROM postings USING dead WHERE postings.chunk = dead.no),
  unembedded AS (DELETE FROM vectors USING dead WHERE vectors.chunk = dead.no)
  DELETE FROM chunks USING dead WHERE chunks.no = dead.no`;

/** Clears what no search of the scope can see any more, a little at a time. */
export async function sweepLeftovers(dataSource: DataSource, scope: KnowledgeScope): Promise<void> {
  const whose = [scope.workspaceId, scope.botId];
  for (let cleared = STEP; cleared === STEP;) [, cleared] = await dataSource.query<[unknown, number]>(CLEAR_CHUNKS, [...whose, STEP]);
  await dataSource.query(`DELETE FROM edition_lengths WHERE edition IN (${DEAD_EDITIONS}) OR chunks = 0`, whose);
  await dataSource.query(
    `DELETE FROM editions WHERE no IN (${DEAD_EDITIONS})
     OR (live AND scope = (SELECT no FROM scopes WHERE workspace_id = $1 AND bot_id = $2)
         AND NOT EXISTS (SELECT FROM chunks WHERE chunks.edition = editions.no))`,
    whose,
  );
  await dataSource.transaction(async (manager) => {
    // Who writes an edition found its lexemes known, and must still find them when their postings are written.
    await manager.query('SELECT pg_advisory_xact_lock($3, no) FROM scopes WHERE workspace_id = $1 AND bot_id = $2', [
      ...whose,
      LEXEMES_LOCK,
    ]);
    await manager.query(
      `DELETE FROM lexemes WHERE scope = (SELECT no FROM scopes WHERE workspace_id = $1 AND bot_id = $2)
       AND NOT EXISTS (SELECT FROM postings WHERE postings.lexeme = lexemes.no)`,
      whose,
    );
  });
}
