import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiProblem, applyWorkspace, exportWorkspace, getBot, listBots, planWorkspace, putBot } from '@baton/control-api';
import type { ApiClient, PlannedDocument } from '@baton/control-api';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

const params = { workspaceId: 'acme' };
const crisp = { websiteId: '11111111-2222-4333-8444-555555555555', tokenId: 'token', tokenKey: 'crisp-key', hookSecrets: ['hook'] };
const demo = { botId: 'demo', name: 'Demo', crisp, apiKeys: ['key-of-the-bot'] };
const shop = { botId: 'shop', name: 'Shop' };

describe('bots as code', () => {
  let stage: Stage;
  let client: ApiClient;
  beforeAll(async () => {
    stage = await startStage();
    client = stage.client();
  });
  afterAll(() => stage.close());

  type Wanted = { bots: object[]; workspace?: object; prune?: boolean };
  const plan = async (wanted: Wanted) => (await client.call(planWorkspace, { params, body: wanted as never })).documents;
  const apply = (wanted: Wanted, seen: readonly PlannedDocument[]) =>
    client.call(applyWorkspace, {
      params,
      body: { ...wanted, versions: Object.fromEntries(seen.map(({ document, version }) => [document, version])) } as never,
    });
  const actions = (documents: readonly PlannedDocument[]) => documents.map(({ document, action }) => `${action} ${document}`);
  const problemOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => (error as ApiProblem).problem,
    );
  const names = async () => (await client.call(listBots, { params })).items.map(({ name }) => name);

  it('a plan changes nothing, and an apply does what it said', async () => {
    const wanted = { bots: [shop, demo], workspace: { answers: { perMonth: 10 } } };
    const planned = await plan(wanted);
    expect(actions(planned)).toEqual(['create bot:demo', 'create bot:shop', 'create workspace:acme']);
    expect(JSON.stringify(planned)).not.toContain('crisp-key');
    expect(await names()).toEqual([]);
    const applied = await apply(wanted, planned);
    expect([actions(applied.documents), applied.published, await names()]).toEqual([actions(planned), true, ['Demo', 'Shop']]);
    expect(stage.published.workspace('acme')?.answers.perMonth).toBe(10);
    expect(stage.published.bot('demo')?.apiKeyHashes).toHaveLength(1);
  });

  it('the same again changes nothing, secrets in clear included', async () => {
    const wanted = { bots: [shop, demo], workspace: { answers: { perMonth: 10 } } };
    const planned = await plan(wanted);
    expect(actions(planned)).toEqual(['none bot:demo', 'none bot:shop', 'none workspace:acme']);
    expect((await apply(wanted, planned)).documents.map(({ version }) => version)).toEqual([1, 1, 1]);
  });

  it('what is exported can be given back: nothing changes', async () => {
    const exported = await client.call(exportWorkspace, { params });
    expect(exported.versions).toEqual({ 'bot:demo': 1, 'bot:shop': 1, 'workspace:acme': 1 });
    expect(JSON.stringify(exported)).not.toContain('crisp-key');
    expect(actions(await plan({ bots: exported.bots, workspace: exported.workspace! })).every((one) => one.startsWith('none'))).toBe(true);
  });

  it('changes are told readably, of secrets and keys only that they are others', async () => {
    const [planned] = await plan({ bots: [{ ...demo, name: 'Better', crisp: { ...crisp, tokenKey: 'new' }, apiKeys: ['another-key'] }] });
    expect(planned!.changes).toEqual(
      expect.arrayContaining([
        { path: 'name', kind: 'changed', before: 'Demo', after: 'Better' },
        { path: 'crisp.tokenKey', kind: 'changed', secret: true },
        { path: 'apiKeyHashes', kind: 'changed', secret: true },
      ]),
    );
    expect(planned!.changes).toHaveLength(3);
  });

  it('everything that is wrong is told at once, and nothing of it is applied', async () => {
    const wanted = {
      bots: [
        { ...shop, name: 'New shop' },
        { botId: 'broken', nmae: 'x', webchat: { allowedOrigins: ['shop'] } },
      ],
    };
    const planned = await plan(wanted);
    expect(
      planned
        .find(({ document }) => document === 'bot:broken')!
        .problems.map(({ pointer }) => pointer)
        .sort(),
    ).toEqual([...['/name', '/nmae', '/webchat/allowedOrigins/0']]);
    const problem = await problemOf(apply(wanted, planned));
    expect(problem?.errors?.map(({ pointer }) => pointer)).toContain('/bots/1/nmae');
    expect(await names()).toEqual(['Demo', 'Shop']);
  });

  it('what somebody changed since the plan is not lost, and nothing else is applied either', async () => {
    const wanted = {
      bots: [
        { ...demo, name: 'From code' },
        { ...shop, name: 'From code' },
      ],
    };
    const planned = await plan(wanted);
    const { bot, version } = await client.call(getBot, { params: { ...params, botId: 'shop' } });
    await client.call(putBot, { params: { ...params, botId: 'shop' }, body: { ...bot, locale: 'fr' } }, { version });
    expect(await problemOf(apply(wanted, planned))).toMatchObject({ code: 'changed-meanwhile', meanwhile: [{ paths: ['locale'] }] });
    expect(await names()).toEqual(['Demo', 'Shop']);
  });

  it('bots that are not named stay, unless they are to be pruned', async () => {
    expect(actions(await plan({ bots: [demo] }))).toEqual(['none bot:demo']);
    const wanted = { bots: [demo], prune: true };
    const planned = await plan(wanted);
    expect(actions(planned)).toEqual(['none bot:demo', 'delete bot:shop']);
    await apply(wanted, planned);
    expect(await names()).toEqual(['Demo']);
  });

  it('a bot that somebody made since the plan is not pruned unseen', async () => {
    const wanted = { bots: [demo], prune: true };
    const planned = await plan(wanted);
    await client.call(
      putBot,
      { params: { ...params, botId: 'fresh' }, body: { ...params, botId: 'fresh', name: 'Fresh' } },
      { version: 'new' },
    );
    expect(await problemOf(apply(wanted, planned))).toMatchObject({ code: 'changed-meanwhile' });
  });

  it('the name of a bot elsewhere is a problem of that bot', async () => {
    await client.call(
      putBot,
      { params: { workspaceId: 'other', botId: 'theirs' }, body: { workspaceId: 'other', botId: 'theirs', name: 'T' } },
      { version: 'new' },
    );
    const [planned] = await plan({ bots: [{ botId: 'theirs', name: 'Mine' }] });
    expect(planned).toMatchObject({ problems: [{ pointer: '/botId' }], changes: [] });
  });
});
