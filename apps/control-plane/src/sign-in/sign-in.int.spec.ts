import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeAccount,
  changeMember,
  createApiKey,
  createMemberLink,
  createOwnerLink,
  createWorkspace,
  endSession,
  endSessions,
  getSession,
  inviteMember,
  listApiKeys,
  listBots,
  listMembers,
  listSessions,
  listWorkspaces,
  lookAtSignInLink,
  revokeApiKey,
  SCOPES,
  signOut,
  useSignInLink as signInWithLink,
} from '@baton/control-api';
import type { Scope } from '@baton/control-api';
import { createLogger } from '@baton/telemetry';
import { Browser } from '../testing/browser.js';
import { refused } from '../testing/refused.js';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';
import { ForgetEnded } from './forget-ended.js';
import { People } from './people.js';
import { Sessions } from './sessions.js';

const HOUR_MS = 3_600_000;
/** Postgres' clock has microseconds: its `now()` can be after that of a process which asks in the same millisecond. */
const JUST_NOW = `now() - interval '1 second'`;

describe('signing in', () => {
  let stage: Stage;
  /** Each test comes from an address of its own, so that no lock touches another one. */
  let addresses = 0;
  beforeAll(async () => {
    stage = await startStage({ env: { TRUSTED_PROXIES: '1', API_REQUESTS_PER_SECOND: '5' } });
    const boss = await signedIn('boss@shop.example');
    await boss.call(createWorkspace, { body: { workspaceId: 'shop', name: 'Shop' } });
  });
  afterAll(() => stage.close());

  const from = () => ({ 'x-forwarded-for': `198.51.100.${(addresses += 1)}` });
  const aBrowser = () => new Browser(stage.url, { ...from(), 'user-agent': 'Firefox/140.0' });
  const linkFor = async (email: string) => (await stage.client().call(createOwnerLink, { body: { email, name: 'Rita' } })).url;
  async function signedIn(email: string): Promise<Browser> {
    const browser = aBrowser();
    await browser.enter(await linkFor(email));
    return browser;
  }

  it('shows the browsers of one’s own, ends one, all others, or all', async () => {
    const [here, phone, office, home] = await Promise.all(['a', 'b', 'c', 'd'].map(() => signedIn('rita@shop.example')));
    const { items } = await here!.call(listSessions);
    expect(items).toHaveLength(4);
    expect(items[0]).toMatchObject({ current: true, browser: 'Firefox/140.0', address: expect.stringMatching(/^198\.51\.100\./) });
    const phones = (await phone!.call(listSessions)).items[0]!;
    await here!.call(endSession, { params: { sessionId: phones.sessionId } });
    expect((await refused(phone!.call(getSession))).code).toBe('not-signed-in');
    await here!.call(endSessions);
    expect((await refused(office!.call(getSession))).code).toBe('not-signed-in');
    expect((await here!.call(listSessions)).items).toHaveLength(1);
    await here!.call(endSessions, { query: { everywhere: 'yes' } });
    expect([(await refused(here!.call(getSession))).code, (await refused(home!.call(getSession))).code]).toEqual([
      'not-signed-in',
      'not-signed-in',
    ]);
    expect(here!.cookies.size).toBe(0);
  });

  it('changes one’s name, signs out, and takes the cookie away', async () => {
    const browser = await signedIn('nina@shop.example');
    await browser.call(changeAccount, { body: { name: 'Nina' } });
    expect((await browser.call(getSession)).person.name).toBe('Nina');
    await browser.call(signOut);
    expect(browser.cookies.size).toBe(0);
  });

  it.each([
    ['was used for half a day by nobody', `seen_at = ${JUST_NOW} - interval '12 hours'`],
    ['has reached its end', `ends_at = ${JUST_NOW}`],
  ])('ends a session that %s, and forgets it', async (_, change) => {
    const browser = await signedIn('idle@shop.example');
    const { person } = await browser.call(getSession);
    await stage.database.query(`UPDATE sessions SET ${change} WHERE person_id = $1`, [person.personId]);
    expect((await refused(browser.call(getSession))).code).toBe('not-signed-in');
    await new ForgetEnded(
      [new Sessions(stage.database), new People(stage.database)],
      createLogger({ service: 'test', level: 'silent', instance: 'test' }),
    ).run(new Date(Date.now() + 2 * HOUR_MS));
    expect(await stage.database.query('SELECT 1 FROM sessions WHERE person_id = $1', [person.personId])).toEqual([]);
    expect(await stage.database.query('SELECT 1 FROM sign_in_links WHERE person_id = $1', [person.personId])).toEqual([]);
  });

  it('writes once a minute at most that a session is used', async () => {
    const browser = await signedIn('busy@shop.example');
    const { person } = await browser.call(getSession);
    const seen = async () =>
      ((await stage.database.query('SELECT seen_at FROM sessions WHERE person_id = $1', [person.personId])) as { seen_at: Date }[])[0]!
        .seen_at;
    const first = await seen();
    await browser.call(getSession);
    expect(await seen()).toEqual(first);
    await stage.database.query(`UPDATE sessions SET seen_at = now() - interval '61 seconds' WHERE person_id = $1`, [person.personId]);
    await browser.call(getSession);
    expect((await seen()).getTime()).toBeGreaterThanOrEqual(first.getTime());
  });

  it('tells who tried too many links when to come again, and does not look at the right one until then', async () => {
    const browser = aBrowser();
    const link = await linkFor('late@shop.example');
    const problems = [];
    for (let i = 0; i < 12; i += 1) problems.push(await refused(browser.call(lookAtSignInLink, { body: { token: `guess-${i}` } })));
    expect(problems.map(({ code }) => code)).toEqual([...Array<string>(10).fill('not-found'), 'too-many-requests', 'too-many-requests']);
    expect(problems.at(-1)).toMatchObject({ retryAfter: expect.any(Number), detail: expect.stringContaining('Try again in 1') });
    const locked = await browser.get('/v1/sign-in/link', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: new URL(link).hash.slice(1) }),
    });
    expect([locked.status, Number(locked.headers.get('retry-after')) > 0]).toEqual([429, true]);
    await aBrowser().enter(link);
  });

  it('signs nobody in from a page of elsewhere', async () => {
    const token = new URL(await linkFor('victim@shop.example')).hash.slice(1);
    const lured = new Browser(stage.url, { ...from(), 'sec-fetch-site': 'cross-site' });
    expect((await refused(lured.call(signInWithLink, { body: { token } }))).code).toBe('wrong-origin');
  });

  it('locks an address that guesses keys, and nobody else', async () => {
    const guess = (headers: Record<string, string>, key = `guess-${Math.random()}-of-a-key`) =>
      fetch(`${stage.url}/v1/workspaces`, { headers: { ...headers, authorization: `Bearer ${key}` } });
    const here = from();
    const statuses = [];
    for (let i = 0; i < 40; i += 1) statuses.push((await guess(here)).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
    const right = await guess(here, stage.environmentKey);
    expect([right.status, right.headers.get('retry-after') !== null]).toEqual([429, true]);
    expect((await guess(from(), stage.environmentKey)).status).toBe(200);
  });

  it('tells a caller who asks too often, and nobody else', async () => {
    const browser = await signedIn('eager@shop.example');
    const answers = await Promise.all(Array.from({ length: 80 }, () => browser.get('/v1/session')));
    const refusedOnes = answers.filter(({ status }) => status === 429);
    expect(refusedOnes.length).toBeGreaterThan(0);
    expect(refusedOnes.every((one) => Number(one.headers.get('retry-after')) >= 1)).toBe(true);
    expect((await (await signedIn('calm@shop.example')).get('/v1/session')).status).toBe(200);
  });

  describe('with an API key', () => {
    const shop = { params: { workspaceId: 'shop' } };
    const make = async (o: { role?: 'viewer' | 'owner'; scopes?: Scope[]; lastsDays?: number | null } = {}) => {
      const boss = await signedIn('boss@shop.example');
      const body = { name: 'Pipeline', role: o.role ?? 'viewer', scopes: o.scopes ?? ['bots'], lastsDays: o.lastsDays ?? null };
      return { boss, ...(await boss.call(createApiKey, { ...shop, body })) };
    };

    it('acts in its workspace, is shown once, and keeps only a hash', async () => {
      const { boss, key, apiKey } = await make();
      expect(key).toMatch(/^baton_[\w-]{43}$/);
      expect((await stage.client(key).call(listWorkspaces)).items).toEqual([{ workspaceId: 'shop', name: 'Shop' }]);
      expect((await stage.client(key).call(listBots, shop)).items).toEqual([]);
      const shown = (await boss.call(listApiKeys, shop)).items.find(({ keyId }) => keyId === apiKey.keyId)!;
      expect(shown).toMatchObject({ prefix: key.slice(0, 12), lastUsedAt: expect.any(String), createdBy: { name: 'Rita' } });
      const everything = JSON.stringify([
        await stage.database.query('SELECT to_jsonb(k) FROM api_keys k'),
        await stage.database.query('SELECT to_jsonb(a) FROM audit a'),
      ]);
      expect(everything).not.toContain(key.slice(12));
      expect(stage.logLines.join('')).not.toContain(key.slice(12));
    });

    it('is nobody from the moment on in which it is revoked, or its time is over', async () => {
      const revoked = await make();
      await revoked.boss.call(revokeApiKey, { params: { workspaceId: 'shop', keyId: revoked.apiKey.keyId } });
      expect((await refused(stage.client(revoked.key).call(listBots, shop))).code).toBe('not-signed-in');
      const ended = await make({ lastsDays: 1 });
      await stage.client(ended.key).call(listBots, shop);
      await stage.database.query(`UPDATE api_keys SET ends_at = ${JUST_NOW} WHERE key_id = $1`, [ended.apiKey.keyId]);
      expect((await refused(stage.client(ended.key).call(listBots, shop))).code).toBe('not-signed-in');
    });

    it('makes no keys, and has no sessions of a person', async () => {
      const { key } = await make({ role: 'owner', scopes: ['members'] });
      const body = { name: 'Another', role: 'viewer' as const, scopes: ['bots' as const] };
      expect((await refused(stage.client(key).call(createApiKey, { ...shop, body }))).code).toBe('not-allowed');
      expect((await refused(stage.client(key).call(listSessions))).code).toBe('not-allowed');
    });

    it('lets nobody in who may more than it', async () => {
      const invite = (key: string) =>
        stage.client(key).call(inviteMember, { ...shop, body: { email: 'accomplice@shop.example', role: 'owner' } });
      const { key, boss } = await make({ role: 'owner', scopes: ['members'] });
      const { personId } = (await boss.call(listMembers, shop)).items[0]!;
      const member = { params: { ...shop.params, personId } };
      for (const attempt of [
        invite(key),
        stage.client(key).call(createMemberLink, member),
        stage.client(key).call(changeMember, { ...member, body: { role: 'owner' } }),
      ])
        expect(await refused(attempt)).toMatchObject({ code: 'not-allowed', detail: expect.stringContaining('all parts') });
      expect((await invite((await make({ role: 'owner', scopes: [...SCOPES] })).key)).invitation.role).toBe('owner');
    });
  });
});
