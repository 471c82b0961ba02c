import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { REPOSITORY } from '../platform/platform.js';
import { setVersion, versionsSaid } from './versions.js';

describe('all parts of this tree', () => {
  it('say one version, that of package.json', async () => {
    const { version } = JSON.parse(await readFile(path.join(REPOSITORY, 'package.json'), 'utf8')) as { version: string };
    const said = [...(await versionsSaid(REPOSITORY))].map(([file, versions]) => [file, [...new Set(versions)]]);
    expect(said.length).toBeGreaterThan(25);
    expect(said).toEqual(said.map(([file]) => [file, [version]]));
  });
});

describe('a new version', () => {
  let copy: string;
  let files: string[];
  beforeEach(async () => {
    copy = await mkdtemp(path.join(tmpdir(), 'baton-version-'));
    files = [...(await versionsSaid(REPOSITORY)).keys()];
    for (const file of files) {
      await mkdir(path.dirname(path.join(copy, file)), { recursive: true });
      await cp(path.join(REPOSITORY, file), path.join(copy, file));
    }
  });
  afterEach(() => rm(copy, { recursive: true }));

  const texts = () => Promise.all(files.map((file) => readFile(path.join(copy, file), 'utf8')));

  it('is said everywhere, and nothing else changes', async () => {
    const before = await texts();
    const [old] = (await versionsSaid(copy)).get('package.json')!;
    await setVersion(copy, '98.7.6');
    expect(new Set([...(await versionsSaid(copy)).values()].flat())).toEqual(new Set(['98.7.6']));
    const after = await texts();
    expect(after.map((text) => text.replaceAll('98.7.6', old!))).toEqual(before);
  });

  it('is said nowhere when a file does not say it any more', async () => {
    const before = await texts();
    await writeFile(path.join(copy, 'deploy/Dockerfile'), 'FROM scratch\n');
    await expect(setVersion(copy, '98.7.6')).rejects.toThrow('deploy/Dockerfile does not say which version this is');
    const dockerfile = files.indexOf('deploy/Dockerfile');
    expect((await texts()).filter((_, nth) => nth !== dockerfile)).toEqual(before.filter((_, nth) => nth !== dockerfile));
  });
});
