import { FORGET_EVERY_MS, HELD_OF_CONVERSATIONS, ofFormer } from '@baton/persistence/retention';
import type { HeldOfConversations } from '@baton/persistence/retention';
import type { Database } from './databases.js';
import type { WorkspaceFacts } from './judge-rows.js';

const DAY_MS = 86_400_000;

interface Workspace {
  readonly workspaceId: string;
  readonly days: number;
  readonly bots: readonly string[];
  /** Those that were taken away. */
  readonly formerBots: readonly string[];
}

const WORKSPACES = `
  SELECT w.workspace_id AS "workspaceId", (w.body #>> '{retention,conversationDays}')::int AS days,
    coalesce(array_agg(b.id) FILTER (WHERE b.body IS NOT NULL), '{}') AS bots,
    coalesce(array_agg(b.id) FILTER (WHERE b.id IS NOT NULL AND b.body IS NULL), '{}') AS "formerBots"
  FROM documents w LEFT JOIN documents b ON b.kind = 'bot' AND b.workspace_id = w.workspace_id
  WHERE w.kind = 'workspace' AND w.body #>> '{retention,conversationDays}' IS NOT NULL
  GROUP BY 1, 2 ORDER BY 1`;

/** What is held of conversations of each workspace that limits how long. @param settings the one with the control plane's tables */
export async function lookAtConversations(settings: Database, databases: readonly Database[], now: Date): Promise<WorkspaceFacts[]> {
  const workspaces = await settings.query<Workspace>('control_plane', WORKSPACES, []);
  const found: WorkspaceFacts[] = [];
  for (const workspace of workspaces) {
    const held: WorkspaceFacts['held'][number][] = [];
    for (const of of Object.values(HELD_OF_CONVERSATIONS) as HeldOfConversations[])
      for (const database of databases.filter(({ schemas }) => schemas.includes(of.schema)))
        held.push(await heldBy(database, of, workspace, now));
    found.push({ workspaceId: workspace.workspaceId, days: workspace.days, held });
  }
  return found;
}

async function heldBy(database: Database, of: HeldOfConversations, { workspaceId, days, bots, formerBots }: Workspace, now: Date) {
  const before = new Date(now.getTime() - days * DAY_MS - FORGET_EVERY_MS);
  const look = async ({ schema, table, from = table, whose, past, since }: HeldOfConversations, who: unknown) => {
    const sql = `SELECT count(*)::int AS rows, min(${since}) AS oldest FROM ${from} WHERE ${whose} AND ${past}`;
    return (await database.query<{ rows: number; oldest: Date | null }>(schema, sql, [who, before]))[0]!;
  };
  const looked = of.by === 'workspace' ? [await look(of, workspaceId)] : [await look(of, bots), await look(ofFormer(of), formerBots)];
  const oldest = looked.flatMap((one) => one.oldest ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
  return { of, past: looked.reduce((sum, { rows }) => sum + rows, 0), oldest: oldest ?? null };
}
