import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ApiProblem,
  checkBot,
  deleteBotHours,
  deleteBotMessenger,
  deleteBotWebchat,
  getBot,
  getBotAssistant,
  getBotHandover,
  getBotHours,
  getBotMessages,
  getBotMessenger,
  getBotWebchat,
  putBot,
  putBotAssistant,
  putBotHandover,
  putBotHours,
  putBotMessages,
  putBotMessenger,
  putBotWebchat,
} from '@baton/control-api';
import type { ApiClient, Operation } from '@baton/control-api';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

const params = { workspaceId: 'acme', botId: 'demo' };

describe('a part of a bot', () => {
  let stage: Stage;
  let client: ApiClient;
  beforeAll(async () => {
    stage = await startStage();
    client = stage.client();
    await client.call(putBot, { params, body: { ...params, name: 'Demo', locale: 'de' } }, { version: 'new' });
  });
  afterAll(() => stage.close());
  const version = async () => (await client.call(getBot, { params })).version;
  const refusedAs = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => (error as ApiProblem).problem,
    );

  const messenger = { pageId: '1', appId: '2', pageToken: 'page-token', appSecrets: ['app-secret'], verifyToken: 'verify' };
  const hours = { timeZone: 'Europe/Berlin', weekly: { monday: [{ from: '09:00', to: '17:00' }] } };

  it.each<[string, Operation, Operation, object]>([
    ['the webchat', getBotWebchat, putBotWebchat, { allowedOrigins: ['https://shop.example'], title: 'Hi' }],
    ['the hours', getBotHours, putBotHours, hours],
    [
      'the messages',
      getBotMessages,
      putBotMessages,
      { noAgentMessage: 'Nobody is here.', languages: { fr: { noAgentMessage: 'Personne.' } } },
    ],
    ['the handover', getBotHandover, putBotHandover, { reopenSeconds: 60 }],
    ['the assistant', getBotAssistant, putBotAssistant, { channels: true }],
  ])('%s is set by itself; everything else stays', async (_, get, put, body) => {
    const before = await client.call(getBot, { params });
    const set = (await client.call(put, { params, body }, { version: before.version })) as { version: number; value: object };
    expect(set).toMatchObject({ version: before.version + 1, published: true, value: body });
    expect(await client.call(get, { params })).toMatchObject({ version: set.version, value: set.value });
    const { bot } = await client.call(getBot, { params });
    expect(bot).toMatchObject({ name: 'Demo', locale: 'de' });
    for (const name of ['webchat', 'messenger', 'assistant'] as const) {
      if (!put.path.includes(name)) expect(bot[name]).toEqual(before.bot[name]);
    }
  });

  it('parts of the handover do not touch each other', async () => {
    const { handover } = (await client.call(getBot, { params })).bot;
    expect(handover).toMatchObject({ noAgentMessage: 'Nobody is here.', reopenSeconds: 60, hours: { timeZone: 'Europe/Berlin' } });
    await client.call(putBotMessages, { params, body: {} }, { version: await version() });
    const after = (await client.call(getBot, { params })).bot.handover;
    expect([after.noAgentMessage, after.reopenSeconds, after.hours?.timeZone]).toEqual([undefined, 60, 'Europe/Berlin']);
  });

  it('keeps a secret by its mark', async () => {
    const made = await client.call(putBotMessenger, { params, body: messenger }, { version: await version() });
    const { value } = await client.call(getBotMessenger, { params });
    expect(JSON.stringify(value)).not.toContain('page-token');
    await client.call(putBotMessenger, { params, body: { ...value!, personas: false } }, { version: made.version });
    const sealed = stage.published.bot('demo')!.messenger!.pageToken;
    expect(stage.published.open(sealed)).toBe('page-token');
  });

  it.each([
    ['the webchat', getBotWebchat, deleteBotWebchat],
    ['the hours', getBotHours, deleteBotHours],
    ['the page of Messenger', getBotMessenger, deleteBotMessenger],
  ])('%s is taken away', async (_, get, remove) => {
    await client.call(remove, { params }, { version: await version() });
    expect(await client.call(get as typeof getBotWebchat, { params })).toMatchObject({ value: null });
  });

  it('is refused with what nobody knows in it, without a version, and with an old one', async () => {
    const wrong = { allowedOrigins: [], titel: 'Hi' } as never;
    expect(await refusedAs(client.call(putBotWebchat, { params, body: wrong }, { version: await version() }))).toMatchObject({
      ...{ status: 400, errors: [{ pointer: '/titel', message: 'is not known here' }] },
    });
    const right = { allowedOrigins: [] };
    expect(await refusedAs(client.call(putBotWebchat, { params, body: right }))).toMatchObject({ code: 'version-required' });
    expect(await refusedAs(client.call(putBotWebchat, { params, body: right }, { version: 1 }))).toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await refusedAs(client.call(putBotWebchat, { params, body: right }, { version: 'new' }))).toMatchObject({
      code: 'version-required',
    });
  });

  it('is looked at before it is saved: what is wrong, and what it would change', async () => {
    const { bot } = await client.call(getBot, { params });
    const before = await version();
    const check = (body: object) => client.call(checkBot, { params, body: body as never });
    expect(await check({ ...bot, name: 'New' })).toMatchObject({
      ...{ action: 'change', version: before, problems: [], changes: [{ path: 'name', before: 'Demo', after: 'New' }] },
    });
    expect((await check({ ...bot, name: '', nmae: 'x', botId: 'other' })).problems.map(({ pointer }) => pointer)).toEqual([
      '/name',
      '/nmae',
    ]);
    expect((await check({ ...bot, botId: 'other' })).problems).toMatchObject([{ pointer: '/botId' }]);
    expect(await version()).toBe(before);
  });
});
