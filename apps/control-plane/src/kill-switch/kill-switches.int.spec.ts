import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import {
  ApiProblem,
  deleteInstallationKillSwitch,
  deleteKillSwitch,
  listAudit,
  listKillSwitches,
  putInstallationKillSwitch,
  putKillSwitch,
} from '@baton/control-api';
import { eventually } from '@baton/testing';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

const CONVERSATION = '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10';
const DEMO = { params: { workspaceId: 'acme', scope: 'bot', id: 'demo' } } as const;
const speech = (change: object = {}) => ({ workspaceId: 'acme', botId: 'demo', conversationId: CONVERSATION, now: new Date(), ...change });

let stage: Stage;
beforeAll(async () => {
  const bots = ['demo', 'outlet'].map((botId) => ({
    ...BotSettingsSchema.parse({ botId, workspaceId: 'acme', name: botId }),
    apiKeys: [],
  }));
  stage = await startStage({ first: { bots: bots as never, workspaces: [], crispPlugins: [] } });
  await eventually(() => stage.published.bot('demo'), { what: 'the bots' });
}, 60_000);
afterAll(() => stage.close());

const list = async () => (await stage.client().call(listKillSwitches, { params: { workspaceId: 'acme' } })).items;

describe('a kill switch', () => {
  it('is heard by every service as soon as the answer is there, shown with who and why, and noted', async () => {
    const began = Date.now();
    const answer = await stage.client().call(putKillSwitch, { ...DEMO, body: { reason: 'It quotes old prices.' } });
    await eventually(() => stage.published.isStopped(speech()), { what: 'the switch', within: 2_000 });
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(answer).toMatchObject({
      published: true,
      killSwitch: { scope: 'bot', id: 'demo', reason: 'It quotes old prices.', endsAt: null },
    });
    expect(stage.published.isStopped(speech({ botId: 'outlet' }))).toBe(false);
    expect(await list()).toMatchObject([{ id: 'demo', by: 'the key of the environment' }]);
    const { items } = await stage.client().call(listAudit, { params: { workspaceId: 'acme' }, query: { action: 'kill-switch.on' } });
    expect(items).toMatchObject([{ target: { kind: 'bot', id: 'demo' }, details: { reason: 'It quotes old prices.' } }]);
  });

  it('outlives a restart, and is off when somebody ends it', async () => {
    await stage.restart();
    expect(await list()).toHaveLength(1);
    await stage.client().call(deleteKillSwitch, { ...DEMO, query: { reason: 'The prices are right again.' } });
    await eventually(() => !stage.published.isStopped(speech()), { what: 'the end of it' });
    expect(await list()).toEqual([]);
    await stage.client().call(deleteKillSwitch, { ...DEMO, query: { reason: 'Twice does no harm.' } });
  });

  it('of a conversation ends by itself, and then is taken away', async () => {
    const endsAt = new Date(Date.now() + 300).toISOString();
    const params = { workspaceId: 'acme', scope: 'conversation', id: CONVERSATION } as const;
    await stage.client().call(putKillSwitch, { params, body: { reason: 'He is upset.', endsAt } });
    await eventually(() => stage.published.killSwitches().length === 1, { what: 'the switch' });
    await eventually(() => !stage.published.isStopped(speech()), { what: 'its end' });
    expect(await list()).toEqual([]);
    await eventually(() => stage.published.killSwitches().length === 0, { what: 'its going', within: 20_000 });
  }, 30_000);

  it('of the installation silences all and is shown everywhere', async () => {
    await stage.client().call(putInstallationKillSwitch, { body: { reason: 'An incident.' } });
    await eventually(() => stage.published.isStopped(speech({ workspaceId: 'other', botId: 'any' })), { what: 'the silence' });
    expect(await list()).toMatchObject([{ scope: 'installation', id: 'all' }]);
    await stage.client().call(deleteInstallationKillSwitch, { query: { reason: 'Over.' } });
    await eventually(() => !stage.published.isStopped(speech()), { what: 'the end of it' });
  });

  it.each([
    ['of a bot that is not there', { scope: 'bot', id: 'nobody' }, 'invalid-request'],
    ['of another workspace', { scope: 'workspace', id: 'other' }, 'invalid-request'],
    ['without a reason', { scope: 'bot', id: 'demo', reason: ' ' }, 'invalid-request'],
  ] as const)('%s is refused', async (_, { scope, id, ...more }, code) => {
    const call = stage.client().call(putKillSwitch, { params: { workspaceId: 'acme', scope, id }, body: { reason: 'why', ...more } });
    const problem = await call.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(problem).toBeInstanceOf(ApiProblem);
    expect((problem as ApiProblem).problem.code).toBe(code);
  });
});
