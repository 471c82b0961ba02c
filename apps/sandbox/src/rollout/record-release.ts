import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { KNOWLEDGE_SCHEMA, knowledgeMigrations } from '@baton/knowledge';
import { digestOf, type MigrationClass, readMigration, type ReleasedSchema, shapeOf } from '@baton/persistence/upgrades';
import { freshDatabase, freshKnowledgeDatabase, startLocalServices } from '@baton/testing';
import { REPOSITORY } from '../platform/platform.js';
import { commitOf } from './build.js';
import { releases } from './previous-release.js';
import { refusalOf } from './refusal.js';
import { setVersion } from './versions.js';

/** Where each built service keeps the list of its migrations. A built service is read here as it is run elsewhere: by its files. */
const SERVICES = [
  { schema: 'orchestrator', list: 'apps/escalation-orchestrator/dist/schema/index.js' },
  { schema: 'dispatcher', list: 'apps/channel-dispatcher/dist/database/index.js' },
  { schema: 'ai_auto_reply', list: 'apps/ai-auto-reply/dist/database/index.js' },
  { schema: 'control_plane', list: 'apps/control-plane/dist/database/migrations.js' },
] as const;

export interface RecordRelease {
  /** By default the version that this tree says it is. */
  readonly version?: string | undefined;
  /** Writes anew what is there already: a version that has no tag yet. */
  readonly again: boolean;
  readonly say: (line: string) => void;
}

/** It would not be right to write it. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * Writes the version wherever it is said, and `docs/releases/<version>`: the tables of every service and the schemas of all events, as this
 * tree has them. From then on both are what the next release is held to.
 * @returns the folder
 * @throws Refused when that version was written already, or comes before the newest
 */
export async function recordRelease({ version: wanted, again, say }: RecordRelease): Promise<string> {
  const here = JSON.parse(await readFile(path.join(REPOSITORY, 'package.json'), 'utf8')) as { version: string };
  const version = wanted ?? here.version;
  const isTagged = (await commitOf(REPOSITORY, `v${version}`)) !== undefined;
  const refusal = refusalOf({ version, again, isTagged, kept: await releases(REPOSITORY) });
  if (refusal !== undefined) throw new Refused(refusal);
  const folder = path.join(REPOSITORY, 'docs/releases', version);
  const local = await startLocalServices({ onProgress: say });
  const schemas: Record<string, ReleasedSchema> = {};
  try {
    const database = await freshDatabase(local.databaseUrl, 'release');
    try {
      for (const { schema, list } of SERVICES) {
        const { migrations } = (await import(pathToFileURL(path.join(REPOSITORY, list)).href)) as { migrations: MigrationClass[] };
        schemas[schema] = await released(migrations, database.url, schema);
      }
    } finally {
      await database.drop();
    }
    const knowledge = freshKnowledgeDatabase(local.knowledgeUrl, 'release');
    schemas[KNOWLEDGE_SCHEMA] = await released(knowledgeMigrations, knowledge.url, knowledge.schema).finally(() => knowledge.drop());
  } finally {
    await local.stop();
  }
  await setVersion(REPOSITORY, version);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'tables.json'), `${JSON.stringify({ version, schemas }, null, 1)}\n`);
  await cp(path.join(REPOSITORY, 'docs/contracts'), path.join(folder, 'contracts'), {
    recursive: true,
    filter: (file) => !file.endsWith('asyncapi.json'),
  });
  return folder;
}

async function released(migrations: readonly MigrationClass[], url: string, schema: string): Promise<ReleasedSchema> {
  const read = await Promise.all(migrations.map(readMigration));
  return {
    migrations: Object.fromEntries(read.map((migration) => [migration.name, digestOf(migration)])),
    shape: await shapeOf(url, { schema, migrations }),
  };
}
