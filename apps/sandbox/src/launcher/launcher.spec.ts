import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@baton/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const BIN = fileURLToPath(new URL('../../bin/', import.meta.url));

/** A tiny checkout with the real launcher, and stand-ins for npm and the compiler that note when they were called. */
let root: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'baton-launcher-'));
  cpSync(BIN, path.join(root, 'apps/sandbox/bin'), { recursive: true });
  file('package-lock.json', '{}');
  file('tsconfig.json', JSON.stringify({ references: [{ path: 'apps/sandbox' }] }));
  file('apps/sandbox/src/start.ts', '');
  program('start', `console.log('running', process.argv.slice(2).join(' '));`);
  tool(
    'tools/npm',
    `echo "npm $*" >> calls; mkdir -p node_modules/.bin; ln -sf '${process.execPath}' node_modules/.bin/node; cp compiler node_modules/.bin/tsc`,
  );
  tool('tools/java', 'true');
  tool('compiler', 'echo "tsc $*" >> calls');
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

function file(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
}

function tool(name: string, script: string): void {
  file(name, `#!/bin/sh\nset -e\n${script}\n`);
  chmodSync(path.join(root, name), 0o755);
}

function program(name: string, script: string): void {
  file(`apps/sandbox/dist/${name}.js`, script);
}

function calls(): string[] {
  return existsSync(path.join(root, 'calls')) ? readFileSync(path.join(root, 'calls'), 'utf8').trim().split('\n') : [];
}

function launch(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { child: ChildProcess; output: () => string; ended: Promise<{ code: number | null; output: string }> } {
  const child = spawn(process.execPath, [path.join(root, 'apps/sandbox/bin/launch.mjs'), ...args], {
    cwd: tmpdir(),
    env: { PATH: `${path.join(root, 'tools')}:/usr/bin:/bin`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  return { child, output: () => output, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, output })) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a first start', () => {
  it('installs, builds and runs the program with its arguments', async () => {
    const { code, output } = await launch(['start', '--port', '1']).ended;
    expect({ code, calls: calls() }).toEqual({ code: 0, calls: ['npm ci --no-audit --no-fund --loglevel=error', 'tsc -b --pretty false'] });
    expect(output).toContain('running --port 1');
  });

  it('ends with the exit code of the program', async () => {
    program('start', 'process.exit(7);');
    expect((await launch(['start']).ended).code).toBe(7);
  });

  it('tells why npm ci failed', async () => {
    tool('tools/npm', 'echo "the registry is away" >&2; exit 1');
    const { code, output } = await launch(['start']).ended;
    expect(code).toBe(1);
    expect(output).toContain('npm ci failed; can the npm registry be reached?\nthe registry is away');
  });

  it('tells what does not compile', async () => {
    tool('compiler', 'echo "start.ts(1,1): error TS1005"; exit 2');
    const { code, output } = await launch(['start']).ended;
    expect(code).toBe(1);
    expect(output).toContain('Build: TypeScript failed:\nstart.ts(1,1): error TS1005');
  });
});

describe('a second start', () => {
  beforeEach(async () => {
    await launch(['start']).ended;
    rmSync(path.join(root, 'calls'));
  });

  it('does neither again when nothing changed', async () => {
    expect((await launch(['start']).ended).code).toBe(0);
    expect(calls()).toEqual([]);
  });

  it('builds what was written since', async () => {
    file('apps/sandbox/src/start.ts', 'changed');
    await launch(['start']).ended;
    expect(calls()).toEqual(['tsc -b --pretty false']);
  });

  it('installs again when the lock file says something else, not when only its time changed', async () => {
    utimesSync(path.join(root, 'package-lock.json'), new Date(), new Date(Date.now() + 60_000));
    await launch(['start']).ended;
    expect(calls().filter((call) => call.startsWith('npm'))).toEqual([]);

    file('package-lock.json', '{"changed":true}');
    await launch(['start']).ended;
    expect(calls().filter((call) => call.startsWith('npm'))).toHaveLength(1);
  });
});

describe('one clear sentence', () => {
  it('names the commands when there is no such one', async () => {
    const { code, output } = await launch(['sing']).ended;
    expect({ code, output }).toEqual({ code: 64, output: expect.stringMatching(/^Say what to launch: one of test, lint, start, .*\.\n$/) });
  });

  it('says what to install when there is neither Java nor Docker, before anything is fetched', async () => {
    const only = path.join(root, 'only');
    mkdirSync(only);
    symlinkSync(path.join(root, 'tools/npm'), path.join(only, 'npm'));
    const { code, output } = await launch(['start'], { PATH: only }).ended;
    expect(code).toBe(1);
    expect(output).toMatch(
      /^Kafka needs Java 17 with Maven .*, or a running Docker, or KAFKA_BROKERS set to a Kafka that runs already\.\n$/,
    );
    expect(calls()).toEqual([]);
  });
});

describe('stopping', () => {
  const PATIENT = `
    process.on('SIGTERM', () => { console.log('asked to stop'); setTimeout(() => process.exit(5), 50); });
    process.on('SIGINT', () => console.log('interrupted'));
    console.log('pid', process.pid);
    setInterval(() => undefined, 1000);
  `;

  async function running(): Promise<ReturnType<typeof launch> & { pid: number }> {
    program('start', PATIENT);
    const launched = launch(['start']);
    const pid = await eventually(() => Number(/pid (\d+)/.exec(launched.output())?.[1]), { what: 'the program running' });
    return { ...launched, pid };
  }

  it('passes SIGTERM on and ends when and as the program ends', async () => {
    const { child, ended } = await running();
    child.kill('SIGTERM');
    const { code, output } = await ended;
    expect(code).toBe(5);
    expect(output).toContain('asked to stop');
  });

  it('passes a Ctrl-C on once, though terminal and npm both send it', async () => {
    const { child, output, ended } = await running();
    child.kill('SIGINT');
    await eventually(() => output().includes('interrupted'));
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect((await ended).output.match(/interrupted/g)).toHaveLength(1);
  });

  it('takes the program with it even when it is killed by SIGKILL', async () => {
    const { child, pid } = await running();
    child.kill('SIGKILL');
    await eventually(() => !isAlive(pid), { within: 5_000, what: 'the program dying' });
  });
});
