import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DEPLOY, REPOSITORY } from '../place.js';
import { environmentOf, instructionsOf, lastOf, stagesUnder } from './dockerfile.js';
import { IMAGES } from './images.js';

const instructions = instructionsOf(readFileSync(path.join(DEPLOY, 'Dockerfile'), 'utf8'));
const names = IMAGES.map((image) => image.name);

describe('the Dockerfile', () => {
  it('has an image for each name, all on the same ground', () => {
    const onRuntime = instructions.filter(({ name, rest }) => name === 'FROM' && rest.startsWith('runtime AS '));
    expect(onRuntime.map(({ stage }) => stage).sort()).toEqual([...names].sort());
    expect(instructions.filter(({ name }) => name === 'FROM').at(-1)?.rest).toBe('${APP} AS image');
  });

  it('takes nothing from outside but by digest, with the tag that it was', () => {
    const own = new Set(instructions.filter(({ name }) => name === 'FROM').map(({ stage }) => stage));
    const bases = instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest.replace(/^--platform=\S+ /, '').split(' ')[0]!);
    const outside = bases.filter((base) => !own.has(base) && base !== 'scratch' && base !== '${APP}');
    const given = new Map(
      instructions.filter(({ name, stage }) => name === 'ARG' && stage === '').map(({ rest }) => rest.split(/=(.*)/s) as [string, string]),
    );
    expect(outside.length).toBeGreaterThan(2);
    for (const base of outside) {
      const variable = /^\$\{(\w+)\}$/.exec(base)?.[1] ?? '';
      expect([base, given.get(variable)]).toEqual([base, expect.stringMatching(/^[^:@]+:(?!latest)[\w.-]+@sha256:[0-9a-f]{64}$/)]);
    }
  });

  it.each(IMAGES)('$name runs Node itself, as nobody, with the program that it is for', ({ name, entry, port }) => {
    expect(stagesUnder(instructions, name)).toEqual(['runtime', name]);
    expect(lastOf(instructions, name, 'USER')).toBe('65532:65532');
    expect(lastOf(instructions, name, 'ENTRYPOINT')).toBe('["node"]');
    expect(lastOf(instructions, name, 'STOPSIGNAL')).toBe('SIGTERM');
    expect(lastOf(instructions, name, 'CMD')).toBe(`["${entry}"]`);
    const health = port === undefined ? 'NONE' : expect.stringMatching(/CMD \["node", "health.mjs", "\/health\/live"\]$/);
    expect(lastOf(instructions, name, 'HEALTHCHECK')).toEqual(health);
    expect(environmentOf(instructions, name)).toMatchObject({ NODE_ENV: 'production', HTTP_HOST: '0.0.0.0' });
    expect([environmentOf(instructions, name)['HTTP_PORT'], lastOf(instructions, name, 'EXPOSE')]).toEqual([
      port?.toString(),
      port?.toString(),
    ]);
  });

  it.each(IMAGES.filter((image) => image.port !== undefined))('$name listens where its service does by itself', ({ workspace, port }) => {
    const config = readFileSync(path.join(REPOSITORY, workspace, 'src/config.ts'), 'utf8');
    expect(/serviceVariables\((\d+)\)/.exec(config)?.[1]).toBe(String(port));
  });

  it('brings packages in before ours, so that a change of ours leaves their layer alone', () => {
    const copies = instructions.filter(({ name, stage }) => name === 'COPY' && stage === 'runtime').map(({ rest }) => rest);
    expect(copies.slice(0, 2)).toEqual(['--from=laid-out /image/packages/ ./', '--from=laid-out /image/ours/ ./']);
  });

  it('installs from the manifests alone and runs no script of a package', () => {
    const built = instructions.filter(({ stage }) => stage === 'built').map(({ name, rest }) => `${name} ${rest}`);
    const install = built.findIndex((line) => line.endsWith('npm ci --ignore-scripts'));
    expect(install).toBeGreaterThan(built.indexOf('COPY --from=manifests /manifests ./'));
    expect(install).toBeLessThan(built.indexOf('COPY . .'));
  });

  it('says where the bill of materials is', () => {
    expect(lastOf(instructions, 'image', 'LABEL')).toContain('baton.sbom="/app/sbom.cdx.json"');
  });

  it('hands no secret over by argument or environment', () => {
    const handed = instructions.filter(({ name, rest }) => (name === 'ARG' || name === 'ENV') && /(KEY|TOKEN|PASSWORD|SECRET)/.test(rest));
    expect(handed).toEqual([]);
  });
});

describe('what a build sees', () => {
  it('is neither a secret nor anything of this machine', () => {
    const ignored = readFileSync(path.join(REPOSITORY, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.env', '**/node_modules', '**/dist', '**/dist-browser', '.baton']));
  });
});
