import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonSchema } from './event-schema.js';

/** `docs/contracts` of this repository; the same from the sources and from what is built. */
export const CONTRACTS_DIRECTORY = fileURLToPath(new URL('../../../../docs/contracts', import.meta.url));

/** The documents as they lie in the repository, by their names below `docs/contracts`. */
export function committedDocuments(): Promise<Map<string, string>> {
  return documentsIn(CONTRACTS_DIRECTORY);
}

async function documentsIn(directory: string): Promise<Map<string, string>> {
  const files = await readdir(directory, { recursive: true }).catch(() => []);
  const documents = new Map<string, string>();
  for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
    documents.set(file.split(path.sep).join('/'), await readFile(path.join(directory, file), 'utf8'));
  }
  return documents;
}

const RELEASES_DIRECTORY = fileURLToPath(new URL('../../../../docs/releases', import.meta.url));

/**
 * The schemas of the newest release: of those who read and write beside this version while an upgrade goes on, and of bots in the field.
 * @throws Error when no release is kept, for then there is nothing to compare with
 */
export async function releasedSchemas(): Promise<{ version: string; schemas: Map<string, JsonSchema> }> {
  const numbers = (version: string): number[] => version.split('.').map(Number);
  const names = (await readdir(RELEASES_DIRECTORY).catch(() => [])).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
  const version = names.sort((a, b) => numbers(a).reduce((order, part, i) => order || part - numbers(b)[i]!, 0)).at(-1);
  if (version === undefined) throw new Error(`no release is kept in ${RELEASES_DIRECTORY}: npm run record-release writes one`);
  return { version, schemas: schemasIn(await documentsIn(path.join(RELEASES_DIRECTORY, version, 'contracts'))) };
}

/** The schemas of events among the documents. */
export function schemasIn(documents: ReadonlyMap<string, string>): Map<string, JsonSchema> {
  const schemas = [...documents].filter(([file]) => file.endsWith('.schema.json'));
  return new Map(schemas.map(([file, text]) => [file, JSON.parse(text) as JsonSchema]));
}
