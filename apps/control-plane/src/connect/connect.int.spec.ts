import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createKafka, topicsToBe } from '@baton/messaging/kafka';
import { runMigrations } from '@baton/persistence';
import { SettingsStore } from '@baton/settings';
import { createLogger, Health } from '@baton/telemetry';
import type { RunningService } from '@baton/telemetry';
import { eventually, freePort, freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import pg from 'pg';
import type { Config } from '../config.js';
import { createControlPlane } from '../create-control-plane.js';
import { loadSettings } from '../settings-file/load-settings.js';
import { playedCrisp, TOKEN, WEBSITE } from '../testing/played-crisp.js';
import type { PlayedCrisp } from '../testing/played-crisp.js';
import { migrations, SCHEMA } from './connections.migration.js';

const KEY = 'the-key-of-the-administrator';
const file = join(mkdtempSync(join(tmpdir(), 'connect-')), 'bots.yaml');
const FREE = '  - { botId: free, workspaceId: acme, name: Free }\n';
const CONNECTED = `  - botId: filed
    workspaceId: acme
    name: Filed
    crisp: { websiteId: ${WEBSITE}, tokenId: file-token, tokenKey: { value: a-long-key-of-the-file }, hookSecrets: [{ value: secret-of-the-file }] }
`;

interface Answer {
  readonly error: Record<string, unknown>;
  readonly hook: Record<string, unknown> & { readonly url: string };
  readonly check: unknown;
}

describe('connecting a bot to Crisp', () => {
  const prefix = `connect-${randomBytes(4).toString('hex')}`;
  const brokers = process.env['KAFKA_BROKERS']!.split(',');
  const kafka = { brokers, clientId: 'connect-test', topicPrefix: prefix };
  const key = () => randomBytes(32).toString('base64');
  const keys = { webhooks: key(), crisp: key(), messenger: key(), models: key() };
  const lines: string[] = [];
  const destination = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  let crisp: PlayedCrisp;
  let database: FreshDatabase;
  let service: RunningService;
  let store: SettingsStore;
  let port: number;

  const configOf = (change: Partial<Config> = {}): Config => ({
    KAFKA_BROKERS: brokers,
    KAFKA_TOPIC_PREFIX: prefix,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: port,
    LOG_LEVEL: 'info',
    INSTANCE_ID: 'test',
    SETTINGS_FILE: file,
    SETTINGS_KEY_WEBHOOKS: keys.webhooks,
    SETTINGS_KEY_CRISP: keys.crisp,
    SETTINGS_KEY_MESSENGER: keys.messenger,
    SETTINGS_KEY_MODELS: keys.models,
    TOPIC_PARTITIONS: 2,
    TOPIC_REPLICATION: 1,
    DATABASE_URL: database.url,
    CONTROL_PLANE_KEY: KEY,
    INGRESS_URL: 'https://hooks.example',
    CONSOLE_DIR: '/nowhere',
    ...change,
  });
  const start = async (change: Partial<Config> = {}) => {
    const logger = createLogger({ service: 'control-plane', level: 'info', instance: 'test', destination });
    return createControlPlane(configOf(change), await loadSettings(file, process.env), { logger, health: new Health() });
  };
  const call = async (method: string, path: string, body?: object, authorization = `Bearer ${KEY}`) => {
    const response = await fetch(`http://127.0.0.1:${port}/v1/bots/${path}`, {
      method,
      headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  };
  const connection = (change: object = {}) => ({ websiteId: WEBSITE, ...TOKEN, apiUrl: crisp.url, ...change });
  const secretsOf = (botId: string) => store.bot(botId)?.crisp?.hookSecrets.map((sealed) => store.open(sealed)) ?? [];
  const keyOfUrl = (url: string) => new URL(url).searchParams.get('key')!;
  const onDatabase = async (sql: string) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows: found } = await client.query(sql);
    await client.end();
    return found as object[];
  };
  const rows = () => onDatabase(`SELECT * FROM ${SCHEMA}.crisp_connections`);

  beforeAll(async () => {
    [crisp, database, port] = await Promise.all([playedCrisp(), freshDatabase(process.env['DATABASE_URL']!, 'connect'), freePort()]);
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'connect-test' });
    writeFileSync(file, `bots:\n${FREE}${CONNECTED}`);
    service = await start();
    store = new SettingsStore({ kafka, keys });
    await store.start();
    await eventually(() => store.bot('free') && store.bot('filed'), { what: 'the bots of the file' });
  });
  afterAll(async () => {
    await service.close();
    await store.stop();
    await crisp.close();
    await database.drop();
    const admin = createKafka(kafka).admin();
    await admin.connect();
    await admin.deleteTopics(topicsToBe(prefix, { partitions: 1, replication: 1 }).map(({ topic }) => topic));
    await admin.disconnect();
  });

  it('is for those who have the key', async () => {
    expect(await call('PUT', 'free/crisp', connection(), 'Bearer wrong')).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthorized' } },
    });
    expect(await call('GET', 'free/crisp', undefined, '')).toMatchObject({ status: 401 });
    expect(crisp.calls).toEqual([]);
  });

  it.each([
    ['another token', { tokenKey: 'a-wrong-key' }, undefined, 'token-refused'],
    ['another website', { websiteId: '11111111-2222-4333-8444-999999999999' }, undefined, 'website-not-bound'],
    ['a token that may not write', {}, /^PATCH .*\/compose/, 'scope-missing'],
  ])('with %s is refused with what is missing, and nothing is kept', async (_, change, denied, code) => {
    crisp.denied = denied;
    const { status, body } = await call('PUT', 'free/crisp', connection(change));
    crisp.denied = undefined;
    expect([status, body.error['code']]).toEqual([422, 'not-connectable']);
    expect(body.error['missing']).toContainEqual(expect.objectContaining({ code, blocking: true, todo: expect.any(String) }));
    expect(await call('GET', 'free/crisp')).toMatchObject({ status: 404 });
    expect(await rows()).toEqual([]);
  });

  it.each([
    ['no website', { websiteId: undefined }, 'websiteId'],
    ['an unknown field', { secret: 'x' }, 'secret'],
    ['an unknown tier', { tier: 'user' }, 'tier'],
  ])('with %s is refused with the name of the field', async (_, change, field) => {
    expect(await call('PUT', 'free/crisp', connection(change))).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid-request', field } },
    });
  });

  it('publishes the connection, shows the secret of the web hook once, and the key never', async () => {
    const { status, body } = await call('PUT', 'free/crisp', connection());
    expect([status, body]).toMatchObject([
      200,
      {
        managedBy: 'api',
        published: true,
        tokenKeyEnds: '1234',
        check: { ready: true, website: { name: 'Juniper Shop' } },
        hook: {
          address: 'https://hooks.example/api/integrations/livechat/crisp/webhook/free',
          secrets: 1,
          events: expect.arrayContaining(['message:send']),
        },
      },
    ]);
    const { url } = body.hook;
    await eventually(() => store.bot('free')?.crisp, { what: 'the connection', within: 5_000 });
    expect(secretsOf('free')).toEqual([keyOfUrl(url)]);
    expect(store.open(store.bot('free')!.crisp!.tokenKey)).toBe(TOKEN.tokenKey);
    const shown = await call('GET', 'free/crisp');
    expect([shown.status, shown.body.hook]).toEqual([200, expect.not.objectContaining({ url: expect.anything() })]);
    const readable = JSON.stringify([shown, await rows(), lines, body.check]);
    expect(readable).not.toContain(TOKEN.tokenKey);
    expect(readable).not.toContain(keyOfUrl(url));
    expect(lines.some((line) => line.includes('"audit":true') && line.includes('connected free'))).toBe(true);
  });

  it('again with another token keeps the web hook as it is', async () => {
    const before = secretsOf('free');
    const { body } = await call('PUT', 'free/crisp?check=skip', connection({ tokenId: 'b-token', tokenKey: 'another-key-of-somebody' }));
    expect(body).toMatchObject({ check: null, tokenId: 'b-token', hook: expect.not.objectContaining({ url: expect.anything() }) });
    await eventually(() => store.bot('free')?.crisp?.tokenId === 'b-token', { what: 'the other token' });
    expect(secretsOf('free')).toEqual(before);
  });

  it('rotates the secret of the web hook: two are taken, and the old one ends', async () => {
    const [first] = secretsOf('free');
    const { body } = await call('POST', 'free/crisp/hook-secret');
    const second = keyOfUrl(body.hook.url);
    expect(body.hook).toMatchObject({ secrets: 2, oldSecretEndsAt: expect.any(String) });
    await eventually(() => secretsOf('free').length === 2, { what: 'both secrets' });
    expect(secretsOf('free')).toEqual([second, first]);
    const third = keyOfUrl((await call('POST', 'free/crisp/hook-secret', { oldEndsInSeconds: 0 })).body.hook.url);
    await eventually(() => secretsOf('free').length === 1, { what: 'the old ones being gone' });
    expect(secretsOf('free')).toEqual([third]);
  });

  it('outlives a restart and a change of the file', async () => {
    await service.close();
    service = await start();
    writeFileSync(`${file}.new`, `bots:\n${FREE.replace('Free', 'Renamed')}${CONNECTED}`);
    renameSync(`${file}.new`, file);
    await eventually(() => store.bot('free')?.name === 'Renamed', { what: 'the new name' });
    expect(store.bot('free')?.crisp?.tokenId).toBe('b-token');
  });

  it('leaves to the file what the file connects', async () => {
    for (const [method, path, body] of [
      ['PUT', 'filed/crisp', connection()],
      ['DELETE', 'filed/crisp'],
      ['POST', 'filed/crisp/hook-secret'],
    ] as const) {
      const answer = await call(method, path, body);
      expect(answer).toMatchObject({ status: 409, body: { error: { code: 'managed-by-file', message: expect.stringContaining(file) } } });
    }
    expect(await call('GET', 'filed/crisp')).toMatchObject({
      status: 200,
      body: { managedBy: 'file', tokenKeyEnds: 'file', hook: { secrets: 1 } },
    });
    expect(await call('GET', 'nobody/crisp')).toMatchObject({ status: 404 });
  });

  it('ends for everybody within five seconds, and nothing of it is kept', async () => {
    const began = performance.now();
    expect(await call('DELETE', 'free/crisp')).toMatchObject({ status: 200, body: { disconnected: true, published: true } });
    await eventually(() => store.bot('free') && !store.bot('free')!.crisp, { what: 'the connection being gone', within: 5_000 });
    process.stderr.write(`disconnected everywhere after ${Math.round(performance.now() - began)} ms\n`);
    expect([await rows(), store.botsOfWebsite(WEBSITE).map(({ botId }) => botId)]).toEqual([[], ['filed']]);
    expect(await call('DELETE', 'free/crisp')).toMatchObject({ status: 404 });
    expect(await call('GET', 'free/crisp')).toMatchObject({ status: 404 });
  });

  it('can be forgotten though the file has connected the bot itself, or has it no longer', async () => {
    const replaceFile = (text: string) => {
      writeFileSync(`${file}.new`, `bots:\n${text}`);
      renameSync(`${file}.new`, file);
    };
    const stored = async () => ((await rows()) as { bot_id: string }[]).map(({ bot_id }) => bot_id);
    await call('PUT', 'free/crisp?check=skip', connection());
    replaceFile(CONNECTED);
    await eventually(() => !store.bot('free'), { what: 'the bot being gone' });
    expect([await stored(), (await call('DELETE', 'free/crisp')).status, await stored()]).toEqual([['free'], 200, []]);
    replaceFile(`${FREE}${CONNECTED}`);
    await eventually(() => store.bot('free'), { what: 'the bot being back' });
    await call('PUT', 'free/crisp?check=skip', connection());
    replaceFile(CONNECTED.replace('filed', 'free'));
    await eventually(() => store.bot('free')?.crisp?.tokenId === 'file-token', { what: 'the file taking over' });
    expect([(await call('DELETE', 'free/crisp')).status, await stored(), store.bot('free')?.crisp?.tokenId]).toEqual([
      409,
      [],
      'file-token',
    ]);
    replaceFile(`${FREE}${CONNECTED}`);
    await eventually(() => store.bot('filed'), { what: 'the file of before' });
  });

  it('publishes nothing while the database cannot be read, and everything as soon as it can', async () => {
    await call('PUT', 'free/crisp?check=skip', connection());
    await eventually(() => store.bot('free')?.crisp, { what: 'the connection' });
    await service.close();
    const rename = (from: string, to: string) => onDatabase(`ALTER TABLE ${SCHEMA}.${from} RENAME TO ${to}`);
    await rename('crisp_connections', 'away');
    service = await start();
    const ready = () => fetch(`http://127.0.0.1:${port}/health/ready`).then((response) => response.ok);
    await eventually(() => lines.some((line) => line.includes('the connections could not be read')), { what: 'the trouble being told' });
    expect([await ready(), store.bot('free')?.crisp?.tokenId]).toEqual([false, TOKEN.tokenId]);
    await rename('away', 'crisp_connections');
    await eventually(ready, { what: 'being ready' });
    expect(store.bot('free')?.crisp?.tokenId).toBe(TOKEN.tokenId);
    await call('DELETE', 'free/crisp');
  });

  it('asks for a database and for a key where there is none, and the file works as before', async () => {
    await service.close();
    service = await start({ DATABASE_URL: undefined });
    expect(await call('PUT', 'free/crisp', connection())).toMatchObject({
      status: 503,
      body: { error: { code: 'not-configured', message: expect.stringContaining('DATABASE_URL') } },
    });
    expect(await call('GET', 'filed/crisp')).toMatchObject({ status: 200 });
    await service.close();
    service = await start({ CONTROL_PLANE_KEY: undefined });
    expect(await call('GET', 'filed/crisp')).toMatchObject({
      status: 503,
      body: { error: { code: 'not-configured', message: expect.stringContaining('CONTROL_PLANE_KEY') } },
    });
    expect(store.bot('filed')?.crisp?.tokenId).toBe('file-token');
  });
});
