import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cases, stampOf } from './chart.js';
import { GOLDEN, goldenOf, readGolden, stampOfGolden } from './golden.js';

describe('golden files', () => {
  it('are there for every case, and for nothing else', () => {
    expect(cases().length).toBeGreaterThanOrEqual(4);
    expect(readdirSync(GOLDEN).sort()).toEqual(cases().map((name) => `${name}.yaml`));
  });

  it.each(cases())('%s was rendered from the chart as it is now (else: npm run chart -- --write, and look at what changed)', (name) => {
    expect(stampOfGolden(name)).toBe(stampOf());
    expect(readGolden(name).length).toBeGreaterThan(20);
  });

  it('leave out what the chart takes over from elsewhere', () => {
    const component = (name: string): string => `---\nmetadata:\n  labels:\n    app.kubernetes.io/component: ${name}\n`;
    const golden = goldenOf(`${component('service')}${component('observability')}${component('sandbox-settings')}${component('job')}`);
    expect(golden).toContain('component: service');
    expect(golden).toContain('component: job');
    expect(golden).not.toContain('observability');
    expect(golden).not.toContain('sandbox-settings');
  });
});
