import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { botVersions, getBot, putBot } from '@baton/control-api';
import type { ApiClient } from '@baton/control-api';
import { SettingsStore } from '@baton/settings';
import { eventually } from '@baton/testing';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

const aKey = () => randomBytes(32).toString('base64');
const of = { workspaceId: 'acme', botId: 'demo' };
const bot = (tokenKey: string) => ({
  ...{ ...of, name: 'Demo' },
  crisp: { websiteId: '11111111-2222-4333-8444-555555555555', tokenId: 'token', tokenKey, hookSecrets: ['hook'] },
});

describe('a new key takes over', () => {
  const [old, next] = [aKey(), aKey()];
  let stage: Stage;
  let client: ApiClient;
  const secretWith = async (key: string): Promise<string | undefined> => {
    const kafka = { brokers: stage.config.KAFKA_BROKERS, clientId: 'rotation', topicPrefix: stage.config.KAFKA_TOPIC_PREFIX };
    const store = new SettingsStore({ kafka, keys: { crisp: key } });
    await store.start();
    try {
      return store.open(store.bot('demo')!.crisp!.tokenKey);
    } catch {
      return undefined;
    } finally {
      await store.stop();
    }
  };
  const version = async () => (await client.call(getBot, { params: of })).version;
  const resealed = () => stage.logLines.filter((line) => line.includes('secrets were sealed with the new key'));

  beforeAll(async () => {
    stage = await startStage({ env: { SETTINGS_KEY_CRISP: old } });
    client = stage.client();
    await client.call(putBot, { params: of, body: bot('first') }, { version: 'new' });
    await client.call(putBot, { params: of, body: bot('second') }, { version: 1 });
  });
  afterAll(() => stage.close());

  it('first it is only known: nothing changes', async () => {
    await stage.restart({ SETTINGS_KEY_CRISP: `${old}, ${next}` });
    expect([await version(), await secretWith(old), await secretWith(next)]).toEqual([2, 'second', undefined]);
    expect(resealed()).toEqual([]);
  });

  it('put first it seals everything anew, and says how much', async () => {
    await stage.restart({ SETTINGS_KEY_CRISP: `${next},${old}` });
    expect([await secretWith(`${old},${next}`), await secretWith(next)]).toEqual(['second', 'second']);
    expect(resealed().map((line) => JSON.parse(line) as object)).toMatchObject([{ documents: 1, of: 1 }]);
    const { items } = await client.call(botVersions.list, { params: of });
    expect(items[0]).toMatchObject({ version: 3, cause: 'resealed', changedBy: { kind: 'baton' }, paths: [] });
  });

  it('seals nothing again when it begins once more', async () => {
    await stage.restart({ SETTINGS_KEY_CRISP: `${next},${old}` });
    expect([await version(), resealed().length]).toEqual([3, 1]);
  });

  it('alone it opens also what was set long ago', async () => {
    await stage.restart({ SETTINGS_KEY_CRISP: next });
    const { crisp, ...rest } = (await client.call(getBot, { params: of })).bot;
    expect(crisp).toBeDefined();
    await client.call(putBot, { params: of, body: rest }, { version: 3 });
    await client.call(botVersions.rollBack, { params: { ...of, version: 1 } }, { version: 4 });
    await eventually(async () => (await secretWith(next)) === 'first', { what: 'the first secret' });
  });

  it('without the old key what only that one sealed is told, not guessed', async () => {
    await stage.restart({ SETTINGS_KEY_CRISP: aKey() });
    const back = client.call(botVersions.rollBack, { params: { ...of, version: 2 } }, { version: 5 });
    await expect(back).rejects.toThrow('sealed with a key that is gone');
  });
});
