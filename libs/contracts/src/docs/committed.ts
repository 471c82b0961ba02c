import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonSchema } from './event-schema.js';

/** `docs/contracts` of this repository; the same from the sources and from what is built. */
export const CONTRACTS_DIRECTORY = fileURLToPath(new URL('../../../../docs/contracts', import.meta.url));

/** The documents as they lie in the repository, by their names below `docs/contracts`. */
export async function committedDocuments(): Promise<Map<string, string>> {
  const files = await readdir(CONTRACTS_DIRECTORY, { recursive: true }).catch(() => []);
  const documents = new Map<string, string>();
  for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
    documents.set(file.split(path.sep).join('/'), await readFile(path.join(CONTRACTS_DIRECTORY, file), 'utf8'));
  }
  return documents;
}

/** The schemas of events among the documents. */
export function schemasIn(documents: ReadonlyMap<string, string>): Map<string, JsonSchema> {
  const schemas = [...documents].filter(([file]) => file.endsWith('.schema.json'));
  return new Map(schemas.map(([file, text]) => [file, JSON.parse(text) as JsonSchema]));
}
