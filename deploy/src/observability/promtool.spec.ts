import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ALERTS } from './documents.js';

/** Prometheus' own tool: from BATON_PROMTOOL, or on the PATH. Debian has it in the package prometheus. */
const promtool = [process.env['BATON_PROMTOOL'], 'promtool'].find(
  (command): command is string => command !== undefined && spawnSync(command, ['--version']).status === 0,
);
const filesIn = (folder: string): string[] => readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [`${folder}${name}`] : []));

/** Skipped where there is no promtool: what rules do over time nothing else here can tell. */
(promtool === undefined ? describe.skip : describe)('the rules, by promtool', () => {
  const run = (...args: string[]): string => execFileSync(promtool!, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  it('are rules', () => {
    const files = filesIn(ALERTS);
    expect(files.length).toBeGreaterThan(1);
    expect(run('check', 'rules', ...files)).toContain('SUCCESS');
  });

  it('fire when they should, and are silent when not', () => {
    const tests = filesIn(`${ALERTS}tests/`);
    expect(tests.length).toBeGreaterThan(1);
    expect(run('test', 'rules', ...tests)).not.toContain('FAILED');
  }, 60_000);
});
