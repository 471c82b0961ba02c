import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BotSettings } from '@baton/contracts';
import { runMigrations } from '@baton/persistence';
import { open } from '@baton/settings';
import { freshDatabase } from '@baton/testing';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { stringify } from 'yaml';
import { SCHEMA } from '../database/database.js';
import { migrations } from '../database/migrations.js';
import { Documents } from '../documents/documents.js';
import { applyFile } from './apply-file.js';
import { readSettings } from './read-settings.js';

const aKey = () => randomBytes(32).toString('base64');
const keys = { webhooks: aKey(), crisp: aKey(), messenger: aKey(), models: aKey() };
const BY = { kind: 'person', id: 'p', name: 'Anna' } as const;
const crisp = (secret: string) => ({
  ...{ websiteId: '11111111-2222-4333-8444-555555555555', tokenId: 'token' },
  ...{ tokenKey: { value: secret }, hookSecrets: [{ value: 'hook' }] },
});

describe('a settings file that is taken over', () => {
  let stop: (() => Promise<void>)[] = [];
  let documents: Documents;
  let dataSource: DataSource;
  const ready = (async () => {
    const database = await freshDatabase(process.env['DATABASE_URL']!);
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
    dataSource = await new DataSource({ type: 'postgres', url: database.url, extra: { options: `-c search_path=${SCHEMA}` } }).initialize();
    documents = new Documents(dataSource);
    stop = [() => dataSource.destroy(), () => database.drop()];
  })();
  beforeEach(async () => {
    await ready;
    await dataSource.query('TRUNCATE documents, document_versions, file_entries');
  });
  afterAll(async () => {
    for (const one of stop) await one();
  });

  const apply = (...bots: object[]) => {
    const read = readSettings(stringify({ bots: bots.map((bot) => ({ botId: 'demo', workspaceId: 'acme', name: 'Demo', ...bot })) }), {
      ...{ env: {}, directory: '/' },
    });
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    const refused = (sentence: string) => void sentences.push(sentence);
    return applyFile(read.settings, { documents, dataSource, keys, now: new Date(), refused });
  };
  const sentences: string[] = [];
  const inConsole = (change: (bot: BotSettings) => BotSettings | null) =>
    documents.change({ kind: 'bot', id: 'demo', by: BY, at: new Date() }, (before) => ({
      workspaceId: 'acme',
      body: change(before!.body!),
      cause: 'changed',
    }));
  const bot = async () => (await documents.find('bot', 'demo'))?.body ?? undefined;
  const version = async () => (await documents.find('bot', 'demo'))?.version;

  it('makes a version once, however often it is read and its secrets are sealed', async () => {
    expect(await apply({ crisp: crisp('key') })).toBe(1);
    expect(await apply({ crisp: crisp('key') })).toBe(0);
    expect(await version()).toBe(1);
  });

  it('changes only what is another one in it: what was set in the console stays', async () => {
    await apply({ name: 'One', crisp: crisp('key') });
    await inConsole((now) => ({ ...now, locale: 'de', handover: { ...now.handover, noAgentMessage: 'Nobody.' } }));
    await apply({ name: 'Two', crisp: crisp('new-key') });
    expect(await bot()).toMatchObject({ name: 'Two', locale: 'de', handover: { noAgentMessage: 'Nobody.' } });
    expect(open('bot:demo', keys, (await bot())!.crisp!.tokenKey)).toBe('new-key');
  });

  it('wins where both changed the same', async () => {
    await apply({ name: 'One' });
    await inConsole((now) => ({ ...now, name: 'Console' }));
    expect(await apply({ name: 'One' })).toBe(0);
    expect((await bot())?.name).toBe('Console');
    await apply({ name: 'Two' });
    expect((await bot())?.name).toBe('Two');
  });

  it('does not bring back what was taken away, until it changes there', async () => {
    await apply({ name: 'One' });
    await inConsole(() => null);
    expect([await apply({ name: 'One' }), await bot()]).toEqual([0, undefined]);
    await apply({ name: 'Two' });
    expect((await bot())?.name).toBe('Two');
  });

  it('gives no bot to another workspace, neither one that is there nor one that was taken away', async () => {
    await apply({ name: 'Ours' }, { botId: 'gone' });
    await apply({ name: 'Ours' });
    sentences.length = 0;
    expect(await apply({ name: 'Theirs', workspaceId: 'rival' }, { botId: 'gone', workspaceId: 'rival' })).toBe(0);
    expect(sentences).toEqual([expect.stringContaining('"demo"'), expect.stringContaining('"gone"')]);
    expect(await documents.find('bot', 'demo')).toMatchObject({ workspaceId: 'acme', body: { name: 'Ours' } });
    expect(await documents.formerBots()).toEqual(new Map([['acme', ['gone']]]));
    expect(await apply({ name: 'New' })).toBe(1);
  });

  it('takes away what left it, and nothing that never stood in it', async () => {
    await apply({}, { botId: 'other' });
    await documents.change({ kind: 'bot', id: 'mine', by: BY, at: new Date() }, async () => ({
      ...{ workspaceId: 'acme', cause: 'created' as const },
      body: { ...(await bot())!, botId: 'mine' },
    }));
    await apply({});
    expect((await documents.all()).map(({ id }) => id)).toEqual(['demo', 'mine']);
  });

  it('stopped between any two entries it goes on where it was, and ends the same', async () => {
    const bots = ['a', 'b', 'c', 'd'].map((botId) => ({ botId, name: `Bot ${botId}` }));
    for (let stopAt = 0; stopAt < bots.length; stopAt += 1) {
      await dataSource.query('TRUNCATE documents, document_versions, file_entries');
      await apply(...bots.slice(0, stopAt));
      await apply(...bots);
      expect((await documents.all()).map(({ id, version: of }) => `${id}${of}`)).toEqual(['a1', 'b1', 'c1', 'd1']);
    }
  });

  it('two replicas that take it over at once make one version', async () => {
    const changed = await Promise.all([apply({ crisp: crisp('key') }), apply({ crisp: crisp('key') })]);
    expect([changed.sort(), await version()]).toEqual([[0, 1], 1]);
  });

  it('keeps whatever the console changed and the file did not, whatever that is', async () => {
    const field = fc.constantFrom('locale', 'avatar', 'greeting', 'noAgentMessage', 'name');
    const put = (of: object, name: string, value: string) =>
      name === 'greeting'
        ? { ...of, webchat: { allowedOrigins: [], greeting: value } }
        : name === 'noAgentMessage'
          ? { ...of, handover: { ...(of as BotSettings).handover, noAgentMessage: value } }
          : { ...of, [name]: name === 'avatar' ? `https://x.example/${value}` : value };
    const get = (of: BotSettings, name: string) =>
      name === 'greeting' ? of.webchat?.greeting : name === 'noAgentMessage' ? of.handover.noAgentMessage : of[name as 'name'];
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(field, { maxLength: 3 }), fc.uniqueArray(field, { maxLength: 3 }), async (byFile, byConsole) => {
        await dataSource.query('TRUNCATE documents, document_versions, file_entries');
        await apply({});
        await inConsole((now) => byConsole.reduce<object>((of, name) => put(of, name, 'console'), now) as BotSettings);
        await apply(byFile.reduce<object>((of, name) => put(of, name, 'file'), {}));
        const now = (await bot())!;
        for (const name of byFile) expect(get(now, name)).toMatch(/file$/);
        for (const name of byConsole) if (!byFile.includes(name)) expect(get(now, name)).toMatch(/console$/);
      }),
      { numRuns: 25 },
    );
  });
});
