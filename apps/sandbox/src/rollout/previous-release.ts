import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { compareVersions } from '@baton/persistence/upgrades';
import { commitOf } from './build.js';

/** Released versions as `docs/releases` keeps them, newest first. */
export async function releases(repository: string): Promise<string[]> {
  const names = await readdir(path.join(repository, 'docs/releases')).catch(() => []);
  return names.filter((name) => /^\d+\.\d+\.\d+$/.test(name)).sort((a, b) => compareVersions(b, a));
}

/** What an upgrade begins with: the newest release where git has its tag, else this very commit; undefined where there is no git, but only files. */
export async function previousRelease(repository: string, say: (line: string) => void): Promise<string | undefined> {
  const [newest] = await releases(repository);
  if (newest !== undefined && (await commitOf(repository, `v${newest}`)) !== undefined) return `v${newest}`;
  if ((await commitOf(repository, 'HEAD')) === undefined) {
    say('there is no git here: this tree is replaced by itself, a rolling restart');
    return undefined;
  }
  say(`git has no tag ${newest === undefined ? 'of a release' : `v${newest}`}: HEAD is replaced by this tree, a rolling restart`);
  return 'HEAD';
}

/**
 * Releases that have no tag though a later one is there: an upgrade from them cannot be tried any more. None where git knows no release
 * at all: files without git, or a clone without tags.
 */
export async function untagged(repository: string): Promise<string[]> {
  const tags = await promisify(execFile)('git', ['tag', '--list', 'v*.*.*'], { cwd: repository }).then(
    ({ stdout }) => stdout.split('\n').filter((tag) => tag !== ''),
    (): string[] => [],
  );
  const [, ...older] = await releases(repository);
  return tags.length === 0 ? [] : older.filter((version) => !tags.includes(`v${version}`));
}
