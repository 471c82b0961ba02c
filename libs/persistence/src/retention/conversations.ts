import type { RetentionSchema } from './limit.js';

/** What a service holds of conversations that a workspace keeps for so many days after the last word. */
export interface HeldOfConversations {
  readonly schema: RetentionSchema;
  readonly table: string;
  /** SQL of what is looked through, where that is more than the table. */
  readonly from?: string;
  readonly what: string;
  /** SQL: what names a row. */
  readonly id: string;
  /** SQL: whose it is; `$1` are the ids of a workspace's bots (text[]), or the workspace's id (text). */
  readonly whose: string;
  readonly by: 'bots' | 'workspace';
  /** SQL: which rows are past; `$2` is the moment (timestamptz) before which they are. */
  readonly past: string;
  /** The same of a bot that was taken away, where it is less: nobody is left to end what was open. */
  readonly pastOfFormer?: string;
  /** SQL: the moment of the last word. */
  readonly since: string;
}

/** In the place of the address of a conversation that was erased: who it was nobody knows; whoever comes back brings his own. */
export const ERASED_ADDRESS = 'erased';
const IS_ERASED = `address = '${ERASED_ADDRESS}'`;
const LAST_WORD = `coalesce((SELECT max(l.at) FROM log l WHERE l.conversation_id = c.id), c.left_at,
  (SELECT t.last_user_action_at FROM messenger_threads t WHERE t.conversation_id = c.id))`;

/** SQL: of a session that was erased something is held when its visitor came back. */
export const SESSION_IS_HELD = `(session ->> 'erasedAt' IS NULL OR jsonb_array_length(session -> 'lines') > 0)`;

/** Conversations that one look of a job erases at most. */
export const ERASED_AT_ONCE = 200;

/**
 * Which conversations each service erases when their workspace does not keep them any longer. An agent's, and whose visitor is there, stay;
 * with a bot that was taken away no agent's ever ends, and so none stays.
 */
export const HELD_OF_CONVERSATIONS = {
  conversations: {
    ...{ schema: 'orchestrator', table: 'conversations', what: 'conversations', id: 'id' },
    ...{ whose: 'bot_id = ANY($1)', by: 'bots', past: `floor = 'bot' AND updated_at < $2 AND NOT ${IS_ERASED}`, since: 'updated_at' },
    pastOfFormer: `updated_at < $2 AND NOT ${IS_ERASED}`,
  },
  shown: {
    ...{ schema: 'dispatcher', table: 'conversations', from: 'conversations c', what: 'conversations with their lines', id: 'c.id' },
    ...{ whose: 'c.bot_id = ANY($1)', by: 'bots', past: `NOT c.${IS_ERASED} AND NOT c.present AND ${LAST_WORD} < $2`, since: LAST_WORD },
  },
  talks: {
    ...{ schema: 'ai_auto_reply', table: 'talks', what: 'conversations of the assistant', id: 'conversation_id' },
    ...{ whose: 'bot_id = ANY($1)', by: 'bots', past: `updated_at < $2 AND due_at IS NULL AND state ? 'lines'`, since: 'updated_at' },
  },
  sessions: {
    ...{ schema: 'ai_auto_reply', table: 'inbox_sessions', what: "sessions of Crisp's chat box", id: 'session_id' },
    ...{ whose: 'workspace_id = $1', by: 'workspace', since: 'touched_at' },
    past: `touched_at < $2 AND ${SESSION_IS_HELD}`,
  },
  receipts: {
    ...{ schema: 'ai_auto_reply', table: 'receipts', what: 'answers with what they rest on', id: 'answer_id' },
    ...{ whose: 'workspace_id = $1', by: 'workspace', past: 'at < $2', since: 'at' },
  },
} as const satisfies Record<string, HeldOfConversations>;

/** Some of what is past: a statement with `id`, of whom (`$1`) and before when (`$2`). */
export function pastOf({ table, from = table, id, whose, past }: HeldOfConversations): string {
  return `SELECT ${id} AS id FROM ${from} WHERE ${whose} AND ${past} LIMIT ${ERASED_AT_ONCE}`;
}

/** Whether one (`$3`) is past still: asked once its row is locked, for its visitor may have come back since it was looked for. */
export function stillPast({ table, from = table, id, whose, past }: HeldOfConversations): string {
  return `SELECT 1 FROM ${from} WHERE ${id} = $3 AND ${whose} AND ${past}`;
}

/** What is held of the bots that were taken away. */
export function ofFormer(held: HeldOfConversations): HeldOfConversations {
  return { ...held, past: held.pastOfFormer ?? held.past };
}
