import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lockedPackages, nameOf } from './packages.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const packages = lockedPackages(ROOT);
const read = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as Record<string, object | undefined>;

/** What may be passed on beside our own code, whole or in images. */
const LICENCES =
  /^\(?(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|BSD|0BSD|BlueOak-1\.0\.0|Unlicense|Zlib|CC0-1\.0)( (AND|OR) (MIT|ISC|Apache-2\.0|BSD-3-Clause|Zlib|CC0-1\.0|GPL-3\.0-or-later))*\)?$/;
/** Looked at by hand: tools that are in no image, and packages whose licence stands in their files only (MIT all of them). */
const LOOKED_AT: Readonly<Record<string, string | undefined>> = {
  'axe-core': 'MPL-2.0',
  'caniuse-lite': 'CC-BY-4.0',
  buildcheck: undefined,
  'cpu-features': undefined,
  ssh2: undefined,
  'xmlhttprequest-ssl': undefined,
};
/** Its script only looks whether its binary came along. */
const SCRIPT_LOOKED_AT = ['unrs-resolver'];
/** No release since 2023: services know it only through a port of ours (`libs/messaging/src/kafka`), so that another can take its place. */
const UNMAINTAINED = { kafkajs: /^(libs\/(messaging|bot-sdk|testing)|apps\/sandbox)\// };
/** More than this, and somebody should ask what for. */
const MOST_PACKAGES = 1_100;

describe('the packages of others', () => {
  it('are there to be looked at, and not beyond all measure', () => {
    expect(packages.length).toBeGreaterThan(500);
    expect(packages.length).toBeLessThan(MOST_PACKAGES);
  });

  it('come from whichever registry an installation uses, with a hash each', () => {
    expect(packages.filter(({ resolved }) => resolved !== undefined).map(nameOf)).toEqual([]);
    expect(packages.filter(({ integrity }) => !integrity?.startsWith('sha512-')).map(nameOf)).toEqual([]);
  });

  it('run a script at installation only where the list says so, or do not', () => {
    const said = Object.keys(read('package.json')['allowScripts'] ?? {});
    const withScript = [...new Set(packages.filter(({ hasInstallScript }) => hasInstallScript).map(nameOf))];
    expect(withScript.length).toBeGreaterThan(5);
    expect(withScript.filter((name) => !said.includes(name) && !SCRIPT_LOOKED_AT.includes(name))).toEqual([]);
    expect(said.filter((name) => !withScript.includes(name))).toEqual([]);
  });

  it('have licences that let us pass them on', () => {
    const others = packages.filter((one) => !LICENCES.test(one.license ?? ''));
    expect(others.filter((one) => !(nameOf(one) in LOOKED_AT) || LOOKED_AT[nameOf(one)] !== one.license).map(nameOf)).toEqual([]);
    expect(Object.keys(LOOKED_AT).filter((name) => !others.some((one) => nameOf(one) === name))).toEqual([]);
  });

  it('are none that its makers have given up', () => {
    expect(packages.filter(({ deprecated }) => deprecated !== undefined).map(nameOf)).toEqual([]);
  });

  it('that nobody maintains are used behind a border only', () => {
    for (const [name, border] of Object.entries(UNMAINTAINED)) {
      const users = globSync(['libs/*/src/**/*.ts', 'apps/*/src/**/*.ts'], { cwd: ROOT }).filter((file) =>
        new RegExp(`from '${name}['/]`).test(readFileSync(path.join(ROOT, file), 'utf8')),
      );
      expect(users.length).toBeGreaterThan(0);
      expect(users.filter((file) => !border.test(file))).toEqual([]);
    }
  });

  it('are asked for in one exact version', () => {
    const files = ['package.json', ...globSync(['libs/*/package.json', 'apps/*/package.json', 'deploy/package.json'], { cwd: ROOT })];
    expect(files.length).toBeGreaterThan(15);
    const asked = files.flatMap((file) =>
      ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].flatMap((kind) =>
        Object.entries((read(file)[kind] ?? {}) as Record<string, string>).map(([name, version]) => `${file} ${name} ${version}`),
      ),
    );
    expect(asked.filter((one) => !/ \d+\.\d+\.\d+(-[\w.]+)?$/.test(one))).toEqual([]);
  });
});

describe('secrets', () => {
  it('are compared in constant time: nowhere by ===', () => {
    const files = globSync(
      ['libs/*/src/**/*.ts', 'apps/{webhook-ingress,escalation-orchestrator,channel-dispatcher,ai-auto-reply,control-plane}/src/**/*.ts'],
      {
        cwd: ROOT,
      },
    ).filter((file) => !/\.spec\.ts$|test(ing|kit)/.test(file));
    expect(files.length).toBeGreaterThan(300);
    const secret = String.raw`\b\w*(?:[sS]ecret|[sS]ignature|[pP]assword|csrf(?:Token)?|[hH]mac|mac)\b`;
    const compared = new RegExp(
      `${secret}\\s*[!=]==?\\s*(?!undefined|null|''|'string'|true|false)\\w|[\\w)]\\s*[!=]==\\s*${secret}\\s*[;)&|]`,
    );
    const found = files.flatMap((file) =>
      readFileSync(path.join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          compared.test(line) && !/^\s*(\*|\/\/)/.test(line) && !/typeof/.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [],
        ),
    );
    expect(found).toEqual([]);
    expect(compared.test('if (secret === given) return')).toBe(true);
    expect(compared.test('return given !== signature;')).toBe(true);
  });
});
