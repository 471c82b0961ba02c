import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { REPOSITORY } from '../place.js';
import { cases, CHART, valuesOf } from './chart.js';
import { readGolden } from './golden.js';

const read = (file: string): string => readFileSync(file, 'utf8');
const guide = read(path.join(REPOSITORY, 'docs/operations/kubernetes.md'));

/** Everything that stands in nested values under a name that this pattern matches, and is said. */
function saidAs(name: RegExp, values: unknown): string[] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'string' && value && name.test(key) ? [value] : saidAs(name, value),
  );
}

describe('the guide', () => {
  it('makes every Secret that its values name', () => {
    const values: unknown = parse(/^```yaml\n# baton\.yaml\n(.*?)^```$/ms.exec(guide)![1]!);
    const secrets = saidAs(/^existingSecret$/, values);
    expect(secrets.length).toBeGreaterThan(3);
    expect(secrets.filter((secret) => !new RegExp(`create secret generic ${secret}(\\s|$)`, 'm').test(guide))).toEqual([]);
  });

  it('takes away every kind of thing that helm leaves after an uninstall', () => {
    const hooks = cases().flatMap((name) =>
      readGolden(name).filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== undefined),
    );
    const kinds = new Set(hooks.map(({ kind }) => kind.toLowerCase()));
    expect(kinds.size).toBeGreaterThan(3);
    const [, named] = /^kubectl -n baton delete ([a-z,]+) -l app\.kubernetes\.io\/instance=baton$/m.exec(guide) ?? [];
    expect(new Set(named?.split(','))).toEqual(kinds);
  });
});

describe('what helm says of a sandbox', () => {
  const notes = read(path.join(CHART, 'templates/NOTES.txt'));

  it('leads to every address that browsers are sent to', () => {
    const addresses = [read(path.join(CHART, 'values.yaml')), read(valuesOf('sandbox'))].flatMap((text) => {
      const { urls, sandbox } = parse(text) as { urls: object; sandbox: { urls?: object } };
      return [...saidAs(/./, urls), ...saidAs(/./, sandbox.urls)];
    });
    const ports = addresses.map((address) => new URL(address).port);
    expect(ports.length).toBeGreaterThan(5);
    const forwarded = [...notes.matchAll(/port-forward service\/\{\{.+?\}\}-[a-z-]+ (\d+)/g)].map(([, port]) => port);
    expect([...new Set(forwarded)].sort()).toEqual([...new Set(ports)].sort());
  });
});
