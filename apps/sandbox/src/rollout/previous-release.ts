import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { commitOf } from './build.js';

/** Released versions as `docs/releases` keeps them, newest first. */
export async function releases(repository: string): Promise<string[]> {
  const names = await readdir(path.join(repository, 'docs/releases')).catch(() => []);
  return names.filter((name) => /^\d+\.\d+\.\d+$/.test(name)).sort((a, b) => byNumbers(b, a));
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

function byNumbers(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) if (left![i] !== right![i]) return left![i]! - right![i]!;
  return 0;
}
