import { describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1_000;

describe('what a visitor has to download', () => {
  it('is at most 3 kB on every page and 30 kB when the chat is opened, gzipped', async () => {
    const outdir = await mkdtemp(join(tmpdir(), 'baton-widget-'));
    try {
      // Plain JavaScript without types, beside this package's sources.
      const { buildWidget } = (await import(new URL('../build.mjs', import.meta.url).href)) as {
        buildWidget(outdir: string): Promise<string>;
      };
      await buildWidget(outdir);
      const [loader, panel] = (await Promise.all(
        ['loader.js', 'panel.js'].map(async (name) => gzipSync(await readFile(join(outdir, name)), { level: 9 }).length),
      )) as [number, number];
      expect(loader).toBeLessThanOrEqual(3 * KB);
      expect(loader + panel).toBeLessThanOrEqual(30 * KB);
    } finally {
      await rm(outdir, { recursive: true, force: true });
    }
  }, 30_000);
});
