import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SchemaShape } from './schema-shape.js';

/** `docs/releases` of this repository; the same from the sources and from what is built. */
export const RELEASES_DIRECTORY = fileURLToPath(new URL('../../../../docs/releases', import.meta.url));

/** The tables of a release, as `docs/releases/<version>/tables.json` keeps them. */
export interface ReleasedTables {
  readonly version: string;
  /** Of each schema: what it looked like, and which migrations had made it. */
  readonly schemas: Readonly<Record<string, ReleasedSchema>>;
}

export interface ReleasedSchema {
  /** Name → digest of its statements: what has run somewhere is not changed any more. */
  readonly migrations: Readonly<Record<string, string>>;
  readonly shape: SchemaShape;
}

/** Released versions, oldest first. */
export async function releasedVersions(directory = RELEASES_DIRECTORY): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => /^\d+\.\d+\.\d+$/.test(name)).sort(compareVersions);
}

/**
 * The tables of the newest release: the one whose services are at work while the next one's migrations run.
 * @throws Error when nothing was released, for then there is nothing to compare with
 */
export async function previousTables(directory = RELEASES_DIRECTORY): Promise<ReleasedTables> {
  const version = (await releasedVersions(directory)).at(-1);
  if (version === undefined) throw new Error(`no release is kept in ${directory}: npm run record-release writes one`);
  return JSON.parse(await readFile(path.join(directory, version, 'tables.json'), 'utf8')) as ReleasedTables;
}

/** Below zero when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) if (left![i] !== right![i]) return left![i]! - right![i]!;
  return 0;
}
