import { execFile } from 'node:child_process';
import { access, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { lacks, type Lock } from './lock.js';
import { transpile } from './transpile.js';

const run = promisify(execFile);

/** A built tree of Baton. */
export interface Build {
  readonly name: 'old' | 'new';
  readonly root: string;
  /** Short commit and subject. */
  readonly what: string;
  /** Of a tree with changes, the commit that they were made on; undefined where there is no git. */
  readonly commit?: string | undefined;
  /** Its services keep their doors open for a moment after SIGTERM. */
  readonly waitsByItself: boolean;
}

/** The tree that this command belongs to. */
export async function thisBuild(repository: string, name: Build['name'] = 'new'): Promise<Build> {
  const commit = await commitOf(repository, 'HEAD');
  const what = commit === undefined ? 'this tree' : `this tree, on ${await subjectOf(repository, commit)}`;
  return { name, root: repository, what, commit, waitsByItself: true };
}

const BUILT = '.built';

export interface BuildOptions {
  readonly name: Build['name'];
  readonly repository: string;
  /** Anything that git knows. */
  readonly ref: string;
  /** Where built trees are kept, one per commit. */
  readonly cache: string;
  readonly say: (line: string) => void;
}

/** Which commit a name means, or undefined where this is no git repository or has no such name. */
export async function commitOf(repository: string, ref: string): Promise<string | undefined> {
  return run('git', ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], { cwd: repository }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

export async function subjectOf(repository: string, commit: string): Promise<string> {
  const { stdout } = await run('git', ['log', '-1', '--format=%h %s', commit], { cwd: repository });
  return stdout.trim();
}

/**
 * Builds the services of a commit in a work tree of its own, once per commit.
 * @throws Error with one sentence when the commit is unknown or does not build
 */
export async function buildOf({ name, repository, ref, cache, say }: BuildOptions): Promise<Build> {
  const commit = await commitOf(repository, ref);
  if (commit === undefined) throw new Error(`git knows no commit ${ref} here.`);
  const root = path.join(cache, commit.slice(0, 12));
  const build = async (): Promise<Build> => ({
    ...{ name, root, commit, what: await subjectOf(repository, commit) },
    waitsByItself: (await readFile(path.join(root, 'libs/telemetry/src/config.ts'), 'utf8')).includes('SHUTDOWN_DELAY_MS'),
  });
  if (await exists(path.join(root, BUILT))) return build();
  await forget(repository, root);
  await mkdir(cache, { recursive: true });
  say(`building ${await subjectOf(repository, commit)}`);
  await run('git', ['worktree', 'add', '--detach', root, commit], { cwd: repository });
  try {
    await providePackages(repository, root, say);
    await transpile(root);
    await writeFile(path.join(root, BUILT), `${commit}\n`);
    return await build();
  } catch (error) {
    throw new Error(`${ref} could not be built: ${(error as Error).message.split('\n').slice(0, 10).join('\n')}`, { cause: error });
  }
}

/** The packages of this tree serve where they are the same; otherwise they are installed as the other lock says. */
async function providePackages(repository: string, root: string, say: (line: string) => void): Promise<void> {
  const [wanted, there] = await Promise.all([lockOf(root), lockOf(repository)]);
  const missing = lacks(there, wanted);
  if (missing.length > 0) {
    say(`it needs other packages (${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}): npm ci`);
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, maxBuffer: 2 ** 26 });
    return;
  }
  await link(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  for (const [folder] of Object.entries(wanted.packages).filter(([name]) => /^(libs|apps)\/[^/]+$/.test(name))) {
    const own = path.join(repository, folder, 'node_modules');
    if (await exists(own)) await link(own, path.join(root, folder, 'node_modules'));
  }
}

/** Every package is linked but our own: their links are made anew, so that they lead into this tree. */
async function link(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    const source = path.join(from, name);
    if (name === '@baton') {
      await mkdir(path.join(to, name), { recursive: true });
      for (const own of await readdir(source)) await symlink(await readlink(path.join(source, own)), path.join(to, name, own));
    } else if (!(await lstat(source)).isFile()) {
      await symlink(source, path.join(to, name));
    }
  }
}

async function lockOf(root: string): Promise<Lock> {
  return JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as Lock;
}

/** What a broken attempt left behind. */
async function forget(repository: string, root: string): Promise<void> {
  await rm(root, { recursive: true, force: true });
  await run('git', ['worktree', 'prune'], { cwd: repository });
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
