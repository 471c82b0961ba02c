import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import {
  ApiProblem,
  checkCrispConnection,
  deleteCrispConnection,
  getBot,
  getCrispConnection,
  listCrispConnections,
  putBot,
  putCrispConnection,
  rotateHookSecret,
} from '@baton/control-api';
import type { Problem } from '@baton/control-api';
import { eventually } from '@baton/testing';
import { playedCrisp, TOKEN, WEBSITE } from '../testing/played-crisp.js';
import type { PlayedCrisp } from '../testing/played-crisp.js';
import { playedHooksSeen } from '../testing/played-hooks-seen.js';
import type { PlayedHooksSeen } from '../testing/played-hooks-seen.js';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

const params = { workspaceId: 'acme', botId: 'free' };

describe('connecting a bot to Crisp', () => {
  let crisp: PlayedCrisp;
  let ai: PlayedHooksSeen;
  let stage: Stage;

  const given = (change: object = {}) => ({ websiteId: WEBSITE, ...TOKEN, ...change });
  const version = async (of = params) => (await stage.client().call(getBot, { params: of })).version;
  const connect = async (change: object = {}, query: { check?: 'skip' } = {}) =>
    stage.client().call(putCrispConnection, { params, query, body: given(change) }, { version: await version() });
  const refused = async (call: Promise<unknown>): Promise<Problem> => {
    const error = await call.then(
      () => undefined,
      (problem: unknown) => problem,
    );
    if (!(error instanceof ApiProblem)) throw new Error(`was not refused: ${String(error)}`);
    return error.problem;
  };
  const secretsOf = (botId = 'free') => {
    const { published } = stage;
    return published.bot(botId)?.crisp?.hookSecrets.map((sealed) => published.open(sealed)) ?? [];
  };
  const keyOfUrl = (url: string | null) => new URL(url!).searchParams.get('key')!;
  const aBot = (workspaceId: string, botId: string, more: object = {}) =>
    stage.client().call(putBot, { params: { workspaceId, botId }, body: { botId, workspaceId, name: botId, ...more } }, { version: 'new' });

  beforeAll(async () => {
    crisp = await playedCrisp();
    const passKey = randomBytes(32).toString('base64');
    ai = await playedHooksSeen(passKey);
    stage = await startStage({
      env: { CRISP_API_URL: crisp.url, INGRESS_URL: 'https://hooks.example', AI_URL: ai.url, PASS_KEY: passKey },
    });
    await aBot('acme', 'free');
  });
  afterAll(async () => {
    await stage.close();
    await Promise.all([crisp.close(), ai.close()]);
  });

  it('is for members of the workspace, and no door leads to a bot of another one', async () => {
    expect(await refused(stage.client('wrong').call(getCrispConnection, { params }))).toMatchObject({ status: 401 });
    expect(await refused(stage.client(null).call(putCrispConnection, { params, body: given() }))).toMatchObject({ status: 401 });
    const elsewhere = { workspaceId: 'rival', botId: 'free' };
    await aBot('rival', 'theirs');
    const client = stage.client();
    const calls = [
      client.call(getCrispConnection, { params: elsewhere }),
      client.call(putCrispConnection, { params: elsewhere, body: given() }, { version: 1 }),
      client.call(checkCrispConnection, { params: elsewhere, body: { connection: given() } }),
      client.call(rotateHookSecret, { params: elsewhere }, { version: 1 }),
      client.call(deleteCrispConnection, { params: elsewhere }, { version: 1 }),
    ];
    expect((await Promise.all(calls.map(refused))).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(crisp.calls).toEqual([]);
  });

  it.each([
    ['another token', { tokenKey: 'a-wrong-key' }, undefined, 'token-refused'],
    ['another website', { websiteId: '11111111-2222-4333-8444-999999999999' }, undefined, 'website-not-bound'],
    ['a token that may not write', {}, /^PATCH .*\/compose/, 'scope-missing'],
  ])('with %s is refused with what is missing, and nothing is kept', async (_, change, denied, code) => {
    crisp.denied = denied;
    const before = await version();
    const problem = await refused(connect(change));
    crisp.denied = undefined;
    expect(problem).toMatchObject({ status: 422, code: 'not-connectable' });
    expect(problem.missing).toContainEqual(expect.objectContaining({ code, blocking: true, todo: expect.any(String) }));
    expect(await refused(stage.client().call(getCrispConnection, { params }))).toMatchObject({ status: 404 });
    expect(await version()).toBe(before);
  });

  it.each([
    ['no website', { websiteId: undefined }, '/websiteId'],
    ['an unknown field', { secret: 'x' }, '/secret'],
    ['an unknown tier', { tier: 'user' }, '/tier'],
    ['no key', { tokenKey: undefined }, '/tokenKey'],
    ['an address inside of our network', { apiUrl: 'http://169.254.169.254' }, '/apiUrl'],
    ['another door of this machine', { apiUrl: 'http://127.0.0.1:1' }, '/apiUrl'],
  ])('with %s is refused with the name of the field', async (_, change, pointer) => {
    const problem = await refused(connect(change));
    expect(problem.code).toBe('invalid-request');
    expect(new Set(problem.errors?.map((one) => one.pointer))).toEqual(new Set([pointer]));
  });

  it('is not led astray by the bot’s own settings either', async () => {
    const { bot, version: read } = await stage.client().call(getBot, { params });
    const crispElsewhere = { websiteId: WEBSITE, tokenId: 'a', tokenKey: 'b', apiUrl: 'http://10.0.0.1' };
    const call = stage.client().call(putBot, { params, body: { ...bot, crisp: crispElsewhere } }, { version: read });
    expect(await refused(call)).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/crisp/apiUrl' }] });
  });

  it('can be tried before anything is kept', async () => {
    const findings = await stage.client().call(checkCrispConnection, { params, body: { connection: given() } });
    expect(findings).toMatchObject({ ready: true, website: { state: 'bound', name: 'Juniper Shop' } });
    expect(await refused(stage.client().call(checkCrispConnection, { params, body: {} }))).toMatchObject({ status: 404 });
    expect(await refused(stage.client().call(getCrispConnection, { params }))).toMatchObject({ status: 404 });
  });

  it('asks which version is meant, and takes no old one', async () => {
    const call = (options: object) => stage.client().call(putCrispConnection, { params, body: given() }, options);
    expect(await refused(call({}))).toMatchObject({ code: 'version-required' });
    expect(await refused(call({ version: 99 }))).toMatchObject({ code: 'changed-meanwhile' });
  });

  it('publishes the connection, shows the secret of the web hook once, and the key never', async () => {
    const shown = await stage.client().call(putCrispConnection, { params, body: given() }, { version: 'new' });
    expect(shown).toMatchObject({
      published: true,
      lastCheck: { findings: { ready: true, website: { name: 'Juniper Shop' } } },
      hook: {
        address: 'https://hooks.example/api/integrations/livechat/crisp/webhook/free',
        secrets: 1,
        oldSecretEndsAt: null,
        seen: { since: null, count: 0 },
        events: expect.arrayContaining(['message:send']),
      },
    });
    const secret = keyOfUrl(shown.hook.url);
    await eventually(() => stage.published.bot('free')?.crisp, { what: 'the connection', within: 2_000 });
    expect(secretsOf()).toEqual([secret]);
    expect(stage.published.open(stage.published.bot('free')!.crisp!.tokenKey)).toBe(TOKEN.tokenKey);
    const again = await stage.client().call(getCrispConnection, { params });
    expect([again.hook.url, again.version]).toEqual([null, shown.version]);
    const tables = await Promise.all(
      ['documents', 'document_versions', 'hook_secret_ends', 'crisp_checks'].map((table) => stage.database.query(`SELECT * FROM ${table}`)),
    );
    const readable = JSON.stringify([again, tables, stage.logLines]);
    expect([readable.includes(TOKEN.tokenKey), readable.includes(secret)]).toEqual([false, false]);
    expect(await refused(stage.client().call(putCrispConnection, { params, body: given() }, { version: 'new' }))).toMatchObject({
      code: 'changed-meanwhile',
    });
  });

  it('leaves a version with its author and cause, and a line in the audit log', async () => {
    const [newest] = await stage.database.query(
      `SELECT cause, changed_by->>'kind' AS by FROM document_versions WHERE id = 'free' ORDER BY version DESC LIMIT 1`,
    );
    expect(newest).toEqual({ cause: 'connected', by: 'environment' });
    const noted = await stage.database.query(`SELECT action, target->>'id' AS bot FROM audit ORDER BY at DESC LIMIT 1`);
    expect(noted).toEqual([{ action: 'bot.connected', bot: 'free' }]);
  });

  it('again with another token, or without its key, keeps the web hook as it is', async () => {
    const before = secretsOf();
    const other = await connect({ tokenId: 'b-token', tokenKey: 'another-key-of-somebody' }, { check: 'skip' });
    expect(other).toMatchObject({ tokenId: 'b-token', hook: { url: null }, lastCheck: null });
    await eventually(() => stage.published.bot('free')?.crisp?.tokenId === 'b-token', { what: 'the other token' });
    await connect({ ...TOKEN });
    const renamed = await connect({ tokenKey: undefined, operatorName: 'Ada' });
    expect([renamed.operatorName, renamed.hook.url, renamed.lastCheck?.findings.ready]).toEqual(['Ada', null, true]);
    await eventually(() => stage.published.bot('free')?.crisp?.operatorName === 'Ada', { what: 'the name' });
    expect(secretsOf()).toEqual(before);
  });

  it('is checked again without the key, knows whether web hooks come, and remembers what it found', async () => {
    const check = () => stage.client().call(checkCrispConnection, { params, body: {} });
    expect((await check()).missing.map(({ code }) => code)).toContain('no-hook-seen');
    const at = '2026-11-20T11:00:00.000Z';
    ai.items = [
      { botId: 'free', websiteId: WEBSITE, workspaceId: 'acme', since: at, last: at, count: 3 },
      { botId: 'theirs', websiteId: WEBSITE, workspaceId: 'rival', since: at, last: at, count: 9 },
    ];
    const shown = await stage.client().call(getCrispConnection, { params });
    expect(shown.hook.seen).toEqual({ since: at, last: at, count: 3 });
    expect(shown.lastCheck?.findings.missing.map(({ code }) => code)).not.toContain('no-hook-seen');
    expect((await check()).missing.map(({ code }) => code)).not.toContain('no-hook-seen');
    const { items } = await stage.client().call(listCrispConnections, { params: { workspaceId: 'acme' } });
    expect(items).toMatchObject([
      { botId: 'free', botName: 'free', hook: { seen: { count: 3 } }, lastCheck: { findings: { ready: true } } },
    ]);
    expect(await stage.client().call(listCrispConnections, { params: { workspaceId: 'rival' } })).toEqual({ items: [] });
  });

  it('belongs to the workspace that has it', async () => {
    const call = stage
      .client()
      .call(
        putCrispConnection,
        { params: { workspaceId: 'rival', botId: 'theirs' }, query: { check: 'skip' }, body: given() },
        { version: 'new' },
      );
    expect(await refused(call)).toMatchObject({ status: 409, errors: [{ pointer: '/crisp/websiteId' }] });
  });

  it('rotates the secret of the web hook: two are taken, and the old one ends, also after a restart', async () => {
    const [first] = secretsOf();
    const rotate = async (oldEndsInSeconds?: number) =>
      stage
        .client()
        .call(rotateHookSecret, { params, body: oldEndsInSeconds === undefined ? {} : { oldEndsInSeconds } }, { version: await version() });
    const shown = await rotate();
    const second = keyOfUrl(shown.hook.url);
    expect(shown.hook).toMatchObject({ secrets: 2, oldSecretEndsAt: expect.any(String) });
    await eventually(() => secretsOf().length === 2, { what: 'both secrets' });
    expect(secretsOf()).toEqual([second, first]);

    await rotate(1);
    await stage.restart();
    await eventually(() => secretsOf().length === 1, { what: 'the old one being gone', within: 10_000 });
    const [third] = secretsOf();
    expect([first, second]).not.toContain(third);
    expect((await stage.client().call(getCrispConnection, { params })).hook).toMatchObject({ secrets: 1, oldSecretEndsAt: null });

    const fourth = keyOfUrl((await rotate(0)).hook.url);
    await eventually(() => secretsOf()[0] === fourth, { what: 'the new secret' });
    expect(secretsOf()).toEqual([fourth]);
    expect(await refused(stage.client().call(rotateHookSecret, { params }, { version: 1 }))).toMatchObject({ code: 'changed-meanwhile' });
  });

  it('ends for everybody within two seconds, and nothing of it is kept', async () => {
    const began = performance.now();
    const read = await version();
    expect(await stage.client().call(deleteCrispConnection, { params }, { version: read })).toEqual({ published: true });
    await eventually(() => stage.published.bot('free') && !stage.published.bot('free')!.crisp, {
      what: 'the connection being gone',
      within: 2_000,
    });
    process.stderr.write(`disconnected everywhere after ${Math.round(performance.now() - began)} ms\n`);
    expect(stage.published.botsOfWebsite(WEBSITE)).toEqual([]);
    expect(await refused(stage.client().call(deleteCrispConnection, { params }, { version: read + 1 }))).toMatchObject({ status: 404 });
    expect(await refused(stage.client().call(getCrispConnection, { params }))).toMatchObject({ status: 404 });
  });

  it('is shown without news of web hooks while nobody can be asked for them', async () => {
    await connect();
    ai.items = [];
    await ai.close();
    const shown = await stage.client().call(getCrispConnection, { params });
    expect([shown.hook.seen, shown.lastCheck?.findings.ready]).toEqual([null, true]);
  });
});
