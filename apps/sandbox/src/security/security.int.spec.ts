import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, freePort } from '@baton/testing';
import { signHook } from '../crisp-simulator/hooks/sign.js';
import { TARGETS } from '../fuzz/targets.js';
import { Stage } from '../journey/stage.js';
import type { Visitor } from '../journey/visitor.js';
import { startPlatform } from '../platform/platform.js';
import type { Platform } from '../platform/platform.js';
import { HOOK_SECRET, MIA, OUTLET_WEBSITE, PLUGIN_ID, SIGNING_SECRET } from '../platform/sandbox-crisp.js';
import { SupervisedProcess } from '../platform/supervised-process.js';
import { seededRandom } from '../simulator-kit/random.js';
import { foundIn, tablesOf, topicsOf, watchedOf } from './evidence.js';
import type { Evidence } from './evidence.js';
import { secretsOf } from './secrets-of.js';

/** What somebody says; it belongs into conversations, and nowhere else. */
const WORDS = `marked words ${randomUUID()}`;
const AGENTS_WORDS = `marked answer ${randomUUID()}`;
const EMAIL = `marked.${randomUUID().slice(0, 8)}@example.test`;
const PLUGIN = `/api/integrations/livechat/crisp/plugin/${PLUGIN_ID}`;
/** Where people's words belong: the stores of conversations, and the topics that carry them for their retention. */
const HOME_OF_WORDS =
  /^(table (orchestrator|dispatcher|ai_auto_reply|control_plane\.dead_letters)|topic (crisp-webhooks|visitor-messages|bot-turns|bot-events|deliveries|handovers|dead-letters))/;

describe('a platform that people talk over', () => {
  let platform: Platform;
  let second: SupervisedProcess;
  let secondUrl: string;
  let directory: string;
  let stage: Stage;
  let visitor: Visitor;
  let secrets: Map<string, string>;
  const lines = new Map<string, string[]>();
  const note = (service: string, line: string) => lines.set(service, [...(lines.get(service) ?? []), line]);

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'baton-security-'));
    const env = { LOG_LEVEL: 'trace' };
    platform = await startPlatform({
      ...{ ports: 'free', directory, without: ['messenger', 'ai', 'site'] },
      env: { ingress: env, orchestrator: env, dispatcher: { ...env, NEW_VISITORS_PER_MINUTE: '100000' }, 'control-plane': env },
      onLine: note,
    });
    const port = await freePort();
    secondUrl = `http://127.0.0.1:${port}`;
    second = new SupervisedProcess({
      ...platform.processes.get('ingress')!.plan,
      ...{ name: 'ingress-2', url: secondUrl, readyUrl: `${secondUrl}/health/ready`, onLine: (line) => note('ingress-2', line) },
      env: { ...platform.processes.get('ingress')!.plan.env, HTTP_PORT: String(port) },
    });
    await second.start();
    secrets = secretsOf(platform);
    stage = new Stage({ ...platform.urls, hasTestBots: false }, () => undefined);
    visitor = await stage.visitor('outlet');
    secrets.set('token of a visitor', visitor.token);
  }, 90_000);
  afterAll(async () => {
    stage?.leave();
    await second?.stop();
    await platform?.stop();
    await rm(directory, { recursive: true, force: true });
  }, 30_000);

  const post = (url: string, body: string) => {
    const at = String(Date.now());
    const headers = {
      ...{ 'content-type': 'application/json', 'x-crisp-request-timestamp': at },
      'x-crisp-signature': signHook(SIGNING_SECRET, at, body),
    };
    return fetch(url + PLUGIN, { method: 'POST', headers, body });
  };

  describe('what somebody captured and sends again', () => {
    let captured: string;
    const recordsOf = async () =>
      (await topicsOf(platform)).find(({ place }) => place === 'topic crisp-webhooks')!.text.split(AGENTS_WORDS).length - 1;

    it('is heard once, whichever replica gets it, however often', async () => {
      const since = Date.now() - 1_000;
      await visitor.send(`${WORDS} ${EMAIL}`);
      await visitor.send('I want to talk to a human');
      const inbox = await stage.crisp.sessionOf(OUTLET_WEBSITE, ({ messages }) => messages.length > 0, since, 'the handover');
      await stage.crisp.write(inbox.session_id, AGENTS_WORDS, MIA).catch(() => stage.crisp.write(inbox.session_id, AGENTS_WORDS));
      await visitor.sees((one) => one.text === AGENTS_WORDS, 'the answer');
      const topic = (await topicsOf(platform)).find(({ place }) => place === 'topic crisp-webhooks')!;
      captured = /\{"website_id.*\}(?= ce_|$)/.exec(topic.text.split('\n').find((line) => line.includes(AGENTS_WORDS))!)![0]!;
      const statuses: number[] = [];
      for (let n = 0; n < 10; n++) statuses.push((await post(n % 2 ? platform.urls.ingress : secondUrl, captured)).status);
      expect(statuses).toEqual(Array(10).fill(200));
      // What comes after them in the same conversation proves that they were read.
      await stage.crisp.write(inbox.session_id, 'the end').catch(() => undefined);
      await visitor.sees((one) => one.text === 'the end', 'what the agent says next');
      expect(visitor.messages().filter(({ text }) => text === AGENTS_WORDS)).toHaveLength(1);
      await stage.screenIsWhole(visitor);
    });

    it('costs Kafka little when it is a flood from one address, and keeps no other hook out', async () => {
      const before = await recordsOf();
      const statuses = new Map<number, number>();
      for (let round = 0; round < 30; round++) {
        const answers = await Promise.all(Array.from({ length: 50 }, () => post(secondUrl, captured)));
        for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
      expect(statuses.get(429) ?? 0).toBeGreaterThan(300);
      expect((await recordsOf()) - before).toBe(statuses.get(200) ?? 0);
      expect(
        (await post(secondUrl, captured.replace(AGENTS_WORDS, 'another').replace(/"fingerprint":\d+/, '"fingerprint":1'))).status,
      ).toBe(200);
    });
  });

  describe('what a browser is given', () => {
    const page = async (url: string) => Object.fromEntries((await fetch(url)).headers);

    it.each<[string, () => Promise<string>, Record<string, RegExp>]>([
      [
        'the console',
        async () => `${platform.urls.controlPlane}/console/`,
        {
          'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
          'x-content-type-options': /nosniff/,
          'referrer-policy': /same-origin/,
        },
      ],
      [
        'a history link that does not open',
        async () => `${platform.urls.orchestrators[0]}/history/nothing`,
        {
          'content-security-policy': /default-src 'none'/,
          'x-frame-options': /DENY/,
          'referrer-policy': /no-referrer/,
          'cache-control': /no-store/,
        },
      ],
      [
        'a file link that does not open',
        async () => `${platform.urls.dispatchers[0]}/v1/files/x/y`,
        { 'content-security-policy': /default-src 'none'.*sandbox/, 'x-content-type-options': /nosniff/, 'referrer-policy': /no-referrer/ },
      ],
      [
        'the widget',
        async () => `${platform.urls.dispatchers[0]}/w/loader.js`,
        { 'x-content-type-options': /nosniff/, 'access-control-allow-origin': /^\*$/ },
      ],
    ])('is framed, sniffed and passed on by nobody: %s', async (_what, url, wanted) => {
      const headers = await page(await url());
      for (const [name, value] of Object.entries(wanted)) expect([name, headers[name]]).toEqual([name, expect.stringMatching(value)]);
      expect(headers['set-cookie']).toBeUndefined();
    });

    it('is shared with no other page: an origin that the bot does not allow reads nothing, and none may send cookies', async () => {
      const answer = await fetch(`${platform.urls.dispatchers[0]}/v1/webchat/outlet/config`, {
        headers: { origin: 'https://evil.example' },
      });
      expect([answer.status, answer.headers.get('access-control-allow-credentials')]).toEqual([403, null]);
      const api = await fetch(`${platform.urls.controlPlane}/v1/session`, { headers: { origin: 'https://evil.example' } });
      expect(api.headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  describe('who is rude to its public doors', () => {
    it.each(['ingress', 'frames', 'api'])(
      'breaks nothing: %s',
      async (name) => {
        const report = await TARGETS[name]!(platform, seededRandom(20_260_105), name === 'ingress' ? 4_000 : 2_000);
        expect(report.tried).toBeGreaterThan(20);
        expect(report.findings).toEqual([]);
      },
      40_000,
    );
  });

  describe('its secrets and the words of its people', () => {
    let logs: Evidence[];
    let watched: Evidence[];
    let tables: Evidence[];
    let topics: Evidence[];

    beforeAll(async () => {
      const { urls } = platform;
      watched = await watchedOf({
        ...{ ingress: urls.ingress, 'ingress-2': secondUrl, 'control-plane': urls.controlPlane },
        ...{ orchestrator: urls.orchestrators[0]!, dispatcher: urls.dispatchers[0]! },
      });
      [tables, topics] = await Promise.all([tablesOf(platform.databaseUrl), topicsOf(platform)]);
      logs = [...lines]
        .filter(([service]) => !['crisp', 'demo-bot'].includes(service))
        .map(([service, all]) => ({ place: `log of ${service}`, text: all.join('\n') }));
    }, 30_000);

    const words = () =>
      new Map([
        ['words', WORDS],
        ['an answer', AGENTS_WORDS],
        ['an address', EMAIL],
      ]);

    it('were there to be found', async () => {
      expect(secrets.size).toBeGreaterThan(15);
      expect([...secrets.values()]).toEqual(expect.arrayContaining([HOOK_SECRET, SIGNING_SECRET]));
      expect(logs.map(({ place }) => place)).toEqual(
        expect.arrayContaining(['log of ingress', 'log of orchestrator', 'log of dispatcher', 'log of control-plane']),
      );
      expect(logs.some(({ text }) => /"level":"(debug|trace)"/.test(text))).toBe(true);
      expect(tables.length).toBeGreaterThan(20);
      for (const [what, value] of secrets) expect(foundIn([{ place: 'here', text: `x${value}y` }], secrets)).toContain(`${what} in here`);
      expect(foundIn(tables, words()).join('\n')).toMatch(/words in table orchestrator\..*/s);
      expect(foundIn(topics, words())).toEqual(
        expect.arrayContaining(['words in topic visitor-messages', 'an answer in topic deliveries']),
      );
    });

    it('stand in no log, no figure and no state of health', () => {
      expect(foundIn([...logs, ...watched], new Map([...secrets, ...words()]))).toEqual([]);
    });

    it('no secret stands in a table or on a topic', () => {
      expect(foundIn([...tables, ...topics], secrets)).toEqual([]);
    });

    it('words stand where conversations are kept, and nowhere else', () => {
      const where = foundIn([...tables, ...topics], words()).map((one) => one.split(' in ')[1]!);
      expect(where.filter((place) => !HOME_OF_WORDS.test(place))).toEqual([]);
    });
  });

  it('says nothing of its secrets when it cannot start', async () => {
    const marked = {
      HISTORY_KEY: 'marked-history-key',
      SETTINGS_KEY_CRISP: 'marked-settings-key',
      DATABASE_URL: 'nothing://marked:marked-password@x',
    };
    const said: string[] = [];
    const broken = new SupervisedProcess({
      ...platform.processes.get('orchestrator')!.plan,
      ...{ name: 'broken', env: { ...platform.processes.get('orchestrator')!.plan.env, ...marked }, onLine: (line) => said.push(line) },
    });
    void broken.start().catch(() => undefined);
    await eventually(() => said.some((line) => line.includes('HISTORY_KEY')), { what: 'the sentences about its configuration' });
    await broken.stop();
    expect(
      foundIn([{ place: 'its output', text: said.join('\n') }], new Map(Object.entries({ ...marked, password: 'marked-password' }))),
    ).toEqual([]);
  });
});
