import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually, freePort } from '@baton/testing';
import { SupervisedProcess } from './supervised-process.js';

const directory = mkdtempSync(path.join(tmpdir(), 'supervised-'));
const running: SupervisedProcess[] = [];

/** A program that serves 200 on its port, or does what the script says. */
function program(script = "require('node:http').createServer((q, s) => s.end('ok')).listen(process.env.PORT, '127.0.0.1')"): string {
  const file = path.join(directory, `${running.length}.cjs`);
  writeFileSync(file, script);
  return file;
}

async function supervised(entry: string, troubles: string[] = [], now?: () => number): Promise<SupervisedProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const one = new SupervisedProcess(
    {
      name: 'one',
      entry,
      env: { PORT: String(port) },
      url,
      readyUrl: `${url}/`,
      onTrouble: (sentence) => troubles.push(sentence),
    },
    now,
  );
  running.push(one);
  return one;
}

afterEach(() => Promise.all(running.map((one) => one.stop())));

describe('a supervised process', () => {
  it('comes back after it was killed, and says so', async () => {
    const troubles: string[] = [];
    const one = await supervised(program(), troubles);
    await one.start();
    const before = one.pid;
    await one.kill('SIGKILL');
    await eventually(() => one.pid !== undefined && one.pid !== before);
    await one.ready();
    expect(one.starts).toBe(2);
    expect(troubles).toEqual(['one ended (SIGKILL); it is started again at once']);
  });

  it('stays down after it was stopped, until it is started', async () => {
    const one = await supervised(program());
    await one.start();
    await one.stop();
    expect(one.running).toBe(false);
    await one.start();
    expect([one.running, one.starts]).toEqual([true, 2]);
  });

  it('waits longer and longer when it ends again and again, and fails with its last words', async () => {
    const troubles: string[] = [];
    const one = await supervised(program("console.error('no luck today'); process.exit(3)"), troubles);
    await expect(one.start()).rejects.toThrow('no luck today');
    expect(troubles.slice(0, 2)).toEqual([
      'one ended (code 3); it is started again at once',
      'one ended (code 3); it is started again in 0.4 s',
    ]);
  });

  it('is started at once however often it is killed from here', async () => {
    const troubles: string[] = [];
    const one = await supervised(program(), troubles);
    await one.start();
    for (let kills = 1; kills <= 3; kills += 1) {
      await one.kill();
      await eventually(() => one.running && one.starts === kills + 1);
      await one.ready();
    }
    expect(new Set(troubles)).toEqual(new Set(['one ended (SIGKILL); it is started again at once']));
  });

  it('is started at once, too, when it ended after it had run well for some seconds', async () => {
    const troubles: string[] = [];
    let now = 0;
    const one = await supervised(program(), troubles, () => now);
    await one.start();
    for (const ranFor of [100, 100, 4_000]) {
      now += ranFor;
      const { pid, starts } = one;
      process.kill(pid!, 'SIGKILL');
      await eventually(() => one.running && one.starts === starts + 1);
      await one.ready();
    }
    expect(troubles.map((trouble) => trouble.replace(/.*again /, ''))).toEqual(['at once', 'in 0.4 s', 'at once']);
  });

  it('may say that it is ready instead of serving it', async () => {
    const one = new SupervisedProcess({
      name: 'bot',
      entry: program("console.log('bot: ready'); setInterval(() => {}, 1000)"),
      env: {},
      readyLine: /ready$/,
    });
    running.push(one);
    await one.start();
    expect(one.running).toBe(true);
  });
});
