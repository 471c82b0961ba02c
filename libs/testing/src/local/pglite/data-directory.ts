import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '../files.js';
import { isAlive } from '../is-alive.js';
import { cacheDirectory } from '../maven.js';

/**
 * The files of a database, for this process alone. A new one is copied from a template that is made once per version: making one
 * takes seconds, copying it a moment.
 * @throws Error when another process uses the directory
 */
export async function claimData(directory: string, makeDatabase: (data: string) => Promise<void>): Promise<string> {
  await claim(path.join(directory, 'owner'));
  const data = path.join(directory, 'data');
  // Who was killed while he copied left half a database.
  const whole = path.join(directory, 'whole');
  if (!(await exists(whole))) {
    await rm(data, { recursive: true, force: true });
    await cp(await template(makeDatabase), data, { recursive: true });
    await writeFile(whole, '');
  }
  return data;
}

/** Two processes in one database would destroy it. */
async function claim(file: string): Promise<void> {
  const owner = Number(await readFile(file, 'utf8').catch(() => ''));
  if (owner > 0 && owner !== process.pid && isAlive(owner))
    throw new Error(`The knowledge database in ${path.dirname(file)} is used by process ${owner}; if that is none, delete ${file}.`);
  await rm(file, { force: true });
  // Fails for the slower one when two come at the same time.
  const handle = await open(file, 'wx');
  await handle.writeFile(String(process.pid));
  await handle.close();
}

async function template(makeDatabase: (data: string) => Promise<void>): Promise<string> {
  const cache = cacheDirectory();
  const directory = path.join(cache, `knowledge-${await version()}`);
  if (await exists(directory)) return directory;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, 'making-'));
  try {
    const made = path.join(work, 'data');
    await makeDatabase(made);
    await rename(made, directory).catch(async (error: unknown) => {
      // Somebody else was faster.
      if (!(await exists(directory))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return directory;
}

/** Of what makes the files: the database, its extensions and the program that sets it up. */
async function version(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['@electric-sql/pglite', '@electric-sql/pglite-pgvector'])
    hash.update(await readFile(new URL('../package.json', import.meta.resolve(name))));
  hash.update(await readFile(new URL('main.js', import.meta.url)));
  return hash.digest('hex').slice(0, 12);
}
