import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settings, topicOnTheWire } from '@baton/contracts';
import {
  createApiKey,
  createBotKey,
  createOwnerLink,
  inviteMember,
  OPERATIONS,
  planWorkspace,
  putBot,
  putBotMessenger,
  putCrispConnection,
  putCrispPlugin,
  rotateHookSecret,
  useSignInLink as signInWithLink,
} from '@baton/control-api';
import type { Operation } from '@baton/control-api';
import { createKafka, readTopic } from '@baton/messaging/kafka';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const PLUGIN = '0b0b0b0b-0000-4000-8000-000000000001';
/** Stands beside the secrets everywhere: where it is not found, nothing was looked at. */
const CANARY = 'Canary of the secrets test';

interface Sent {
  readonly operation: Operation;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly version?: number | 'new';
  /** Of the answer: it is shown there this once. */
  readonly showsOnce?: boolean;
}

describe('a secret', () => {
  let stage: Stage;
  /** By what it is, every secret in clear that was set or made. */
  const secrets = new Map<string, string>();
  const answers: string[] = [];
  const secret = (what: string): string => {
    const value = `secret-${what}-${'x'.repeat(8)}-${secrets.size}`;
    secrets.set(what, value);
    return value;
  };

  async function send({ operation, params = {}, body, version, showsOnce = false }: Sent) {
    const known: Record<string, string> = { workspaceId: 'acme', botId: 'demo', pluginId: PLUGIN, version: '1', ...params };
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '01890000-0000-7000-8000-000000000001');
    const response = await fetch(`${stage.url}${path}`, {
      method: operation.method,
      headers: {
        authorization: `Bearer ${stage.environmentKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version === 'new' ? { 'if-none-match': '*' } : version !== undefined ? { 'if-match': `"${version}"` } : {}),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!showsOnce) answers.push(text);
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, json: (isJson ? JSON.parse(text) : {}) as never, cookie: response.headers.get('set-cookie') };
  }

  beforeAll(async () => {
    stage = await startStage({ logLevel: 'trace' });
    secrets.set('key of the environment', stage.environmentKey);
    for (const [name, value] of Object.entries(stage.config)) if (/^(SETTINGS|PASS)_KEY/.test(name)) secrets.set(name, String(value));
    const bot = {
      ...{ workspaceId: 'acme', botId: 'demo', name: CANARY },
      crisp: { websiteId: WEBSITE, tokenId: 'token', tokenKey: secret('crisp-token'), hookSecrets: [secret('hook'), secret('old-hook')] },
      assistant: { model: { baseUrl: 'http://127.0.0.1:9/v1', model: 'some', apiKey: secret('model-key') } },
    };
    expect((await send({ operation: putBot, body: bot, version: 'new' })).status).toBe(200);
    const messenger = {
      ...{ pageId: '1', appId: '2', pageToken: secret('page-token'), appSecrets: [secret('app-secret')] },
      ...{ verifyToken: secret('verify-token'), proofSecret: secret('proof-secret') },
    };
    expect((await send({ operation: putBotMessenger, body: messenger, version: 1 })).status).toBe(200);
    const plugin = { pluginId: PLUGIN, signingSecrets: [secret('signing'), secret('old-signing')] };
    expect((await send({ operation: putCrispPlugin, body: plugin, version: 'new' })).status).toBe(200);
    const other = { workspaceId: 'acme', botId: 'other', name: CANARY };
    await send({ operation: putBot, params: { botId: 'other' }, body: other, version: 'new' });
    await send({
      ...{ operation: putCrispConnection, params: { botId: 'other' }, version: 'new' },
      body: { websiteId: WEBSITE, tokenId: 'token', tokenKey: secret('refused-crisp-token') },
    });
    const rotated = (await send({ operation: rotateHookSecret, body: {}, version: 2, showsOnce: true })).json as {
      hook?: { url?: string };
    };
    secrets.set('rotated hook', /[?&]\w+=([A-Za-z0-9_-]{20,})/.exec(rotated.hook?.url ?? '')![1]!);
    const once = async (operation: Operation, body: unknown) => (await send({ operation, body, showsOnce: true })).json as never;
    secrets.set('API key', ((await once(createApiKey, { name: 'ci', role: 'editor', scopes: ['bots'] })) as { key: string }).key);
    secrets.set('bot key', ((await once(createBotKey, { name: 'program' })) as { key: string }).key);
    const link = ((await once(createOwnerLink, { email: 'owner@example.com', name: 'Owner' })) as { url: string }).url.split('#')[1]!;
    secrets.set('sign-in link', link);
    const signedIn = await send({ operation: signInWithLink, body: { token: link } });
    secrets.set('session', /=([A-Za-z0-9_-]{43})/.exec(signedIn.cookie ?? '')![1]!);
    const invitation = (await once(inviteMember, { email: 'anna@example.com', name: 'Anna', role: 'viewer' })) as { url?: string };
    if (invitation.url !== undefined) secrets.set('invitation', invitation.url.split('#')[1]!);
    await sendWrongThings(bot, messenger);
    for (const operation of OPERATIONS.filter(({ method }) => method === 'GET')) {
      for (const version of ['1', '2', '3']) {
        await send({ operation, params: { version } });
        if (!operation.path.includes('{version}')) break;
      }
    }
    answers.push(await (await fetch(`${stage.url}/v1/openapi.json`)).text());
  });
  afterAll(() => stage.close());

  /** Secrets beside mistakes, so that refusals have every occasion to tell them. */
  async function sendWrongThings(bot: object, messenger: object): Promise<void> {
    const long = `${secret('too-long')}${'y'.repeat(600)}`;
    const wrong: Sent[] = [
      { operation: putBot, body: { ...bot, name: '' }, version: 3 },
      { operation: putBot, body: { ...bot, unknown: secret('at-a-wrong-place') }, version: 3 },
      { operation: putBot, body: { ...bot, crisp: { websiteId: secret('as-website'), tokenId: 't', tokenKey: long } }, version: 3 },
      { operation: putBot, body: { ...bot, handover: { firstMessage: secret('as-first-message') } }, version: 3 },
      { operation: putBot, body: bot, version: 1 },
      { operation: putBot, body: `{"crisp":"${secret('in-broken-json')}"`, version: 3 },
      { operation: putBotMessenger, body: { ...messenger, pageId: secret('as-page') }, version: 3 },
      { operation: signInWithLink, body: { token: secret('as-link') } },
      {
        operation: planWorkspace,
        body: {
          bots: [
            { ...bot, nmae: secret('in-a-plan') },
            { botId: 'demo2', crisp: secret('as-crisp') },
          ],
        },
      },
    ];
    for (const one of wrong) {
      const { status } = await send(one);
      expect(status === 200 ? one.operation.id : status).toEqual(status === 200 ? planWorkspace.id : expect.any(Number));
    }
  }

  /** The secrets that a text holds: as they are, and as bytes are written in JSON and dumps. */
  const foundIn = (text: string): string[] =>
    [...secrets].flatMap(([what, value]) => {
      const forms = [value, Buffer.from(value).toString('base64'), Buffer.from(value).toString('hex'), encodeURIComponent(value)];
      return forms.some((form) => text.includes(form)) ? [what] : [];
    });

  const records = async (): Promise<string> => {
    const kafka = createKafka({ brokers: stage.config.KAFKA_BROKERS, clientId: 'secrets', topicPrefix: stage.config.KAFKA_TOPIC_PREFIX });
    const all: string[] = [];
    const text = (value: unknown) => JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
    await readTopic(kafka, topicOnTheWire(settings.name, stage.config.KAFKA_TOPIC_PREFIX), ({ key, value, headers }) => {
      all.push(`${String(key)} ${String(value)} ${text(headers)}`);
    });
    return all.join('\n');
  };

  const tables = async (): Promise<string> => {
    const names: { name: string }[] = await stage.database.query(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
    );
    expect(names.length).toBeGreaterThan(5);
    const dumps = await Promise.all(
      names.map(async ({ name }) => {
        const rows: { row: string }[] = await stage.database.query(`SELECT to_jsonb(t)::text AS row FROM "${name}" t`);
        return rows.map(({ row }) => `${name} ${row}`);
      }),
    );
    return dumps.flat().join('\n');
  };

  it('of every kind was set', () => {
    expect(secrets.size).toBeGreaterThan(25);
    for (const what of ['session', 'API key', 'bot key', 'sign-in link', 'invitation', 'rotated hook', 'SETTINGS_KEY_CRISP']) {
      expect([what, secrets.get(what)?.length]).toEqual([what, expect.any(Number)]);
    }
    expect([...secrets.values()].every((value) => value.length >= 16)).toBe(true);
  });

  it('would be found wherever it was', () => {
    for (const [what, value] of secrets) expect(foundIn(`{"a":"${value}"}`)).toContain(what);
    expect(foundIn(Buffer.from(secrets.get('hook')!).toString('hex'))).toContain('hook');
  });

  it('is in no answer of the API, whatever was asked and however wrong it was', () => {
    const all = answers.join('\n');
    expect(answers.length).toBeGreaterThan(60);
    expect(all).toContain(CANARY);
    expect(all).toContain('"status":400');
    expect(foundIn(all)).toEqual([]);
  });

  it('is in no line of the log, at its chattiest', () => {
    expect(stage.logLines.length).toBeGreaterThan(10);
    expect(stage.logLines.some((line) => line.includes('"level":"debug"') || line.includes('"level":"trace"'))).toBe(true);
    expect(foundIn(stage.logLines.join('\n'))).toEqual([]);
  });

  it('is in no record of the settings topic, where its sealed form is', async () => {
    const all = await records();
    expect(all).toContain(CANARY);
    expect(all.match(/sealed:v1:(?:crisp|webhooks|messenger|models):/g)!.length).toBeGreaterThan(8);
    expect(foundIn(all)).toEqual([]);
    expect(stage.published.open(stage.published.bot('demo')!.assistant.model!.apiKey!)).toBe(secrets.get('model-key'));
  });

  it('is in no table, the audit log and all versions included', async () => {
    const all = await tables();
    for (const table of ['documents ', 'document_versions ', 'audit ', 'sessions ']) expect(all).toContain(`${table}{`);
    expect(all).toContain(CANARY);
    expect(all).toContain('sealed:v1:models:');
    expect(foundIn(all)).toEqual([]);
    const audit = all.split('\n').filter((line) => line.startsWith('audit '));
    expect(audit.length).toBeGreaterThan(3);
    expect(audit.join('\n')).not.toContain('sealed:');
  });
});
