import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey, getBot, listBots, putBot } from '@baton/control-api';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';
import { runBaton } from './run-baton.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';

const FILE = `# What Baton does for acme
bots:
  - botId: demo
    workspaceId: acme
    name: Demo
    webchat: { allowedOrigins: ['https://shop.example'] }
    handover:
      noAgentMessage: Nobody is there.
    crisp:
      websiteId: ${WEBSITE}
      tokenId: a-token
      tokenKey: { env: CRISP_KEY }
  - botId: other
    workspaceId: acme
    name: Other
workspaces:
  - workspaceId: acme
    answers: { perMonth: 100 }
`;

let stage: Stage;
let directory: string;
let file: string;

beforeAll(async () => {
  stage = await startStage();
  directory = await mkdtemp(join(tmpdir(), 'baton-as-code-'));
  file = join(directory, 'baton.yaml');
});
afterAll(async () => {
  await stage?.close();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => writeFile(file, FILE));

/** Runs a command as somebody at a shell does. @param o.answer what he says when he is asked; undefined: he is not there */
async function baton(words: string, o: { env?: Record<string, string>; key?: string; answer?: boolean } = {}) {
  const said: string[] = [];
  const complaints: string[] = [];
  const asked: string[] = [];
  const env = { BATON_URL: stage.url, BATON_KEY: o.key ?? stage.environmentKey, CRISP_KEY: 'the-key-of-the-token-1234', ...o.env };
  const { answer } = o;
  const code = await runBaton(words.replace('FILE', file).split(' '), env, {
    say: (text) => said.push(text),
    complain: (text) => complaints.push(text),
    ask: answer === undefined ? undefined : (question) => Promise.resolve((asked.push(question), answer)),
    hasColours: false,
  });
  return { code, said: said.join('\n'), complaints: complaints.join('\n'), asked };
}

const write = (change: (text: string) => string) => writeFile(file, change(FILE));
const demo = async () => (await stage.client().call(getBot, { params: { workspaceId: 'acme', botId: 'demo' } })).bot;

describe('bots as code', () => {
  it('shows what would be made, and makes nothing of it', async () => {
    const planned = await baton('plan -f FILE');
    expect(planned).toMatchObject({ code: 0, complaints: '' });
    expect(planned.said).toContain('  + bot demo');
    expect(planned.said).toContain('3 to create, 0 to change, 0 to take away, 0 as they should be.');
    expect(planned.said).not.toContain('the-key-of-the-token');
    expect((await baton('drift -f FILE')).code).toBe(1);
    expect((await stage.client().call(listBots, { params: { workspaceId: 'acme' } })).items).toEqual([]);
  });

  it('asks before it makes it so, and in scripts wants a yes', async () => {
    const refused = await baton('apply -f FILE', { answer: false });
    expect(refused).toMatchObject({ code: 1, complaints: 'Nothing was applied.', asked: ['Apply this?'] });
    expect(await baton('apply -f FILE')).toMatchObject({ code: 64, complaints: 'Nobody is there to be asked: say --yes to apply it.' });
    expect((await stage.client().call(listBots, { params: { workspaceId: 'acme' } })).items).toEqual([]);

    const applied = await baton('apply -f FILE', { answer: true });
    expect(applied).toMatchObject({ code: 0, complaints: '' });
    expect(applied.said).toContain('Applied to the workspace acme.\nIt holds in all services.');
    expect(await demo()).toMatchObject({ name: 'Demo', handover: { noAgentMessage: 'Nobody is there.' }, crisp: { websiteId: WEBSITE } });
  });

  it('finds nothing to do where everything is as the file says', async () => {
    const same = { code: 0, complaints: '', said: 'Everything is as the file says.' };
    for (const words of ['plan -f FILE', 'drift -f FILE', 'apply -f FILE']) expect(await baton(words)).toMatchObject(same);
  });

  it('shows field by field what changes, and another secret as no more than that', async () => {
    await write((text) => text.replace('name: Demo', 'name: Juniper').replace('Nobody is there.', '{ text: Away }'));
    const planned = await baton('plan -f FILE', { env: { CRISP_KEY: 'another-key-of-the-token' } });
    expect(planned.said.split('\n').sort()).toEqual(
      [
        'Workspace acme',
        '  ~ bot demo',
        '      ~ name: "Demo" → "Juniper"',
        '      ~ handover.noAgentMessage: "Nobody is there." → {"text":"Away"}',
        '      ~ crisp.tokenKey: (another secret)',
        '',
        '0 to create, 1 to change, 0 to take away, 2 as they should be.',
      ].sort(),
    );
  });

  it('notices what somebody changed elsewhere, and takes it back when it is told to', async () => {
    const { bot, version } = await stage.client().call(getBot, { params: { workspaceId: 'acme', botId: 'demo' } });
    await stage
      .client()
      .call(putBot, { params: { workspaceId: 'acme', botId: 'demo' }, body: { ...bot, name: 'By hand' } as never }, { version });
    const drifted = await baton('drift -f FILE --json');
    expect(drifted.code).toBe(1);
    expect(JSON.parse(drifted.said)).toMatchObject({
      workspaces: [
        {
          workspaceId: 'acme',
          documents: [{ document: 'bot:demo', action: 'change', changes: [{ path: 'name', before: 'By hand' }] }, {}, {}],
        },
      ],
    });
    expect((await baton('apply -f FILE --yes')).code).toBe(0);
    expect((await demo()).name).toBe('Demo');
    expect((await baton('drift -f FILE')).code).toBe(0);
  });

  it('applies nothing when somebody changes something while it asks', async () => {
    await write((text) => text.replace('name: Demo', 'name: Mine'));
    const said: string[] = [];
    const code = await runBaton(
      ['apply', '-f', file],
      { BATON_URL: stage.url, BATON_KEY: stage.environmentKey, CRISP_KEY: 'the-key-of-the-token-1234' },
      {
        say: () => undefined,
        complain: (text) => said.push(text),
        ask: async () => {
          const { bot, version } = await stage.client().call(getBot, { params: { workspaceId: 'acme', botId: 'demo' } });
          await stage
            .client()
            .call(putBot, { params: { workspaceId: 'acme', botId: 'demo' }, body: { ...bot, locale: 'de' } as never }, { version });
          return true;
        },
        hasColours: false,
      },
    );
    expect([code, said.join('\n')]).toEqual([1, expect.stringContaining('Somebody else changed it meanwhile')]);
    expect(await demo()).toMatchObject({ name: 'Demo', locale: 'de' });
    await writeFile(file, FILE);
    expect((await baton('apply -f FILE --yes')).code).toBe(0);
  });

  it('takes a bot away only when it is told to prune, and only for owners', async () => {
    await write((text) => text.replace(/ {2}- botId: other\n.*\n.*\n/, ''));
    expect((await baton('plan -f FILE')).said).toBe('Everything is as the file says.');
    expect((await baton('plan -f FILE --prune')).said).toContain('  - bot other');
    const { key } = await stage.client().call(createApiKey, {
      params: { workspaceId: 'acme' },
      body: { name: 'pipeline', role: 'editor', scopes: ['bots'] } as never,
    });
    const refused = await baton('apply -f FILE --prune --yes', { key });
    expect(refused).toMatchObject({ code: 77, complaints: expect.stringContaining('Only an owner may take bots away') });
    expect((await baton('apply -f FILE --prune --yes')).code).toBe(0);
    expect((await stage.client().call(listBots, { params: { workspaceId: 'acme' } })).items.map(({ botId }) => botId)).toEqual(['demo']);
  });

  it('writes a file that says what is there, once its variables are set', async () => {
    const exported = await baton('export -w acme -f FILE');
    expect(exported).toMatchObject({ code: 0, complaints: 'Set these variables before you plan or apply it:\n  BOT_DEMO_CRISP_TOKEN_KEY' });
    expect(await readFile(file, 'utf8')).toContain('tokenKey:\n        env: BOT_DEMO_CRISP_TOKEN_KEY');
    const again = await baton('drift -f FILE', { env: { BOT_DEMO_CRISP_TOKEN_KEY: 'the-key-of-the-token-1234' } });
    expect(again).toMatchObject({ code: 0, said: 'Everything is as the file says.' });
    expect((await baton('export -w acme')).said).toContain('# The bots of the workspace acme');
  });

  it('tells what is wrong with a file at its line, also what only Baton can know', async () => {
    await write((text) => text.replace('Nobody is there.', "{ text: '' }").replace('CRISP_KEY', 'NOT_SET'));
    const wrong = await baton('plan -f FILE');
    expect(wrong).toMatchObject({ code: 78, said: '' });
    expect(wrong.complaints).toContain(`${file}:8:`);
    expect(wrong.complaints).toContain('must name a variable that is set; NOT_SET is not');

    await stage
      .client()
      .call(
        putBot,
        { params: { workspaceId: 'else', botId: 'taken' }, body: { botId: 'taken', workspaceId: 'else', name: 'Taken' } as never },
        { version: 'new' },
      );
    await write((text) => text.replace('botId: other', 'botId: taken'));
    const taken = await baton('apply -f FILE --yes');
    expect([taken.code, taken.complaints]).toEqual([78, `${file}:13:12 bots[1].botId is taken; choose another one`]);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['no address', { BATON_URL: '' }, 64, 'Set BATON_URL'],
    ['no key', { BATON_KEY: '' }, 64, 'Set BATON_KEY'],
    ['another key', { BATON_KEY: 'nobody-has-this-key-0000000000000000' }, 77, 'Nobody is signed in'],
    ['nobody at the address', { BATON_URL: 'http://127.0.0.1:9' }, 69, 'Baton does not answer'],
  ])('with %s says so', async (_what, env, code, complaint) => {
    expect(await baton('plan -f FILE', { env })).toMatchObject({ code, complaints: expect.stringContaining(complaint) });
  });

  it('explains itself', async () => {
    expect(await baton('--help')).toMatchObject({ code: 0, said: expect.stringContaining('baton drift') });
    expect(await baton('destroy')).toMatchObject({ code: 64, complaints: expect.stringContaining('See --help.') });
  });
});
