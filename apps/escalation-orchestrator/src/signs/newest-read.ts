import type { DataSource } from 'typeorm';

/** Messages of a visitor that an agent has read. */
export interface ReadMessages {
  readonly conversationId: string;
  readonly handoverId: string;
  /** As Crisp names them; none: all that were there at that time. */
  readonly fingerprints: readonly number[];
  /** ms */
  readonly at: number;
}

/** The newest ones tell all; fingerprints of ours rise with time. */
const MAX_FINGERPRINTS = 20;

const NEWEST_READ = `
  SELECT DISTINCT ON (l.conversation_id) l.conversation_id, l.message_id
  FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::double precision[]) AS asked(conversation_id, fingerprint, handover_id, at)
  LEFT JOIN crisp_messages m ON m.conversation_id = asked.conversation_id AND m.fingerprint = asked.fingerprint
  CROSS JOIN LATERAL (
    SELECT t.conversation_id, t.message_id, t.position FROM transcript_lines t
    WHERE t.conversation_id = asked.conversation_id AND t.author->>'kind' = 'visitor' AND t.body IS NOT NULL
      AND (t.message_id = m.message_id
        OR asked.fingerprint IS NULL AND t.handover_id = asked.handover_id AND t.at <= to_timestamp(asked.at / 1000.0))
    ORDER BY t.position DESC LIMIT 1
  ) l
  WHERE asked.fingerprint IS NULL OR m.message_id IS NOT NULL
  ORDER BY l.conversation_id, l.position DESC`;

/** The last message of each visitor that was read, by conversation; absent where none of his is among them. */
export async function newestRead(dataSource: DataSource, read: readonly ReadMessages[]): Promise<Map<string, string>> {
  const asked = read.flatMap(({ fingerprints, ...of }) => {
    const newest = [...fingerprints].sort((a, b) => b - a).slice(0, MAX_FINGERPRINTS);
    return (newest.length > 0 ? newest : [null]).map((fingerprint) => ({ ...of, fingerprint }));
  });
  if (asked.length === 0) return new Map();
  const rows: { conversation_id: string; message_id: string }[] = await dataSource.query(NEWEST_READ, [
    asked.map(({ conversationId }) => conversationId),
    asked.map(({ fingerprint }) => fingerprint),
    asked.map(({ handoverId }) => handoverId),
    asked.map(({ at }) => at),
  ]);
  return new Map(rows.map((row) => [row.conversation_id, row.message_id]));
}
