import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BOTS, runForSources } from '../sources/testing/running-service.js';
import type { RunningForSources } from '../sources/testing/running-service.js';
import { HELP, runKnowledge } from './run-knowledge.js';

let service: RunningForSources;
let directory: string;
let site: Server;
beforeAll(async () => {
  service = await runForSources();
  directory = await mkdtemp(path.join(tmpdir(), 'baton-knowledge-'));
  site = createServer((request, response) => {
    if (request.url !== '/returns') return void response.writeHead(404).end();
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<html><body><main><h1>Returns</h1>You may send it back for thirty days.</main></body></html>');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
}, 90_000);
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  await rm(directory, { recursive: true });
  await service.close();
});

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const env = { BATON_AI_URL: service.url, BATON_BOT_ID: BOTS[0].botId, BATON_BOT_KEY: BOTS[0].key };
  const code = await runKnowledge(argv, env, { say: (text) => out.push(text), complain: (text) => err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function file(name: string, content: string): Promise<string> {
  const place = path.join(directory, name);
  await writeFile(place, content);
  return place;
}

describe('the command line of knowledge', () => {
  it('adds a file, follows it to its end, lists it, asks and takes it away', async () => {
    expect((await run('list')).out).toBe('This bot knows nothing yet.');
    const added = await run(
      'add',
      await file('hours.csv', 'question,answer\nWhen do you open?,We open at nine in the morning.'),
      '--title',
      'Hours',
      '--as',
      'hours',
    );
    expect([added.code, added.out]).toEqual([0, 'Hours: is known, 1 chunks']);
    expect((await run('list')).out).toMatch(/^[0-9a-f-]{36} {2}ready {2}file {2}1 chunks {4}Hours$/);
    expect((await run('show', 'Hours')).out).toMatch(/^id .*\ntitle {5}Hours\nkind {6}file hours.csv\nstate {5}ready/);

    const asked = await run('ask', 'When', 'do', 'you', 'open?');
    expect(asked.code).toBe(0);
    expect(asked.out).toContain('We open at nine in the morning.');
    expect(asked.out).toMatch(/support \d\.\d+, needed \d\.\d+/);
    expect(asked.out).toContain('cites: Hours, version 1');

    expect((await run('disable', 'Hours')).out).toBe('Hours: is off');
    expect((await run('ask', 'When do you open?')).out).not.toContain('cites:');
    expect((await run('enable', 'Hours')).out).toBe('Hours: is on');
    expect(
      (await run('replace', 'Hours', await file('new.csv', 'question,answer\nWhen do you open?,We open at ten in the morning.'))).out,
    ).toBe('Hours: is known, 1 chunks');
    expect((await run('refresh', 'Hours')).code).toBe(0);
    expect((await run('ask', 'When do you open?')).out).toContain('We open at ten in the morning.');
    expect((await run('remove', 'Hours')).out).toBe('Hours: is gone');
    expect((await run('list')).out).toBe('This bot knows nothing yet.');
  });

  it('adds pages and tells which could not be had', async () => {
    const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const added = await run('add', `${url}/returns`, `${url}/gone`, '--title', 'Shop');
    expect([added.code, added.out]).toEqual([2, `Shop: is known in part, 1 chunks\n1 problem:\n  page.gone  ${url}/gone`]);
    await run('remove', 'Shop');
  });

  it('adds pairs of a table or of JSON', async () => {
    const table = await run('add', await file('faq.csv', 'question,answer\nDo you ship to Norway?,Yes we do.'));
    expect([table.code, table.out]).toEqual([0, 'faq: is known, 1 chunks']);
    const json = await run('add', await file('more.json', '[{"question":"Is it free?","answer":"From 50 euros."}]'), '--json');
    expect(JSON.parse(json.out)).toMatchObject([{ kind: 'pairs', state: 'ready', progress: { chunks: 1 } }]);
    expect((await run('remove', 'faq', 'more.json')).code).toBe(0);
  });

  it('ends with 1 and the reason where nothing came of it', async () => {
    const broken = await run('add', await file('broken.pdf', '%PDF-1.4 no'));
    expect([broken.code, broken.out]).toEqual([1, 'broken: could not be taken in, 0 chunks\n1 problem:\n  source.broken  broken.pdf']);
    await run('remove', 'broken');
    expect(await run('add', path.join(directory, 'nothing.pdf'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no file'),
    });
    expect(await run('show', 'nothing')).toMatchObject({ code: 1, err: 'there is no source "nothing"' });
    expect(await run('list', '--key', 'a-wrong-key-of-nobody')).toMatchObject({ code: 1, err: expect.stringContaining('bearer key') });
    expect(await run('list', '--url', 'http://127.0.0.1:1')).toMatchObject({ code: 69, err: expect.stringContaining('nobody answers') });
  });

  it.each([[[]], [['fetch']], [['add']], [['list', '--no-such']], [['show']], [['list', '--url', 'nonsense']]])(
    'explains itself when it is not understood: %j',
    async (argv) => {
      const { code, err } = await run(...argv);
      expect(code).toBe(64);
      expect(err).toContain(HELP);
    },
  );

  it('explains itself when it is asked to', async () => {
    expect(await run('--help')).toEqual({ code: 0, out: HELP, err: '' });
  });
});
