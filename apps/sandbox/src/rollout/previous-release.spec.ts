import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '../platform/platform.js';
import { previousRelease, untagged } from './previous-release.js';

const run = promisify(execFile);
const said: string[] = [];
const say = (line: string): void => void said.push(line);
const git = (...args: string[]) =>
  run('git', ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com', ...args], { cwd: directory });

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'baton-releases-'));
  for (const version of ['0.9.0', '0.10.0']) {
    await mkdir(path.join(directory, 'docs/releases', version), { recursive: true });
    await writeFile(path.join(directory, 'docs/releases', version, 'tables.txt'), version);
  }
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it('files without git are replaced by themselves; without the tag it is the commit at hand; with it the newest release', async () => {
  expect(await previousRelease(directory, say)).toBeUndefined();
  expect(said.pop()).toContain('there is no git here');
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'a release');
  expect(await previousRelease(directory, say)).toBe('HEAD');
  expect(said.pop()).toContain('git has no tag v0.10.0');
  await git('tag', 'v0.10.0');
  expect(await previousRelease(directory, say)).toBe('v0.10.0');
  expect(said).toEqual([]);
});

it('a release before the newest is missed when it has no tag', async () => {
  expect(await untagged(directory)).toEqual(['0.9.0']);
  await git('tag', 'v0.9.0');
  expect(await untagged(directory)).toEqual([]);
});

it('every release of this repository before the newest has its tag, where git has tags', async () => {
  expect(await untagged(REPOSITORY)).toEqual([]);
});
