import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGuarded } from './local/guarded-process.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The packages of a small house, and what each names in its package.json. */
const HOUSE: Record<string, readonly string[]> = {
  'libs/contracts': ['messaging'],
  'libs/messaging': ['one'],
  'libs/testing': [],
  'apps/one': ['messaging', 'two', 'testing'],
  'apps/two': ['testing'],
  deploy: ['messaging'],
};

const importing = (target: string): string => `import { here } from '${target}';\nexport const there = here;\n`;

/** What each file of the house does, the file, and the rules that it breaks. */
const FILES: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['an app may use the libs that it names', 'apps/one/src/named.ts', importing('../../../libs/messaging/src/index.js'), []],
  [
    'an app may not use what its package.json does not name',
    'apps/two/src/unnamed.ts',
    importing('../../../libs/messaging/src/index.js'),
    ['apps/two-declares-what-it-uses'],
  ],
  [
    'an app never imports an app, not even when it names it',
    'apps/one/src/neighbour.ts',
    importing('../../two/src/index.js'),
    ['an-app-never-imports-an-app'],
  ],
  ['what is deployed may use the libs that it names', 'deploy/src/named.ts', importing('../../libs/messaging/src/index.js'), []],
  [
    'what is deployed does not reach into an app',
    'deploy/src/app.ts',
    importing('../../apps/two/src/index.js'),
    ['deploy-declares-what-it-uses'],
  ],
  [
    'a lib never imports an app',
    'libs/messaging/src/upwards.ts',
    importing('../../../apps/one/src/index.js'),
    ['a-lib-never-imports-an-app'],
  ],
  [
    'the contract imports nothing of ours, not even a type',
    'libs/contracts/src/type.ts',
    `import type { here } from '../../messaging/src/index.js';\nexport type There = typeof here;\n`,
    ['contracts-import-nothing-of-ours'],
  ],
  ['files never need each other in a circle', 'apps/one/src/a.ts', `import { b } from './b.js';\nexport const a = b;\n`, ['no-cycles']],
  ['and a circle is told once', 'apps/one/src/b.ts', `import { a } from './a.js';\nexport const b = () => a;\n`, []],
  ['only tests use what is for tests', 'apps/one/src/product.ts', importing('../../../libs/testing/src/index.js'), ['tests-stay-outside']],
  ['tests do', 'apps/two/src/a.spec.ts', importing('../../../libs/testing/src/index.js'), []],
  ['an import that leads nowhere is told', 'apps/one/src/lost.ts', importing('./nowhere.js'), ['every-import-is-found']],
];

interface Cruise {
  readonly summary: { readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[] };
  readonly modules: readonly { readonly source: string }[];
}

/** Cruises the house once: it is the start of the cruiser that costs. */
async function cruise(tree: string): Promise<Cruise> {
  const lines: string[] = [];
  const cruiser = startGuarded({
    command: process.execPath,
    args: [
      path.join(ROOT, 'node_modules/.bin/depcruise'),
      ...['apps', 'libs', 'deploy/src'],
      ...['--config', path.join(ROOT, '.dependency-cruiser.mjs')],
      ...['--output-type', 'json'],
    ],
    cwd: tree,
    onLine: (line) => lines.push(line),
  });
  await cruiser.exited;
  const told = lines.join('\n');
  if (!told.startsWith('{')) throw new Error(`the cruiser did not get to an end:\n${told}`);
  return JSON.parse(told) as Cruise;
}

function write(tree: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  writeFileSync(path.join(tree, file), text);
}

describe('the boundaries of the house', () => {
  const tree = mkdtempSync(path.join(tmpdir(), 'baton-boundaries-'));
  let seen: Cruise;
  // A process of its own, which other tests beside this one may keep waiting for the processor.
  beforeAll(async () => {
    for (const [folder, names] of Object.entries(HOUSE)) {
      const dependencies = Object.fromEntries(names.map((name) => [`@baton/${name}`, '0.1.0']));
      write(tree, `${folder}/package.json`, JSON.stringify({ name: `@baton/${path.basename(folder)}`, dependencies }));
      write(tree, `${folder}/src/index.ts`, 'export const here = 1;\n');
    }
    write(tree, 'tsconfig.json', '{}');
    for (const [, file, text] of FILES) write(tree, file, text);
    seen = await cruise(tree);
  }, 60_000);
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(FILES)('%s', (_what, file, _text, rules) => {
    expect(seen.modules.map(({ source }) => source)).toContain(file);
    expect(seen.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)).toEqual(rules);
  });

  it('are broken by no other file', () => {
    const known = FILES.map(([, file]) => file);
    expect(seen.summary.violations.filter(({ from }) => !known.includes(from))).toEqual([]);
  });
});
