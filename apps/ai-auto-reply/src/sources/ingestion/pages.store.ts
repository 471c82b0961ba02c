import type { NewChunk, PageToVisit, ProblemAt } from '@baton/knowledge';
import type { DataSource } from 'typeorm';

/** What came of a page. */
export interface ReadPage {
  readonly url: string;
  /** Under which it counts once, wherever else it was linked from. */
  readonly finalUrl: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly chunks: readonly NewChunk[];
  readonly problems: readonly ProblemAt[];
}

/** A page as it is shown. */
export interface ShownPage {
  /** Where it stands among the pages of its source, from 1 on. */
  readonly place: number;
  readonly url: string;
  /** This run has read it, or found out that it cannot. */
  readonly done: boolean;
  /** Passages that it gave when it could last be read. */
  readonly chunks: number;
  readonly problems: readonly ProblemAt[];
}

/** What the pages of a source gave when they were last read. */
export class PagesStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Notes which pages a run must read; those of earlier runs that are not among them are forgotten. */
  async expect(sourceId: string, run: number, urls: readonly string[]): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO source_pages AS pages (source_id, url, place, run)
         SELECT $1, url, place, $2 FROM unnest($3::text[]) WITH ORDINALITY AS given (url, place)
         ON CONFLICT (source_id, url) DO UPDATE SET
           place = excluded.place, done = pages.done AND pages.run = excluded.run, run = excluded.run`,
        [sourceId, run, urls],
      );
      await manager.query('DELETE FROM source_pages WHERE source_id = $1 AND run <> $2', [sourceId, run]);
    });
  }

  /** Pages that this run has not read yet, with what their servers said last time; of pages that gave nothing it is not asked. */
  async toVisit(sourceId: string): Promise<PageToVisit[]> {
    const rows = await this.dataSource.query<{ url: string; etag: string | null; lastModified: string | null }[]>(
      `SELECT url, CASE WHEN chunks IS NOT NULL THEN etag END AS etag,
         CASE WHEN chunks IS NOT NULL THEN last_modified END AS "lastModified"
       FROM source_pages WHERE source_id = $1 AND NOT done ORDER BY place`,
      [sourceId],
    );
    return rows.map(({ url, etag, lastModified }) => ({
      url,
      ...(etag !== null && { etag }),
      ...(lastModified !== null && { lastModified }),
    }));
  }

  async keep(sourceId: string, { url, finalUrl, etag, lastModified, chunks, problems }: ReadPage): Promise<void> {
    await this.dataSource.query(
      `UPDATE source_pages SET done = true, final_url = $3, etag = $4, last_modified = $5, chunks = $6, problems = $7
       WHERE source_id = $1 AND url = $2`,
      [sourceId, url, finalUrl, etag ?? null, lastModified ?? null, JSON.stringify(chunks), JSON.stringify(problems)],
    );
  }

  /** It is as it was. */
  async keepUnchanged(sourceId: string, url: string): Promise<void> {
    await this.dataSource.query('UPDATE source_pages SET done = true WHERE source_id = $1 AND url = $2', [sourceId, url]);
  }

  /** It gave nothing this time; what it gave before is kept only while it may well be there again. */
  async keepProblem(sourceId: string, url: string, problem: ProblemAt, keepsContent: boolean): Promise<void> {
    await this.dataSource.query(
      `UPDATE source_pages SET done = true, problems = $3, etag = NULL, last_modified = NULL, chunks = CASE WHEN $4 THEN chunks END
       WHERE source_id = $1 AND url = $2`,
      [sourceId, url, JSON.stringify([problem]), keepsContent],
    );
  }

  /** Pages behind a place, in their order. */
  async list(sourceId: string, { after, limit }: { readonly after: number; readonly limit: number }): Promise<ShownPage[]> {
    return this.dataSource.query(
      `SELECT place, url, done, coalesce(jsonb_array_length(chunks), 0) AS chunks, problems
       FROM source_pages WHERE source_id = $1 AND place > $2 ORDER BY place, url LIMIT $3`,
      [sourceId, after, limit],
    );
  }

  async counts(sourceId: string): Promise<{ readonly done: number; readonly total: number }> {
    const [row] = await this.dataSource.query<{ done: string; total: string }[]>(
      'SELECT count(*) FILTER (WHERE done) AS done, count(*) AS total FROM source_pages WHERE source_id = $1',
      [sourceId],
    );
    return { done: Number(row!.done), total: Number(row!.total) };
  }

  /** The chunks of all pages in their order; a page that is reached by several addresses counts once. */
  async chunks(sourceId: string): Promise<NewChunk[]> {
    const rows = await this.dataSource.query<{ chunks: NewChunk[] }[]>(
      `SELECT chunks FROM (
         SELECT DISTINCT ON (coalesce(final_url, url)) place, chunks FROM source_pages
         WHERE source_id = $1 AND chunks IS NOT NULL ORDER BY coalesce(final_url, url), place
       ) AS once ORDER BY place`,
      [sourceId],
    );
    return rows.flatMap(({ chunks }) => chunks);
  }

  async problems(sourceId: string): Promise<ProblemAt[]> {
    const rows = await this.dataSource.query<{ problems: ProblemAt[] }[]>(
      `SELECT problems FROM source_pages WHERE source_id = $1 AND problems <> '[]' ORDER BY place`,
      [sourceId],
    );
    return rows.flatMap(({ problems }) => problems);
  }
}
