import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { ApiProblem, createBotKey, deleteBotKey, getBot, listBotKeys, putBot } from '@baton/control-api';
import { eventually } from '@baton/testing';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

const params = { workspaceId: 'acme', botId: 'shop' };
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'taken',
    (error: unknown) => (error instanceof ApiProblem ? error.problem.code : error),
  );

describe('the keys of a bot', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
    await stage.client().call(putBot, { params, body: { ...params, name: 'Shop' } }, { version: 'new' });
  });
  afterAll(() => stage.close());
  const hashes = () => stage.published.bot('shop')?.apiKeyHashes ?? [];
  const create = (name: string) => stage.client().call(createBotKey, { params, body: { name } });
  const list = async () => (await stage.client().call(listBotKeys, { params })).items;

  it('are shown once, kept as hashes, and known again by a mark', async () => {
    const made = await create('Our flow');
    expect(made).toMatchObject({ name: 'Our flow', published: true, createdBy: { kind: 'environment' } });
    await eventually(() => hashes().includes(hashOf(made.key)), { what: 'the key' });
    const { key, published: _, ...shown } = made;
    expect(await list()).toEqual([shown]);
    const kept = await stage.database.query('SELECT body::text FROM documents');
    expect(JSON.stringify([kept, await stage.database.query('SELECT * FROM bot_keys'), stage.logLines])).not.toContain(key);
    expect(JSON.stringify(await stage.client().call(getBot, { params }))).not.toContain(hashOf(key));
  });

  it('stay when the bot is saved, and open nothing once they are taken away', async () => {
    const { bot, version } = await stage.client().call(getBot, { params });
    await stage.client().call(putBot, { params, body: { ...bot, name: 'Shop again' } }, { version });
    const [one] = await list();
    await stage.client().call(deleteBotKey, { params: { ...params, fingerprint: one!.fingerprint } });
    await eventually(() => hashes().length === 0, { what: 'no key' });
    expect(await list()).toEqual([]);
    expect(await refused(stage.client().call(deleteBotKey, { params: { ...params, fingerprint: one!.fingerprint } }))).toBe('not-found');
  });

  it('are five at most, also when two people make one at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 7 }, (_, i) => refused(create(`key ${i}`))));
    expect(made.toSorted()).toEqual(['conflict', 'conflict', ...Array.from({ length: 5 }, () => 'taken')]);
    expect(await list()).toHaveLength(5);
  });

  it('are nobody else’s', async () => {
    const elsewhere = { workspaceId: 'rival', botId: 'shop' };
    const [one] = await list();
    const calls = [
      stage.client().call(listBotKeys, { params: elsewhere }),
      stage.client().call(createBotKey, { params: elsewhere, body: { name: 'x' } }),
      stage.client().call(deleteBotKey, { params: { ...elsewhere, fingerprint: one!.fingerprint } }),
    ];
    expect(await Promise.all(calls.map(refused))).toEqual(['not-found', 'not-found', 'not-found']);
    expect(await refused(stage.client(null).call(listBotKeys, { params }))).toBe('not-signed-in');
  });
});
