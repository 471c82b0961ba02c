import type { EffectKind } from '@baton/effects';
import type { MarkTask } from '../../visitor/note-receipts.js';
import { withConnection } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';
import { ORIGIN } from './post-message.js';

interface Shown {
  readonly delivered: readonly number[];
  readonly seen: readonly number[];
}

/** Tells Crisp which of the agents' messages reached the visitor and which he saw; best effort, safe to repeat. */
export function markKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = effect.payload as unknown as MarkTask;
      const at = { websiteId: task.websiteId, sessionId: task.sessionId };
      return withConnection(parts, task, async ({ client }) => {
        const shown = await toBeMarked(parts, task);
        const of = { writtenBy: 'operator', origin: ORIGIN } as const;
        if (shown.delivered.length > 0) await client.markDelivered(at, { ...of, fingerprints: shown.delivered }, { signal });
        if (shown.seen.length > 0) await client.markRead(at, { ...of, fingerprints: shown.seen }, { signal });
        return { done: { ...shown } };
      });
    },
    findOut: async () => 'did-not-happen',
    settled: async (manager, effect, end) => {
      if (!('done' in end)) return;
      const { conversationId, sessionId } = effect.payload as unknown as MarkTask;
      const { delivered, seen } = end.done as unknown as Shown;
      for (const [mark, fingerprints] of [
        ['delivered', delivered],
        ['seen', seen],
      ] as const) {
        if (fingerprints.length === 0) continue;
        await manager.query(
          'UPDATE transcript_lines SET crisp_marked = $4 WHERE conversation_id = $1 AND crisp_session_id = $2 AND crisp_fingerprint = ANY($3::bigint[])',
          [conversationId, sessionId, fingerprints, mark],
        );
      }
    },
  };
}

async function toBeMarked({ dataSource }: DeskParts, { conversationId, sessionId }: MarkTask): Promise<Shown> {
  const rows: { crisp_fingerprint: string; status: string; crisp_marked: string | null }[] = await dataSource.query(
    `SELECT crisp_fingerprint, status, crisp_marked FROM transcript_lines
     WHERE conversation_id = $1 AND crisp_session_id = $2 AND author->>'kind' = 'agent' AND status IN ('delivered', 'seen')
       AND line_status_rank(crisp_marked) < line_status_rank(status)
     ORDER BY position DESC LIMIT 200`,
    [conversationId, sessionId],
  );
  const fingerprints = (some: typeof rows) => some.map((row) => Number(row.crisp_fingerprint));
  return {
    delivered: fingerprints(rows.filter((row) => row.crisp_marked === null)),
    seen: fingerprints(rows.filter((row) => row.status === 'seen')),
  };
}
