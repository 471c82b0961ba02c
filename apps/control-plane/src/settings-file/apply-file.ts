import { createHmac } from 'node:crypto';
import type { Author } from '@baton/control-api';
import { isSameSetting, settingIdOf } from '@baton/settings';
import type { SecretKeys, Setting } from '@baton/settings';
import type { DataSource } from 'typeorm';
import type { Documents } from '../documents/documents.js';
import { toDocument, toSetting } from '../documents/to-setting.js';
import type { SettingsFile } from './file-schema.js';
import { toSettings } from './to-settings.js';

const BY: Author = { kind: 'settings-file', name: 'the settings file' };

/**
 * Takes the settings file over into the documents, entry by entry: one whose words are other ones than last time is written, one that left
 * the file is taken away. What was changed in between over the API stays where the file did not change.
 * @returns how many documents have a new version
 */
export async function applyFile(
  file: SettingsFile,
  o: { readonly documents: Documents; readonly dataSource: DataSource; readonly keys: Required<SecretKeys>; readonly now: Date },
): Promise<number> {
  const known: { kind: string; id: string; hash: string }[] = await o.dataSource.query('SELECT kind, id, hash FROM file_entries');
  const hashes = new Map(known.map(({ kind, id, hash }) => [`${kind} ${id}`, hash]));
  let changed = 0;
  const seen = new Set<string>();
  for (const [setting, hash] of entriesOf(file, o.keys)) {
    const { kind, id, workspaceId, body } = toDocument(setting);
    const name = `${kind} ${id}`;
    seen.add(name);
    if (hashes.get(name) === hash) continue;
    await o.documents.change({ kind, id, by: BY, at: o.now }, async (before, manager) => {
      await manager.query(
        'INSERT INTO file_entries (kind, id, hash) VALUES ($1, $2, $3) ON CONFLICT (kind, id) DO UPDATE SET hash = excluded.hash',
        [kind, id, hash],
      );
      const was = before && toSetting(before);
      if (was && isSameSetting(settingIdOf(setting), was, setting, o.keys)) return undefined;
      changed += 1;
      return { workspaceId, body, cause: 'applied' };
    });
  }
  for (const { kind, id } of known) {
    if (seen.has(`${kind} ${id}`)) continue;
    await o.documents.change({ kind: kind as 'bot', id, by: BY, at: o.now }, async (before, manager) => {
      await manager.query('DELETE FROM file_entries WHERE kind = $1 AND id = $2', [kind, id]);
      if (!before?.body) return undefined;
      changed += 1;
      return { workspaceId: before.workspaceId, body: null, cause: 'deleted' };
    });
  }
  return changed;
}

/** The settings of the file, each with a hash of its words: keyed, for there are secrets among them. */
function entriesOf(file: SettingsFile, keys: Required<SecretKeys>): [Setting, string][] {
  const words = [...file.bots, ...file.crispPlugins, ...file.workspaces];
  return toSettings(file, keys).map((setting, i) => [
    setting,
    createHmac('sha256', keys.webhooks).update(JSON.stringify(words[i])).digest('base64'),
  ]);
}
