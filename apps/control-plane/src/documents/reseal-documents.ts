import type { Author } from '@baton/control-api';
import { resealed, sealedIn, withStrings } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { DataSource, EntityManager } from 'typeorm';
import type { Documents, Kind } from './documents.js';

const BY: Author = { kind: 'baton', name: 'Baton' };

export interface ResealOptions {
  readonly dataSource: DataSource;
  readonly documents: Documents;
  readonly keys: Required<SecretKeys>;
  readonly log: Logger;
}

interface Row {
  readonly place: string;
  readonly body: object;
}

/**
 * After a new key was put first: seals with it everything that an older one sealed, in the documents, all their versions, and what the
 * settings file said last. A document whose secrets got a new form has a new version, which says so; who is changing it at the moment
 * loads it again.
 * @returns how many documents have a new version
 */
export async function resealDocuments({ dataSource, documents, keys, log }: ResealOptions): Promise<number> {
  const all: { kind: Kind; id: string }[] = await dataSource.query('SELECT kind, id FROM documents ORDER BY kind, id');
  let changed = 0;
  for (const { kind, id } of all) {
    await documents.change({ kind, id, by: BY, at: new Date() }, async (before, manager) => {
      const rows = await rowsOf(manager, kind, id);
      const anew = resealed(`${kind}:${id}`, [before?.body, ...rows.map(({ body }) => body)], keys);
      if (anew.size === 0) return undefined;
      const replace = <T>(value: T): T => withStrings(value, (text) => anew.get(text) ?? text);
      for (const { place, body } of rows) await write(manager, kind, id, place, replace(body));
      if (!before?.body) return undefined;
      if (!sealedIn(before.body).some((sealed) => anew.has(sealed))) return undefined;
      changed += 1;
      return { workspaceId: before.workspaceId, body: replace(before.body), cause: 'resealed' };
    });
  }
  if (changed > 0) log.info({ documents: changed, of: all.length }, 'secrets were sealed with the new key');
  return changed;
}

/** All versions, and the entry of the settings file, which has the place `file`. */
function rowsOf(manager: EntityManager, kind: Kind, id: string): Promise<Row[]> {
  return manager.query(
    `SELECT version::text AS place, body FROM document_versions WHERE kind = $1 AND id = $2 AND body IS NOT NULL
     UNION ALL SELECT 'file', body FROM file_entries WHERE kind = $1 AND id = $2 AND body IS NOT NULL`,
    [kind, id],
  );
}

async function write(manager: EntityManager, kind: Kind, id: string, place: string, body: object): Promise<void> {
  const json = JSON.stringify(body);
  if (place === 'file') await manager.query('UPDATE file_entries SET body = $3 WHERE kind = $1 AND id = $2', [kind, id, json]);
  else await manager.query('UPDATE document_versions SET body = $4 WHERE kind = $1 AND id = $2 AND version = $3', [kind, id, place, json]);
}
