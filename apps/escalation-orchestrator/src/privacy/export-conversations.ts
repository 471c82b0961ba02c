import type { DataSource } from 'typeorm';

/** Tables that hold something of a conversation, and in which order it is told. */
const TABLES = {
  lines: ['transcript_lines', 'position'],
  earlierLines: ['prior_lines', 'position'],
  handovers: ['handovers', 'number'],
  promises: ['promises', 'made_at'],
  ratings: ['ratings', 'at'],
  crispSessions: ['crisp_sessions', 'opened_at'],
  historyLinks: ['history_links', 'created_at'],
  decisions: ['decisions', 'at'],
  judged: ['judged_facts', 'position'],
} as const;

/** All that is held of these conversations of these bots. */
export async function exportConversations(dataSource: DataSource, bots: readonly string[], ids: readonly string[]): Promise<object[]> {
  const conversations: { id: string; about: object }[] = await dataSource.query(
    `SELECT id, jsonb_build_object('conversationId', id, 'botId', bot_id, 'channel', channel, 'address', address, 'beganAt', created_at,
       'lastAt', updated_at, 'userData', state -> 'userData', 'locale', state -> 'locale', 'followUp', state -> 'followUp') AS about
     FROM conversations WHERE id = ANY($1::uuid[]) AND bot_id = ANY($2) ORDER BY created_at`,
    [ids, bots],
  );
  return Promise.all(
    conversations.map(async ({ id, about }) => {
      const parts = await Promise.all(
        Object.entries(TABLES).map(async ([name, [table, order]]): Promise<[string, unknown]> => {
          const rows: { row: object }[] = await dataSource.query(
            `SELECT to_jsonb(t) - 'conversation_id' AS row FROM ${table} t WHERE conversation_id = $1 ORDER BY ${order}`,
            [id],
          );
          return [name, rows.map(({ row }) => row)];
        }),
      );
      return { ...about, ...Object.fromEntries(parts) };
    }),
  );
}
