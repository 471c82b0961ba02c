import { ERASED_ADDRESS } from '@baton/persistence/retention';
import type { DataSource, EntityManager } from 'typeorm';
import { freshConversation } from '../floor/conversation.js';
import type { Conversation } from '../floor/conversation.js';
import { isOfBefore } from '../privacy/erased-conversation.js';
import type { Case } from './case.js';
import type { DeskEvent, KnownMessage, StateSetByUs } from './desk-events.js';
import { prepared } from './statements.js';

interface ConversationRow {
  readonly id: string;
  readonly bot_id: string;
  readonly channel: Conversation['channel'];
  readonly address: string;
  readonly state: Partial<Conversation>;
  readonly follows: boolean | null;
}

// In the order of ids, as everybody who locks several: two batches can never wait for each other.
const lockRows = prepared<ConversationRow>(
  'lock-conversations',
  `SELECT id, bot_id, channel, address, state,
     xmin = judged_by AND updated_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS follows
   FROM conversations WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
);

/** Conversations whose rows are locked. */
export class LockedConversations extends Map<string, Conversation> {
  /** Those that stand as the last judgement noted here left them, today. */
  readonly following = new Set<string>();
}

const beginRows = prepared<never>(
  'begin-conversations',
  `INSERT INTO conversations (id, bot_id, channel, address, floor, epoch, state)
   SELECT id, bot_id, channel, address, 'bot', 0, state FROM json_to_recordset($1::json) AS n(id uuid, bot_id text, channel text, address text, state jsonb)
   ORDER BY id ON CONFLICT (id) DO NOTHING`,
);

/**
 * Locks the rows of these cases' conversations until the transaction ends and returns what is in them. A conversation
 * that is met for the first time is made; one that is unknown and has no beginning is absent from the answer.
 */
export async function lockConversations(
  manager: EntityManager,
  cases: readonly (Pick<Case, 'conversationId' | 'begins'> & Partial<Pick<Case, 'matter'>>)[],
): Promise<LockedConversations> {
  const ids = [...new Set(cases.map((one) => one.conversationId))].sort();
  const locked = new LockedConversations();
  const take = async (wanted: readonly string[]) => {
    for (const row of await lockRows(manager, [wanted])) {
      locked.set(row.id, conversationOf(row));
      if (row.follows) locked.following.add(row.id);
    }
  };
  await take(ids);
  for (const { conversationId, begins, matter } of cases) {
    const erased = locked.get(conversationId);
    if (!begins || erased?.address !== ERASED_ADDRESS || begins.address === ERASED_ADDRESS) continue;
    if (!isOfBefore(erased, matter && timeOf(matter))) await comeBack(manager, locked, { ...erased, address: begins.address });
  }
  const beginnings = new Map(
    cases.flatMap(({ conversationId, begins }) => (begins && !locked.has(conversationId) ? [[conversationId, begins] as const] : [])),
  );
  if (beginnings.size > 0) {
    const rows = [...beginnings].map(([id, { botId, channel, address }]) => ({ id, bot_id: botId, channel, address, state: {} }));
    await beginRows(manager, [JSON.stringify(rows)]);
    await take([...beginnings.keys()].sort());
  }
  return locked;
}

/** When it happened (ms), where it says so. */
function timeOf(matter: Case['matter']): number | undefined {
  return matter.about !== 'desk' && 'at' in matter.fact ? matter.fact.at : undefined;
}

const bringAddress = prepared<never>(
  'bring-address',
  `UPDATE conversations SET address = $2::text, state = state || jsonb_build_object('address', $2::text) WHERE id = $1::uuid`,
);

/** The visitor of an erased conversation is there again, with his address. */
async function comeBack(manager: EntityManager, locked: LockedConversations, back: Conversation): Promise<void> {
  await bringAddress(manager, [back.id, back.address]);
  locked.following.delete(back.id);
  locked.set(back.id, back);
}

/** Fields that a newer version knows and the row does not yet are as in a fresh conversation. */
function conversationOf({ id, bot_id: botId, channel, address, state }: Omit<ConversationRow, 'follows'>): Conversation {
  return { ...freshConversation({ id, botId, channel, address }), ...state };
}

/** A conversation as it stands, without a lock: only to be shown. */
export async function readConversation(dataSource: DataSource, id: string): Promise<Conversation | null> {
  return (await readConversations(dataSource, [id])).get(id) ?? null;
}

/** As {@link readConversation}; those that do not exist are absent from the answer. */
export async function readConversations(dataSource: DataSource, ids: readonly string[]): Promise<Map<string, Conversation>> {
  const rows: Omit<ConversationRow, 'follows'>[] = await dataSource.query(
    'SELECT id, bot_id, channel, address, state FROM conversations WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, conversationOf(row)]));
}

interface KnownRow {
  readonly conversation_id: string;
  readonly fingerprint: string;
  readonly ours: boolean;
  readonly message_id: string | null;
  readonly pending: KnownMessage['pending'];
  readonly content_at: string;
  readonly removed: boolean;
}

const readKnown = prepared<KnownRow>(
  'known-crisp-messages',
  `SELECT m.conversation_id, m.fingerprint, m.ours, m.message_id, m.pending, m.content_at, m.removed
   FROM unnest($1::uuid[], $2::bigint[]) AS asked(conversation_id, fingerprint)
   JOIN crisp_messages m USING (conversation_id, fingerprint)`,
);

const readStatesSet = prepared<{ session_id: string; state: string; from: string; until: string }>(
  'states-set-by-us',
  `SELECT session_id, state_set AS state, extract(epoch FROM state_set_from) * 1000 AS from, extract(epoch FROM state_set_until) * 1000 AS until
   FROM crisp_sessions WHERE session_id = ANY($1::text[]) AND state_set IS NOT NULL AND state_set_until IS NOT NULL`,
);

/** What is known of the messages and sessions that the cases speak of; read under the lock, and kept up to date by the batch itself. */
export class DeskKnowledge {
  private readonly messages = new Map<string, KnownMessage>();
  private readonly states = new Map<string, StateSetByUs>();

  static async read(manager: EntityManager, cases: readonly Case[]): Promise<DeskKnowledge> {
    const knowledge = new DeskKnowledge();
    const conversationIds: string[] = [];
    const fingerprints: string[] = [];
    const sessions = new Set<string>();
    for (const { conversationId, matter } of cases) {
      if (matter.about !== 'desk') continue;
      if ('fingerprint' in matter.event) {
        conversationIds.push(conversationId);
        fingerprints.push(matter.event.fingerprint);
      } else if (matter.event.kind === 'state') sessions.add(matter.event.sessionId);
    }
    const [known, states] = await Promise.all([
      fingerprints.length > 0 ? readKnown(manager, [conversationIds, fingerprints]) : [],
      sessions.size > 0 ? readStatesSet(manager, [[...sessions]]) : [],
    ]);
    for (const { conversation_id, fingerprint, ours, message_id: messageId, pending, content_at, removed } of known) {
      knowledge.learn(conversation_id, fingerprint, { ours, messageId, pending, contentAt: Number(content_at), removed });
    }
    for (const { session_id, state, from, until } of states) {
      knowledge.states.set(session_id, { state, from: Number(from), until: Number(until) });
    }
    return knowledge;
  }

  learn(conversationId: string, fingerprint: string, known: KnownMessage): void {
    this.messages.set(`${conversationId} ${fingerprint}`, known);
  }

  of(conversationId: string, event: DeskEvent): { known: KnownMessage | undefined; setByUs: StateSetByUs | undefined } {
    return {
      known: 'fingerprint' in event ? this.messages.get(`${conversationId} ${event.fingerprint}`) : undefined,
      setByUs: this.states.get(event.sessionId),
    };
  }
}
