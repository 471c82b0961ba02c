import type { Found, PersonKnownBy } from '@baton/passes';
import { MOST_OF_ONE } from '@baton/passes';
import { ERASED_ADDRESS } from '@baton/persistence/retention';
import type { DataSource } from 'typeorm';

/** Under these names bots tell who somebody is with them. */
const USER_ID_KEYS = ['id', 'userId', 'user_id', 'externalId', 'external_id', 'customerId', 'customer_id'];

/** $1: the value; $3: names of ids; $4: the id after which the page begins. */
const WHOSE: Readonly<Record<PersonKnownBy['by'], string>> = {
  email: `lower(c.state #>> '{userData,email}') = lower($1) OR lower(c.state #>> '{followUp,email}') = lower($1)`,
  'user-id': `EXISTS (SELECT FROM unnest($3::text[]) AS name WHERE c.state -> 'userData' ->> name = $1)`,
  conversation: 'c.id::text = lower($1)',
  messenger: `c.channel = 'messenger' AND (c.address = $1 OR split_part(c.address, ':', 2) = $1)`,
  'crisp-session': `c.id IN (SELECT conversation_id FROM crisp_sessions WHERE session_id = $1 UNION SELECT conversation_id FROM handovers WHERE crisp_session_id = $1)`,
};

/**
 * A page of the conversations of one person with these bots, by their ids; of an erased one nobody knows whose it was.
 * @param after the last id of the page before
 */
export async function findConversations(
  dataSource: DataSource,
  bots: readonly string[],
  { by, value }: PersonKnownBy,
  after?: string,
): Promise<Found['conversations']> {
  const rows: (Omit<Found['conversations'][number], 'from' | 'until'> & { from: Date; until: Date })[] = await dataSource.query(
    `SELECT c.id AS "conversationId", c.bot_id AS "botId", c.channel, c.created_at AS "from", c.updated_at AS until,
       (SELECT count(*)::integer FROM transcript_lines l WHERE l.conversation_id = c.id) AS lines,
       coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('websiteId', s.website_id, 'sessionId', s.session_id)) FROM (
         SELECT website_id, session_id FROM crisp_sessions WHERE conversation_id = c.id
         UNION SELECT website_id, crisp_session_id FROM handovers WHERE conversation_id = c.id AND crisp_session_id IS NOT NULL AND website_id IS NOT NULL
       ) s), '[]') AS "crispSessions"
     FROM conversations c
     WHERE c.bot_id = ANY($2) AND c.address <> '${ERASED_ADDRESS}' AND $3::text[] IS NOT NULL AND (${WHOSE[by]}) AND c.id::text > $4
     ORDER BY c.id::text LIMIT ${MOST_OF_ONE}`,
    [value, bots, USER_ID_KEYS, after ?? ''],
  );
  return rows.map((row) => ({ ...row, from: row.from.toISOString(), until: row.until.toISOString() }));
}
