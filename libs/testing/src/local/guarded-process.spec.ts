import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.js';
import { startGuarded } from './guarded-process.js';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A process that starts a guarded child from the source of this package and tells the child's id. */
async function parentWithChild(command: string): Promise<{ parent: ReturnType<typeof spawn>; childPid: number }> {
  const source = new URL('./guarded-process.ts', import.meta.url).href;
  const script = `
    import { startGuarded } from ${JSON.stringify(source)};
    const child = startGuarded({ command: '/bin/sh', args: ['-c', ${JSON.stringify(command)}] });
    console.log(child.pid);
    setInterval(() => undefined, 1000);
  `;
  const parent = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, childPid: Number(line.toString()) };
}

describe('a guarded process', () => {
  it('dies with its parent, even when the parent is killed by SIGKILL', async () => {
    const { parent, childPid } = await parentWithChild('exec sleep 300');
    expect(isAlive(childPid)).toBe(true);

    parent.kill('SIGKILL');

    await eventually(() => !isAlive(childPid), { within: 5_000, what: 'the child dying' });
  });

  it('dies with its parent even when it ignores every polite signal', async () => {
    const { parent, childPid } = await parentWithChild('trap "" TERM INT HUP; while :; do sleep 1; done');

    parent.kill('SIGKILL');

    await eventually(() => !isAlive(childPid), { within: 5_000, what: 'the child dying' });
  });

  it('keeps the process id of the command, its exit code and the signal that ended it', async () => {
    const lines: string[] = [];
    const own = startGuarded({ command: '/bin/sh', args: ['-c', 'echo $$; exit 3'], onLine: (line) => lines.push(line) });
    expect(await own.exited).toEqual({ code: 3, signal: null });
    await eventually(() => lines.length === 1);
    expect(Number(lines[0])).toBe(own.pid);

    const killed = startGuarded({ command: 'sleep', args: ['300'] });
    killed.signal('SIGKILL');
    expect(await killed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(killed.running).toBe(false);
  });

  it('leaves no guard behind when it ended by itself', async () => {
    const child = startGuarded({ command: '/bin/sh', args: ['-c', 'exit 0'] });
    await child.exited;

    const members = async (): Promise<string> => {
      const list = startGuarded({ command: 'ps', args: ['-e', '-o', 'pgid='], onLine: (line) => lines.push(line.trim()) });
      const lines: string[] = [];
      await list.exited;
      return lines.join(' ');
    };
    await eventually(async () => !(await members()).split(' ').includes(String(child.pid)), { what: 'the guard going' });
  });

  it('says so when the command does not exist', async () => {
    const lines: string[] = [];
    const child = startGuarded({ command: '/no/such/command', args: [], onLine: (line) => lines.push(line) });
    expect((await child.exited).code).toBe(127);
    await eventually(() => lines.join('').includes('not found'));
  });
});
