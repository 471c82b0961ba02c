import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAlive } from './is-alive.js';
import { mayRead, postgresUser } from './postgres-binaries.js';
import type { Progress } from './restartable.js';

/** Where the servers' data lie. */
export interface Place {
  readonly directory: string;
  /** What goes away at the end. */
  readonly temporary: string[];
}

const TEMPORARY = 'baton-local-';

export async function placeFor(options: { readonly directory?: string; readonly keepData?: boolean }, isNeeded: boolean): Promise<Place> {
  if (options.directory !== undefined) {
    if (isNeeded) await mkdir(options.directory, { recursive: true });
    const directory = path.resolve(options.directory);
    // The directory is the caller's; only what lies in it is ours.
    return { directory, temporary: options.keepData ? [] : ['kafka', 'postgres', 'knowledge'].map((name) => path.join(directory, name)) };
  }
  if (!isNeeded) return { directory: '', temporary: [] };
  await clearLeftovers();
  const directory = await mkdtemp(path.join(tmpdir(), `${TEMPORARY}${process.pid}-`));
  // Root's Postgres user has to pass through.
  await chmod(directory, 0o755);
  return { directory, temporary: [directory] };
}

/** A run that was killed could not clear up behind itself; the next one does. */
async function clearLeftovers(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names) {
    const owner = name.startsWith(TEMPORARY) ? Number(name.slice(TEMPORARY.length).split('-')[0]) : NaN;
    if (Number.isInteger(owner) && owner > 0 && !isAlive(owner))
      await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Where root's Postgres user cannot go, its data move to a place of the same name for the same directory. */
export async function postgresDirectory(place: Place, onProgress: Progress): Promise<string> {
  const user = await postgresUser();
  const wanted = path.join(place.directory, 'postgres');
  if (user === undefined || (await mayRead(place.directory, user))) return wanted;
  const elsewhere = path.join('/var/tmp', `baton-postgres-${createHash('sha256').update(place.directory).digest('hex').slice(0, 12)}`);
  if (place.temporary.length > 0) place.temporary.push(elsewhere);
  onProgress(`Postgres: its user cannot reach ${place.directory}; its data lie in ${elsewhere}`);
  return elsewhere;
}
