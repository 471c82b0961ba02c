import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const PAGES = ['docs/operations/security.md', 'docs/decisions/0038-a-replayed-hook-has-no-second-effect.md'];
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

it.each(PAGES)('what %s says is shown by tests that are there', (page) => {
  const named = [...read(page).matchAll(/`((?:apps|libs|deploy)\/[\w./-]+)`/g)].map(([, file]) => file!);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

it('each border names a test or a command, and what remains', () => {
  const rows = read(PAGES[0]!)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| border'));
  expect(rows.length).toBeGreaterThanOrEqual(11);
  for (const row of rows) {
    const [border, , , shown, remains] = row.split(' | ');
    expect([border, shown]).toEqual([border, expect.stringMatching(/`(apps|libs|deploy)\/.*\.spec\.ts`|`npm run /)]);
    expect(remains?.length).toBeGreaterThan(10);
  }
});

it('each command that is named is one', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = PAGES.flatMap((page) => [...read(page).matchAll(/`npm run ([\w-]+)/g)].map(([, name]) => name!));
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});
