import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { cpuUs, cpuWithEndedUs } from './process-usage.js';

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux('what a child used that ended is counted with its parent, and only where that is asked for', () => {
  const ended = () => cpuWithEndedUs(process.pid) - cpuUs(process.pid);
  const before = ended();
  execFileSync(process.execPath, ['-e', 'const end = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < end);']);
  expect(ended() - before).toBeGreaterThanOrEqual(100_000);
});

it('a process that is gone has used nothing', () => {
  expect([cpuUs(2 ** 22 + 1), cpuWithEndedUs(2 ** 22 + 1)]).toEqual([0, 0]);
});
