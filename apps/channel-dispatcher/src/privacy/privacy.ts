import type { Erase, Erased, Found, PersonKnownBy, Subjects } from '@baton/passes';
import { ERASED_ADDRESS, HELD_OF_CONVERSATIONS, stillPast } from '@baton/persistence/retention';
import type { SettingsStore } from '@baton/settings';
import type { DataSource, EntityManager } from 'typeorm';

/** With words, names, or what leads to them. $1: the conversation. */
const GONE = [
  'DELETE FROM log WHERE conversation_id = $1',
  'DELETE FROM held_deliveries WHERE conversation_id = $1',
  'DELETE FROM hosted_files WHERE conversation_id = $1',
  'DELETE FROM messenger_parts WHERE conversation_id = $1',
  'DELETE FROM messenger_messages WHERE conversation_id = $1',
  'DELETE FROM messenger_elsewhere WHERE conversation_id = $1',
  'DELETE FROM messenger_threads WHERE conversation_id = $1',
  `DELETE FROM effect_lanes WHERE lane = $1::text OR lane IN (SELECT lane FROM effects WHERE payload ->> 'conversationId' = $1::text)`,
  `DELETE FROM effects WHERE lane = $1::text OR payload ->> 'conversationId' = $1::text`,
];

const STILL_PAST = stillPast(HELD_OF_CONVERSATIONS.shown);

/** Of the files of a conversation all but their bytes. */
const FILES = `SELECT id, state, name, content_type AS "contentType", size, source_url AS "sourceUrl", created_at AS "at",
  encode(content, 'base64') AS base64 FROM hosted_files WHERE conversation_id = $1 ORDER BY created_at`;

/** The visitors' logs and files of one person of a workspace. */
export class Privacy {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: Pick<SettingsStore, 'botIdsOf'>,
  ) {}

  /** Which conversations are his the orchestrator knows. */
  find(_workspaceId: string, _person: PersonKnownBy): Promise<Found> {
    return Promise.resolve({ conversations: [], sessions: [] });
  }

  async export(workspaceId: string, { conversationIds }: Subjects): Promise<object> {
    const rows: { id: string; about: object }[] = await this.dataSource.query(
      `SELECT id, jsonb_build_object('conversationId', id, 'botId', bot_id, 'channel', channel, 'address', address) AS about
       FROM conversations WHERE id = ANY($1::uuid[]) AND bot_id = ANY($2)`,
      [conversationIds, this.settings.botIdsOf(workspaceId)],
    );
    const conversations = rows.map(async ({ id, about }) => {
      const [log, files, profile] = await Promise.all([
        this.dataSource.query('SELECT seq, kind, at, author, frame FROM log WHERE conversation_id = $1 ORDER BY seq', [id]),
        this.dataSource.query(FILES, [id]),
        this.dataSource.query('SELECT profile_name AS name, came_by AS "cameBy" FROM messenger_threads WHERE conversation_id = $1', [id]),
      ]);
      return { ...about, log, files, profile };
    });
    return { conversations: await Promise.all(conversations) };
  }

  /**
   * Each conversation in one transaction under its row's lock; its numbering goes on when its visitor comes back.
   * @param only those in which nothing was said since `at`, when that is why they are erased
   */
  async erase(workspaceId: string, { conversationIds, numbering, at }: Erase, only?: 'past'): Promise<Erased> {
    const bots = this.settings.botIdsOf(workspaceId);
    let rows = 0;
    for (const id of conversationIds) {
      const { deliverySequence = 0, epoch = 0 } = numbering.find(({ conversationId }) => conversationId === id) ?? {};
      rows += await this.dataSource.transaction((manager) => eraseOne(manager, { id, bots, deliverySequence, epoch, at, only }));
    }
    return { rows, crisp: [], numbering: [] };
  }
}

/** What was on its way, and has a number already, is skipped as if it had been shown; what a channel tells late of before is passed over. */
async function eraseOne(
  manager: EntityManager,
  o: {
    readonly id: string;
    readonly bots: readonly string[];
    readonly deliverySequence: number;
    readonly epoch: number;
    readonly at: string;
    readonly only: 'past' | undefined;
  },
): Promise<number> {
  const known: unknown[] = await manager.query('SELECT 1 FROM conversations WHERE id = $1 AND bot_id = ANY($2) FOR UPDATE', [o.id, o.bots]);
  if (known.length === 0) return 0;
  if (o.only && ((await manager.query(STILL_PAST, [o.bots, o.at, o.id])) as unknown[]).length === 0) return 0;
  let rows = 0;
  for (const statement of GONE) rows += ((await manager.query(statement, [o.id])) as [unknown, number])[1];
  await manager.query(
    `UPDATE conversations SET address = $2, floor = 'bot', agent = NULL, missing = DEFAULT, held = 0, erased_up_to = next_seq - 1,
       next_delivery_sequence = greatest(next_delivery_sequence, $3::integer + 1), epoch = greatest(epoch, $4::integer),
       erased_at = greatest(erased_at, $5::timestamptz) WHERE id = $1`,
    [o.id, ERASED_ADDRESS, o.deliverySequence, o.epoch, o.at],
  );
  return rows + 1;
}
