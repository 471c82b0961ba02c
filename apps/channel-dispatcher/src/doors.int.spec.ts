import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLOSE } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { House } from './testing/house.js';
import type { Replica, Visitor } from './testing/house.js';
import { ORIGIN, Tab } from './testing/visitor.js';
import { VisitorTokens } from './visitor/visitor-tokens.js';

describe('the public doors', () => {
  let house: House;
  let replica: Replica;
  let visitor: Visitor;
  let widget: string;

  beforeAll(async () => {
    house = await House.build();
    widget = await mkdtemp(join(tmpdir(), 'widget-'));
    replica = await house.replica('only', { WIDGET_DIR: widget, NEW_VISITORS_PER_MINUTE: '5', MAX_SOCKETS_PER_ADDRESS: '10' });
    visitor = await house.visitor(replica);
  }, 60_000);
  afterAll(async () => {
    await house.demolish();
    await rm(widget, { recursive: true });
  }, 30_000);

  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(replica.url + path, { headers: { origin: ORIGIN, ...headers } });

  describe('the socket', () => {
    const base64url = (text: string): string => Buffer.from(text).toString('base64url');

    const forged = (): string => {
      const body = `${base64url('{"alg":"HS256"}')}.${base64url(JSON.stringify({ bot: 'demo', sub: 'v_1', aud: 'baton-webchat', iat: 0, exp: 9_999_999_999 }))}`;
      return `${body}.${createHmac('sha256', 'guessed').update(body).digest('base64url')}`;
    };
    const old = async (): Promise<string> => {
      const tokens = new VisitorTokens(Buffer.alloc(32, 7).toString('base64'));
      return (await tokens.issue('demo', 'v_1', new Date('2020-01-01'))).token;
    };

    it.each<[string, () => Promise<string>, string]>([
      ['a forged token', async () => forged(), 'not-authorized'],
      ['an expired token', old, 'token-expired'],
      ['no token at all', async () => 'nonsense', 'not-authorized'],
    ])('turns %s away', async (_what, token, code) => {
      const tab = new Tab(replica.url);
      await tab.hello(await token());
      expect(await tab.gets('refused')).toEqual({ t: 'refused', code });
      expect(await tab.closed()).toBe(CLOSE.notAuthorized);
    });

    it.each<[string, { botId?: string; origin?: string }, string, number]>([
      ['a page that is not on the list', { origin: 'https://evil.example' }, 'origin-not-allowed', CLOSE.originNotAllowed],
      ['an unknown bot', { botId: 'nobody' }, 'unknown-bot', CLOSE.unknownBot],
      ['a path trick', { botId: '..%2Fdemo' }, 'unknown-bot', CLOSE.unknownBot],
    ])('turns %s away', async (_what, where, code, closeCode) => {
      const tab = new Tab(replica.url, where);
      expect(await tab.gets('refused')).toEqual({ t: 'refused', code });
      expect(await tab.closed()).toBe(closeCode);
    });

    it('turns away who speaks before hello', async () => {
      const tab = new Tab(replica.url);
      await tab.opened();
      tab.send(randomUUID(), 'Hi');
      expect(await tab.closed()).toBe(CLOSE.notAuthorized);
    });

    it('turns away who says nothing within five seconds', async () => {
      const tab = new Tab(replica.url);
      expect(await tab.closed()).toBe(CLOSE.notAuthorized);
    }, 10_000);

    it('gives a fresh token to who comes with an old one', async () => {
      const tokens = new VisitorTokens(Buffer.alloc(32, 7).toString('base64'));
      const twentyDaysAgo = new Date(Date.now() - 20 * 24 * 60 * 60 * 1_000);
      const { token } = await tokens.issue('demo', visitor.visitorId, twentyDaysAgo);
      const tab = await Tab.open(replica.url, token);
      const welcome = await tab.gets('welcome');
      expect(welcome.conversationId).toBe(visitor.conversationId);
      expect(await tokens.check('demo', welcome.token!, new Date())).toMatchObject({ visitorId: visitor.visitorId, isOld: false });
      tab.cut();
    });

    it('answers what it cannot use and goes on, until it is too much', async () => {
      const tab = await Tab.open(replica.url, visitor.token);
      const clientId = randomUUID();
      tab.say('{"t":');
      tab.say({ t: 'shout' });
      tab.ws.send(Buffer.from([1, 2, 3]), { binary: true });
      tab.say({ t: 'send', clientId, body: { type: 'text', text: 'a'.repeat(100_000) } });
      expect(await tab.gets('refused', (frame) => frame.code === 'text-too-long')).toEqual({
        t: 'refused',
        code: 'text-too-long',
        clientId,
      });
      tab.send(randomUUID(), 'still here');
      await tab.gets('ack');
      for (let i = 0; i < 10; i++) tab.say('nonsense');
      expect(await tab.closed()).toBe(1008);
    });

    it('cuts off a frame of megabytes', async () => {
      const tab = await Tab.open(replica.url, visitor.token);
      tab.say('a'.repeat(5_000_000));
      expect(await tab.closed()).toBe(1009);
    });

    it('slows down who writes too fast, in one tab or several, and loses nothing of what it took', async () => {
      const other = await Tab.open(replica.url, visitor.token);
      const tab = await Tab.open(replica.url, visitor.token);
      for (let i = 0; i < 8; i++) tab.send(randomUUID(), `fast ${i}`);
      for (let i = 0; i < 8; i++) other.send(randomUUID(), `faster ${i}`);
      const refused = await eventually(() => [...tab.frames, ...other.frames].find((frame) => frame.t === 'refused'));
      expect(refused).toMatchObject({ t: 'refused', code: 'too-fast', clientId: expect.any(String), retryAfterMs: expect.any(Number) });
      const taken = () => [...tab.frames, ...other.frames].filter((frame) => frame.t === 'ack').length;
      const turnedAway = () => [...tab.frames, ...other.frames].filter((frame) => frame.t === 'refused').length;
      await eventually(() => taken() + turnedAway() === 16);
      expect(taken()).toBeGreaterThanOrEqual(8);
      tab.cut();
      other.cut();
    });

    it('closes on a flood of frames', async () => {
      const tab = await Tab.open(replica.url, visitor.token);
      for (let i = 0; i < 200; i++) tab.say({ t: 'pong' });
      expect(await tab.closed()).toBe(CLOSE.tooFast);
    });

    it('takes no more sockets of one address than allowed', async () => {
      const tabs = Array.from({ length: 14 }, () => new Tab(replica.url));
      await eventually(() => tabs.filter((tab) => tab.closeCode === 1006).length >= 4);
      for (const tab of tabs) tab.cut();
    });
  });

  describe('HTTP', () => {
    it('shows how the widget looks, to pages on the list only', async () => {
      const response = await ask('/v1/webchat/demo/config');
      expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect(await response.json()).toEqual({
        botId: 'demo',
        name: 'Demo assistant',
        locale: 'en',
        title: 'Chat with us',
        accent: '#2f6fed',
        greeting: 'Hello!',
        files: { maxBytes: 10 * 1_048_576 },
      });
      const refused = await ask('/v1/webchat/demo/config', { origin: 'https://evil.example' });
      expect(refused.status).toBe(403);
      expect(await refused.json()).toEqual({ error: { code: 'origin-not-allowed' } });
    });

    it('shows on-calls what waits in its outbox', async () => {
      const metrics = await (await fetch(`${replica.url}/metrics`)).text();
      expect(metrics).toMatch(/^baton_outbox_waiting \d+$/m);
      expect(metrics).toMatch(/^baton_outbox_oldest_age_seconds \d/m);
    });

    it('answers a preflight', async () => {
      const response = await fetch(`${replica.url}/v1/webchat/demo/visitors`, {
        method: 'OPTIONS',
        headers: { origin: ORIGIN, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-headers')).toContain('content-type');
    });

    it('knows no bot that nobody set up', async () => {
      expect((await ask('/v1/webchat/nobody/config')).status).toBe(404);
    });

    it('keeps a visitor who shows his token, and makes a new one of who shows a bad one', async () => {
      expect((await house.visitor(replica, visitor.token)).visitorId).toBe(visitor.visitorId);
      expect((await house.visitor(replica, 'nonsense')).visitorId).not.toBe(visitor.visitorId);
    });

    it('shows nobody’s history without his token', async () => {
      expect((await ask('/v1/webchat/demo/history?before=5')).status).toBe(401);
      expect((await ask('/v1/webchat/demo/history?before=5', { authorization: 'Bearer nonsense' })).status).toBe(401);
      const wrong = await ask('/v1/webchat/demo/history?before=x', { authorization: `Bearer ${visitor.token}` });
      expect(wrong.status).toBe(400);
      expect(await wrong.json()).toEqual({ error: { code: 'bad-request', field: 'before' } });
    });

    it('makes no endless visitors for one address', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => fetch(`${replica.url}/v1/webchat/demo/visitors`, { method: 'POST', headers: { origin: ORIGIN } })),
      );
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThanOrEqual(3);
      expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
    });

    it('counts by bot, too: one that all the world asks for takes no place of others', async () => {
      const busy = await house.replica('busy', { TRUSTED_PROXIES: '1', REQUESTS_PER_ADDRESS: '1' });
      const from = (n: number) => ({ headers: { origin: ORIGIN, 'x-forwarded-for': `198.51.100.${n}` } });
      const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => fetch(`${busy.url}/v1/webchat/demo/config`, from(n))));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(20);
      expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(20);
      expect([await refused[0]!.json(), refused[0]!.headers.get('retry-after')]).toEqual([{ error: { code: 'too-fast' } }, '1']);
      // Whose doors are none of a bot's goes on.
      expect((await fetch(`${busy.url}/w/loader.js`, from(200))).status).not.toBe(429);
      await busy.close();
    });

    it('gives the widget’s files to script tags of any page, and lets browsers keep them', async () => {
      await writeFile(join(widget, 'loader.js'), 'console.log(1)');
      const response = await ask('/w/loader.js');
      expect(await response.text()).toBe('console.log(1)');
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
        'content-encoding': 'gzip',
        'cache-control': expect.stringContaining('public'),
      });
      const again = await ask('/w/loader.js', { 'if-none-match': response.headers.get('etag')! });
      expect(again.status).toBe(304);
      await writeFile(join(widget, 'loader.js'), 'console.log(22)');
      expect((await ask('/w/loader.js', { 'if-none-match': response.headers.get('etag')! })).status).toBe(200);
    });

    it.each(['/w/nothing.js', '/w/..%2f..%2fpackage.json', '/w/.env', '/w/%2e%2e', '/w/loader.ts'])('has no file %s', async (path) => {
      expect((await ask(path)).status).toBe(404);
    });
  });

  describe('what nobody asks for', () => {
    const post = (path: string, body: string) =>
      fetch(replica.url + path, { method: 'POST', headers: { origin: ORIGIN, 'content-type': 'application/json' }, body });

    it.each<[string, () => Promise<Response>, number, string]>([
      ['an address that is none', () => ask('/w//etc/passwd'), 404, 'not-found'],
      ['an address that cannot be read', () => ask('/v1/webchat/%zz/config'), 400, 'bad-request'],
      ['an address without end', () => ask(`/w/${'a'.repeat(300)}.js`), 414, 'bad-request'],
      ['broken JSON', () => post('/v1/webchat/demo/visitors', '{"token":'), 400, 'bad-request'],
      ['a body larger than any token', () => post('/v1/webchat/demo/visitors', `{"token":"${'x'.repeat(10_000)}"}`), 413, 'too-large'],
    ])('is refused in the form of all refusals, and not repeated: %s', async (_what, asked, status, code) => {
      const response = await asked();
      expect([response.status, await response.json()]).toEqual([status, { error: { code } }]);
    });
  });
});
