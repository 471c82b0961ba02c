import { isDeepStrictEqual } from 'node:util';
import { BotSettingsSchema, CrispPluginSettingsSchema, WorkspaceSettingsSchema } from '@baton/contracts';
import type { Author } from '@baton/control-api';
import { keepSealed, settingIdOf } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import type { DataSource, EntityManager } from 'typeorm';
import type { z } from 'zod';
import { differencesOf, withDifferences } from '../documents/difference.js';
import type { Json } from '../documents/difference.js';
import type { Bodies, Documents, Kind } from '../documents/documents.js';
import { toDocument } from '../documents/to-setting.js';
import type { SettingsFile } from './file-schema.js';
import { toSettings } from './to-settings.js';

const BY: Author = { kind: 'settings-file', name: 'the settings file' };

type FileKind = Exclude<Kind, 'kill-switch'>;
const SCHEMAS: Readonly<Record<FileKind, z.ZodType<Bodies[FileKind]>>> = {
  bot: BotSettingsSchema,
  workspace: WorkspaceSettingsSchema,
  'crisp-plugin': CrispPluginSettingsSchema,
};

/**
 * Takes the settings file over into the documents: what is another one in it than last time is changed, an entry that left it is taken
 * away. What was changed in between over the API stays where the file did not change; where both did, the file wins.
 * Each entry is one transaction: whoever is stopped in between goes on where he was. A bot stays its workspace's for good.
 * @returns how many documents have a new version
 */
export async function applyFile(
  file: SettingsFile,
  o: {
    readonly documents: Documents;
    readonly dataSource: DataSource;
    readonly keys: Required<SecretKeys>;
    readonly now: Date;
    /** Told in a sentence of each entry that is not taken. */
    readonly refused: (sentence: string) => void;
  },
): Promise<number> {
  let changed = 0;
  const seen = new Set<string>();
  for (const setting of toSettings(file, o.keys)) {
    const { kind, id, workspaceId, body } = toDocument(setting) as ReturnType<typeof toDocument> & { kind: FileKind };
    seen.add(`${kind} ${id}`);
    await o.documents.change({ kind, id, by: BY, at: o.now }, async (before, manager) => {
      // With its name a bot would bring what was said with it, also when it was taken away there.
      if (kind === 'bot' && before && before.workspaceId !== workspaceId) {
        o.refused(`the bot "${id}" is or was one of another workspace than "${workspaceId}": give it another botId`);
        return undefined;
      }
      const last = await entryOf(manager, kind, id);
      const says = asJson(keepSealed(settingIdOf(setting), [last, before?.body], body, o.keys));
      if (last !== undefined && isDeepStrictEqual(last, says)) return undefined;
      await manager.query(WRITE_ENTRY, [kind, id, JSON.stringify(says)]);
      const next = merged(SCHEMAS[kind], { last, says, now: asJson(before?.body ?? null) });
      if (before?.body && before.workspaceId === workspaceId && isDeepStrictEqual(asJson(before.body), asJson(next))) return undefined;
      changed += 1;
      return { workspaceId, body: next, cause: 'applied' };
    });
  }
  const known: { kind: FileKind; id: string }[] = await o.dataSource.query('SELECT kind, id FROM file_entries ORDER BY kind, id');
  for (const { kind, id } of known) {
    if (seen.has(`${kind} ${id}`)) continue;
    await o.documents.change({ kind, id, by: BY, at: o.now }, async (before, manager) => {
      await manager.query('DELETE FROM file_entries WHERE kind = $1 AND id = $2', [kind, id]);
      if (!before?.body) return undefined;
      changed += 1;
      return { workspaceId: before.workspaceId, body: null, cause: 'deleted' };
    });
  }
  return changed;
}

/** What the file changed since it was last taken over, done to what holds now; the file's own words where that gives nothing that may be. */
export function merged<B>(
  schema: z.ZodType<B>,
  { last, says, now }: { readonly last: Json | undefined; readonly says: Json; readonly now: Json },
): B {
  if (last !== undefined && now !== null) {
    const both = schema.safeParse(withDifferences(now, differencesOf(last, says)));
    if (both.success) return both.data;
  }
  return schema.parse(says);
}

const WRITE_ENTRY =
  'INSERT INTO file_entries (kind, id, body) VALUES ($1, $2, $3) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body';

async function entryOf(manager: EntityManager, kind: Kind, id: string): Promise<Json | undefined> {
  const [entry]: { body: Json | null }[] = await manager.query('SELECT body FROM file_entries WHERE kind = $1 AND id = $2', [kind, id]);
  return entry?.body ?? undefined;
}

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
