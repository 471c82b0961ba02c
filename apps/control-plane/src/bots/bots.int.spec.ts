import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getBot, putBot } from '@baton/control-api';
import type { ApiProblem, GivenBot } from '@baton/control-api';
import { eventually } from '@baton/testing';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

describe('bots over the API', () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await startStage()));
  afterAll(() => stage.close());
  const params = { workspaceId: 'acme', botId: 'demo' };

  it('a new bot is on the topic when its answer comes, and stays after a restart', async () => {
    const client = stage.client();
    const made = await client.call(putBot, { params, body: { ...params, name: 'Demo' } }, { version: 'new' });
    expect(made).toMatchObject({ version: 1, published: true, bot: { name: 'Demo' } });
    await eventually(() => stage.published.bot('demo')?.name === 'Demo', { what: 'the bot on the topic' });
    await stage.restart();
    expect(await client.call(getBot, { params })).toMatchObject({ version: 1, bot: { name: 'Demo' } });
  });

  const problemOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => (error as ApiProblem).problem,
    );
  const put = (bot: object, version: number | 'new') =>
    stage.client().call(putBot, { params, body: { ...params, name: 'Demo', ...bot } as GivenBot }, { version });

  it.each<[string, object, string]>([
    ['a field that nobody knows', { nmae: 'x' }, '/nmae'],
    ['one deep inside', { handover: { texts: { oneMomnet: 'x' } } }, '/handover/texts/oneMomnet'],
    ['one in a language', { handover: { languages: { de: { noAgent: 'x' } } } }, '/handover/languages/de/noAgent'],
    ['one in a message', { handover: { noAgentMessage: { text: 'x', quickReplys: [] } } }, '/handover/noAgentMessage/quickReplys'],
    ['keys, which are made elsewhere', { apiKeyHashes: ['a'.repeat(64)] }, '/apiKeyHashes'],
    [
      'a mark of no secret',
      { assistant: { model: { baseUrl: 'http://x', model: 'm', apiKey: { fingerprint: '0123456789ab' } } } },
      '/assistant/model/apiKey',
    ],
    ['the name of another bot', { botId: 'other' }, '/botId'],
    ['another workspace', { workspaceId: 'other' }, '/workspaceId'],
  ])('a bot with %s is refused, and told where', async (_, bot, pointer) => {
    const problem = await problemOf(put(bot, 1));
    expect([problem?.status, problem?.errors?.map((one) => one.pointer)]).toEqual([400, expect.arrayContaining([pointer])]);
  });

  it('a bot is made once, and changed only by who read it', async () => {
    expect(await problemOf(put({}, 'new'))).toMatchObject({ code: 'taken' });
    expect(await problemOf(put({}, 7))).toMatchObject({ code: 'changed-meanwhile' });
    expect(await problemOf(stage.client().call(putBot, { params, body: { ...params, name: 'x' } }))).toMatchObject({
      code: 'version-required',
    });
    await put({ locale: 'de' }, 1);
    expect(await problemOf(put({}, 1))).toMatchObject({
      detail: expect.stringMatching(/^Changed by the key of the environment meanwhile: locale\. /) as unknown,
      meanwhile: [{ version: 2, cause: 'changed', paths: ['locale'] }],
    });
  });

  it('a website is connected by one workspace only, however many want it at the same moment', async () => {
    const crisp = { websiteId: '11111111-2222-4333-8444-555555555555', tokenId: 'token', tokenKey: 'the-key', hookSecrets: [] };
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, i) => {
        const of = { workspaceId: `rival-${i}`, botId: `rival-bot-${i}` };
        const body = { ...of, name: 'Rival', crisp } as unknown as GivenBot;
        return problemOf(stage.client().call(putBot, { params: of, body }, { version: 'new' }));
      }),
    );
    expect(outcomes.map((problem) => problem?.code).sort()).toEqual([...Array<string>(5).fill('conflict'), undefined]);
  });
});
