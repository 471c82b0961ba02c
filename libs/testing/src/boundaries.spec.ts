import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startGuarded } from './local/guarded-process.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

/** The names of the rules that a small house of these files breaks; each package may use what `uses` says. */
async function broken(files: Record<string, string>, uses: Record<string, string[]> = {}): Promise<string[]> {
  const tree = mkdtempSync(path.join(tmpdir(), 'baton-boundaries-'));
  trees.push(tree);
  const packages = ['libs/contracts', 'libs/messaging', 'libs/testing', 'apps/one', 'apps/two'];
  for (const folder of packages) {
    const dependencies = Object.fromEntries((uses[folder] ?? []).map((name) => [`@baton/${name}`, '0.1.0']));
    write(tree, `${folder}/package.json`, JSON.stringify({ name: `@baton/${path.basename(folder)}`, dependencies }));
    write(tree, `${folder}/src/index.ts`, 'export const here = 1;\n');
  }
  write(tree, 'tsconfig.json', '{}');
  for (const [file, text] of Object.entries(files)) write(tree, file, text);

  const lines: string[] = [];
  const cruise = startGuarded({
    command: process.execPath,
    args: [
      path.join(ROOT, 'node_modules/.bin/depcruise'),
      'apps',
      'libs',
      '--config',
      path.join(ROOT, '.dependency-cruiser.mjs'),
      '--output-type',
      'json',
    ],
    cwd: tree,
    onLine: (line) => lines.push(line),
  });
  await cruise.exited;
  const { summary } = JSON.parse(lines.join('\n')) as { summary: { violations: { rule: { name: string } }[]; totalCruised: number } };
  expect(summary.totalCruised).toBeGreaterThanOrEqual(packages.length);
  return [...new Set(summary.violations.map((violation) => violation.rule.name))].sort();
}

function write(tree: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  writeFileSync(path.join(tree, file), text);
}

const importing = (target: string): string => `import { here } from '${target}';\nexport const there = here;\n`;

describe('the boundaries of the house', () => {
  it('an app may use the libs that it names', async () => {
    expect(await broken({ 'apps/one/src/a.ts': importing('../../../libs/messaging/src/index.js') }, { 'apps/one': ['messaging'] })).toEqual(
      [],
    );
  });

  it('an app may not use what its package.json does not name', async () => {
    expect(await broken({ 'apps/one/src/a.ts': importing('../../../libs/messaging/src/index.js') })).toEqual([
      'apps/one-declares-what-it-uses',
    ]);
  });

  it('an app never imports an app, not even when it names it', async () => {
    expect(await broken({ 'apps/one/src/a.ts': importing('../../two/src/index.js') }, { 'apps/one': ['two'] })).toEqual([
      'an-app-never-imports-an-app',
    ]);
  });

  it('a lib never imports an app', async () => {
    expect(await broken({ 'libs/messaging/src/a.ts': importing('../../../apps/one/src/index.js') }, { 'libs/messaging': ['one'] })).toEqual(
      ['a-lib-never-imports-an-app'],
    );
  });

  it('the contract imports nothing of ours, not even a type', async () => {
    const files = {
      'libs/contracts/src/a.ts': `import type { here } from '../../messaging/src/index.js';\nexport type There = typeof here;\n`,
    };
    expect(await broken(files, { 'libs/contracts': ['messaging'] })).toEqual(['contracts-import-nothing-of-ours']);
  });

  it('files never need each other in a circle', async () => {
    const files = {
      'apps/one/src/a.ts': `import { b } from './b.js';\nexport const a = b;\n`,
      'apps/one/src/b.ts': `import { a } from './a.js';\nexport const b = () => a;\n`,
    };
    expect(await broken(files)).toEqual(['no-cycles']);
  });

  it('only tests use what is for tests', async () => {
    const files = {
      'apps/one/src/a.ts': importing('../../../libs/testing/src/index.js'),
      'apps/two/src/a.spec.ts': importing('../../../libs/testing/src/index.js'),
    };
    expect(await broken(files, { 'apps/one': ['testing'], 'apps/two': ['testing'] })).toEqual(['tests-stay-outside']);
  });

  it('an import that leads nowhere is told', async () => {
    expect(await broken({ 'apps/one/src/a.ts': importing('./nowhere.js') })).toEqual(['every-import-is-found']);
  });
});
