import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ApiProblem,
  applyWorkspace,
  botVersions,
  createApiKey,
  crispPluginVersions,
  deleteBot,
  deleteCrispPlugin,
  getBot,
  getCrispPlugin,
  getWorkspaceSettings,
  listAudit,
  putBot,
  putCrispPlugin,
  putWorkspaceSettings,
  workspaceVersions,
} from '@baton/control-api';
import type { ApiClient, GivenBot, Problem } from '@baton/control-api';
import { eventually } from '@baton/testing';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const of = { workspaceId: 'acme', botId: 'demo' };
const crisp = (tokenKey: string) => ({ websiteId: WEBSITE, tokenId: 'token', tokenKey, hookSecrets: ['hook'] });

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the versions of a bot', () => {
  let stage: Stage;
  let client: ApiClient;
  beforeAll(async () => {
    stage = await startStage();
    client = stage.client();
    await put({ name: 'One', crisp: crisp('first-key') }, 'new');
    await put({ name: 'Two', crisp: crisp('second-key'), handover: { hours: { timeZone: 'Europe/Berlin', weekly: {} } } }, 1);
    await put({ name: 'Three', crisp: crisp('second-key') }, 2);
  });
  afterAll(() => stage.close());

  const put = (bot: Partial<GivenBot>, version: number | 'new', params = of) =>
    client.call(putBot, { params, body: { ...params, name: 'Demo', ...bot } }, { version });
  const list = async () => (await client.call(botVersions.list, { params: of })).items;
  const secretOf = () => stage.published.open(stage.published.bot('demo')!.crisp!.tokenKey);

  it('are listed, newest first, with who, when, why and where', async () => {
    expect(await list()).toMatchObject([
      { version: 3, cause: 'changed', paths: expect.arrayContaining(['name', 'handover.hours']) as unknown },
      { version: 2, cause: 'changed', changedBy: { kind: 'environment' } },
      { version: 1, cause: 'created', paths: [], isGone: false, restored: null },
    ]);
    const page = await client.call(botVersions.list, { params: of, query: { limit: 2 } });
    expect([page.items.map(({ version }) => version), page.next]).toEqual([[3, 2], '2']);
    expect((await client.call(botVersions.list, { params: of, query: { limit: 2, before: 2 } })).items).toMatchObject([{ version: 1 }]);
  });

  it('differ readably, any two of them, and of secrets only that they are others', async () => {
    const changes = async (version: number, since?: number) =>
      (await client.call(botVersions.changes, { params: { ...of, version }, query: { since } })).changes;
    expect(await changes(2)).toEqual(
      expect.arrayContaining([
        { path: 'name', kind: 'changed', before: 'One', after: 'Two' },
        { path: 'crisp.tokenKey', kind: 'changed', secret: true },
      ]),
    );
    expect((await changes(3, 1)).map(({ path }) => path).sort()).toEqual(['crisp.tokenKey', 'name']);
    expect((await changes(1, 3)).find(({ path }) => path === 'name')).toMatchObject({ before: 'Three', after: 'One' });
    expect(await changes(3, 3)).toEqual([]);
  });

  it('are shown whole, secrets as marks', async () => {
    const { document } = await client.call(botVersions.get, { params: { ...of, version: 1 } });
    expect(document).toMatchObject({ name: 'One', crisp: { tokenKey: { fingerprint: expect.any(String) as unknown } } });
    expect(document).not.toHaveProperty('apiKeyHashes');
  });

  it('hold again with one call: texts of then, secrets of today', async () => {
    const params = { ...of, version: 1 };
    expect((await client.call(botVersions.preview, { params })).changes).toEqual([
      { path: 'name', kind: 'changed', before: 'Three', after: 'One' },
    ]);
    expect(await client.call(botVersions.rollBack, { params }, { version: 3 })).toMatchObject({ version: 4, published: true });
    expect((await client.call(getBot, { params: of })).bot.name).toBe('One');
    await eventually(() => stage.published.bot('demo')?.name === 'One', { what: 'the old name' });
    expect(secretOf()).toBe('second-key');
    expect((await list())[0]).toMatchObject({ version: 4, cause: 'rolled-back', restored: 1, paths: ['name'] });
  });

  it('do not hold again past a change of somebody else, who is named with what he changed', async () => {
    const problem = await problemOf(client.call(botVersions.rollBack, { params: { ...of, version: 2 } }, { version: 2 }));
    expect(problem).toMatchObject({
      code: 'changed-meanwhile',
      meanwhile: [
        { version: 4, cause: 'rolled-back', paths: ['name'] },
        { version: 3, cause: 'changed' },
      ],
    });
    expect(problem.detail).toContain('Changed by the key of the environment meanwhile: name.');
  });

  it('bring a bot back that was taken away, with its last secrets', async () => {
    await client.call(deleteBot, { params: of }, { version: 4 });
    await eventually(() => stage.published.bot('demo') === undefined, { what: 'the bot being gone' });
    expect((await list())[0]).toMatchObject({ version: 5, cause: 'deleted', isGone: true });
    expect(await problemOf(client.call(botVersions.rollBack, { params: { ...of, version: 5 } }, { version: 5 }))).toMatchObject({
      code: 'conflict',
    });
    await client.call(botVersions.rollBack, { params: { ...of, version: 1 } }, { version: 5 });
    await eventually(() => stage.published.bot('demo')?.name === 'One', { what: 'the bot that is back' });
    expect(secretOf()).toBe('second-key');
  });

  it('are nothing to another workspace, which cannot take the name either, not even of a bot that is gone', async () => {
    const elsewhere = { workspaceId: 'other', botId: 'demo' };
    expect(await problemOf(client.call(botVersions.list, { params: elsewhere }))).toMatchObject({ code: 'not-found' });
    const back = client.call(botVersions.rollBack, { params: { ...elsewhere, version: 1 } }, { version: 6 });
    expect(await problemOf(back)).toMatchObject({ code: 'not-found' });
    expect(await problemOf(put({}, 'new', elsewhere))).toMatchObject({ code: 'taken' });
    await client.call(deleteBot, { params: of }, { version: 6 });
    expect(await problemOf(put({}, 'new', elsewhere))).toMatchObject({ code: 'taken' });
  });

  it('stand in the audit log, each with where it changed', async () => {
    const { items } = await client.call(listAudit, { params: of, query: { target: 'bot:demo' } });
    expect(items.map(({ action }) => action)).toEqual([
      ...['bot.deleted', 'bot.rolled-back', 'bot.deleted', 'bot.rolled-back', 'bot.changed', 'bot.changed', 'bot.created'],
    ]);
    expect(items[3]).toMatchObject({ target: { name: 'One' }, details: { version: 4, restored: 1, paths: ['name'] } });
  });
});

describe('the settings of a workspace and the Crisp plugins', () => {
  let stage: Stage;
  let client: ApiClient;
  beforeAll(async () => {
    stage = await startStage();
    client = stage.client();
  });
  afterAll(() => stage.close());
  const params = { workspaceId: 'acme' };

  it('of a workspace begin with their defaults, change, and go back', async () => {
    const none = await client.call(getWorkspaceSettings, { params });
    expect(none).toMatchObject({ version: 0, settings: { answers: { warnAtPercent: 80 } } });
    const body = { answers: { perMonth: 100 } };
    expect(await client.call(putWorkspaceSettings, { params, body }, { version: 0 })).toMatchObject({ version: 1, published: true });
    await eventually(() => stage.published.workspace('acme')?.answers.perMonth === 100, { what: 'the plan' });
    expect(await problemOf(client.call(putWorkspaceSettings, { params, body }, { version: 'new' }))).toMatchObject({
      code: 'changed-meanwhile',
    });
    await client.call(putWorkspaceSettings, { params, body: {} }, { version: 1 });
    await client.call(workspaceVersions.rollBack, { params: { ...params, version: 1 } }, { version: 2 });
    await eventually(() => stage.published.workspace('acme')?.answers.perMonth === 100, { what: 'the plan' });
  });

  it('of a workspace keep conversations for as long as privacy says: a key that may not into that part leaves it as it is', async () => {
    const keeps = { workspaceId: 'keeps' };
    const body = { retention: { conversationDays: 30 } };
    await client.call(putWorkspaceSettings, { params: keeps, body }, { version: 0 });
    await client.call(putWorkspaceSettings, { params: keeps, body: { retention: { conversationDays: 60 } } }, { version: 1 });
    const made = await client.call(createApiKey, { params: keeps, body: { name: 'CI', role: 'owner', scopes: ['bots'] } });
    const ci = stage.client(made.key);
    const refused = [
      () => ci.call(putWorkspaceSettings, { params: keeps, body }, { version: 2 }),
      () => ci.call(putWorkspaceSettings, { params: keeps, body: {} }, { version: 2 }),
      () => ci.call(workspaceVersions.rollBack, { params: { ...keeps, version: 1 } }, { version: 2 }),
      () => ci.call(applyWorkspace, { params: keeps, body: { bots: [], workspace: {}, versions: { 'workspace:keeps': 2 } } }),
    ];
    for (const one of refused) expect(await problemOf(one())).toMatchObject({ code: 'not-allowed' });
    const answers = { answers: { perMonth: 100 } };
    const asItIs = { ...answers, retention: { conversationDays: 60 } };
    expect(await ci.call(putWorkspaceSettings, { params: keeps, body: asItIs }, { version: 2 })).toMatchObject({ version: 3 });
    expect(await client.call(workspaceVersions.rollBack, { params: { ...keeps, version: 1 } }, { version: 3 })).toMatchObject({
      version: 4,
    });
  });

  it('of a plugin keep a secret by its mark, go away and come back', async () => {
    const plugin = { pluginId: '0b0b0b0b-0000-4000-8000-000000000001' };
    const made = await client.call(
      putCrispPlugin,
      { params: plugin, body: { ...plugin, signingSecrets: ['one', 'two'] } },
      { version: 'new' },
    );
    const [one] = made.plugin.signingSecrets;
    const rotated = { ...plugin, signingSecrets: ['three', one!] };
    expect(await client.call(putCrispPlugin, { params: plugin, body: rotated }, { version: 1 })).toMatchObject({ version: 2 });
    const secrets = () => stage.published.plugin(plugin.pluginId)?.signingSecrets.map((sealed) => stage.published.open(sealed));
    await eventually(() => secrets()?.join() === 'three,one', { what: 'the rotated secrets' });
    const wrong = { ...plugin, signingSecrets: [{ fingerprint: '0123456789ab' }] };
    expect(await problemOf(client.call(putCrispPlugin, { params: plugin, body: wrong }, { version: 2 }))).toMatchObject({
      ...{ status: 400, errors: [{ pointer: '/signingSecrets/0' }] },
    });
    await client.call(deleteCrispPlugin, { params: plugin }, { version: 2 });
    await eventually(() => secrets() === undefined, { what: 'the plugin being gone' });
    await client.call(crispPluginVersions.rollBack, { params: { ...plugin, version: 1 } }, { version: 3 });
    await eventually(() => secrets()?.join() === 'three,one', { what: 'the plugin that is back' });
    expect(await client.call(getCrispPlugin, { params: plugin })).toMatchObject({ version: 4, published: true });
  });
});
