import type { Channel } from '@baton/contracts';
import type { DataSource } from 'typeorm';
import type { DeskTask } from '../../judge/desk-plan.js';
import type { BriefedLine, Briefing, PreviousHandover } from './render-briefing.js';

/** So many of the last lines are looked at. */
const LINES = 40;

type Read = Pick<Briefing, 'channel' | 'lines' | 'lineCount' | 'previousCount' | 'previous'>;

/** What is known of the talk with the bot before this handover, and of the handovers before it. */
export async function readBriefing(dataSource: DataSource, { conversationId, handoverId }: DeskTask<'post-briefing'>): Promise<Read> {
  const [channels, lines, prior, handovers] = await Promise.all([
    dataSource.query('SELECT channel FROM conversations WHERE id = $1', [conversationId]) as Promise<{ channel: Channel }[]>,
    readLines(dataSource, conversationId, handoverId),
    dataSource.query(
      `SELECT speaker, text, count(*) OVER ()::integer AS count FROM prior_lines
       WHERE conversation_id = $1 AND speaker IN ('visitor', 'bot') ORDER BY position DESC LIMIT ${LINES}`,
      [conversationId],
    ) as Promise<CountedLine[]>,
    dataSource.query(
      `SELECT ended_at, outcome, agent_name, count(*) OVER ()::integer AS count FROM handovers
       WHERE conversation_id = $1 AND number < (SELECT number FROM handovers WHERE id = $2) ORDER BY number DESC LIMIT 1`,
      [conversationId, handoverId],
    ) as Promise<{ ended_at: Date | null; outcome: string | null; agent_name: string | null; count: number }[]>,
  ]);
  const last = handovers[0];
  // What the bot told of an earlier talk was before the first handover.
  const before = last === undefined ? prior : [];
  const previous: PreviousHandover | null = last
    ? { endedAt: last.ended_at?.getTime() ?? null, outcome: last.outcome, agentName: last.agent_name }
    : null;
  return {
    channel: channels[0]?.channel ?? 'webchat',
    lines: [...before.toReversed(), ...lines.toReversed()].slice(-LINES).map(({ speaker, text }) => ({ speaker, text })),
    lineCount: (before[0]?.count ?? 0) + (lines[0]?.count ?? 0),
    previousCount: last?.count ?? 0,
    previous,
  };
}

interface CountedLine extends BriefedLine {
  readonly count: number;
}

/** The lines of visitor and bot since the handover before this one, the newest first; what was taken back is left out. */
async function readLines(dataSource: DataSource, conversationId: string, handoverId: string): Promise<CountedLine[]> {
  return dataSource.query(
    `SELECT author->>'kind' AS speaker, coalesce(body->>'text', body->>'name', '') AS text, count(*) OVER ()::integer AS count
     FROM transcript_lines l
     WHERE conversation_id = $1 AND handover_id IS NULL AND body IS NOT NULL AND author->>'kind' IN ('visitor', 'bot')
       AND position > coalesce((SELECT max(position) FROM transcript_lines o
         WHERE o.conversation_id = l.conversation_id AND o.handover_id IS NOT NULL AND o.handover_id <> $2), 0)
     ORDER BY position DESC LIMIT ${LINES}`,
    [conversationId, handoverId],
  );
}
