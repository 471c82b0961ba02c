import type { DataSource } from 'typeorm';
import type { KnowledgeScope } from '../scope.js';
import { LIVE_EDITIONS } from '../store/live-editions.js';
import type { Fused } from './fuse.js';
import type { Passage } from './passage.js';

interface PassageRow {
  readonly no: number;
  readonly id: string;
  readonly source: string;
  readonly version: number;
  readonly title: string;
  readonly url: string | null;
  readonly title_path: string[];
  readonly text: string;
  readonly question: string | null;
  readonly language: string | null;
}

const READ = `WITH ${LIVE_EDITIONS}
  SELECT chunks.no, chunks.id, sources.id AS source, sources.version, sources.title, coalesce(chunks.url, sources.url) AS url,
    chunks.title_path, chunks.text, chunks.question, chunks.language
  FROM chunks JOIN live USING (edition) JOIN sources ON sources.no = live.source
  WHERE chunks.no = ANY ($3::integer[]) AND chunks.live`;

/** What the chosen say, in their order; one that was taken away meanwhile is left out. */
export async function readPassages(dataSource: DataSource, scope: KnowledgeScope, chosen: readonly Fused[]): Promise<Passage[]> {
  if (chosen.length === 0) return [];
  const rows = await dataSource.query<PassageRow[]>(READ, [scope.workspaceId, scope.botId, chosen.map(({ chunk }) => chunk)]);
  const byNo = new Map(rows.map((row) => [row.no, row]));
  return chosen.flatMap((candidate) => {
    const row = byNo.get(candidate.chunk);
    return row ? [passage(row, candidate)] : [];
  });
}

function passage(row: PassageRow, { lexical, dense, fused }: Fused): Passage {
  return {
    chunkId: row.id,
    sourceId: row.source,
    sourceVersion: row.version,
    sourceTitle: row.title,
    ...(row.url === null ? {} : { url: row.url }),
    titlePath: row.title_path,
    text: row.text,
    ...(row.question === null ? {} : { question: row.question }),
    ...(row.language === null ? {} : { language: row.language }),
    scores: { ...(lexical > 0 ? { lexical } : {}), ...(dense === undefined ? {} : { dense }), fused },
  };
}
