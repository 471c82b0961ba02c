import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { envelope, startLoopback, type Loopback } from '../testing/loopback.js';
import { checkConnection } from './check-connection.js';

const websiteId = '11111111-2222-4333-8444-555555555555';
const wayBack = { hasSecret: true, hookSeenSince: undefined };
let crisp: Loopback;

beforeEach(async () => {
  crisp = await startLoopback();
});
afterEach(() => crisp.close());

const check = () => checkConnection({ websiteId, apiUrl: crisp.url, tier: 'plugin', tokenId: 'id', tokenKey: 'key' }, wayBack);
const there = `session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee`;

/** A workspace with one conversation that allows what is not named. */
function workspace(...denied: RegExp[]): void {
  crisp.answer((seen, response) => {
    const call = `${seen.method} ${seen.url}`;
    const found = denied.some((one) => one.test(call))
      ? envelope(403, 'not_allowed')
      : /\/conversation\/session_/.test(call) && !call.includes(there)
        ? envelope(404, 'conversation_not_found')
        : call.includes('/conversations/')
          ? envelope(200, 'listed', [{ session_id: there, updated_at: 1_760_000_000_000 }])
          : call.includes('/messages')
            ? envelope(200, 'listed', [])
            : call.includes('/state')
              ? envelope(200, 'resolved', { state: 'resolved' })
              : call.includes('/block')
                ? envelope(200, 'resolved', { blocked: false })
                : call.includes('/availability')
                  ? envelope(200, 'resolved', { status: 'online' })
                  : call.includes('/operators')
                    ? envelope(200, 'listed', [{ type: 'operator', details: { user_id: 'u1', first_name: 'Mia', availability: 'away' } }])
                    : envelope(200, 'resolved', { website_id: websiteId, name: 'Juniper Shop' });
    found(seen, response);
  });
}

describe('the check of a connection', () => {
  it('asks about a dozen questions and touches no conversation that is there', async () => {
    workspace();
    const found = await check();
    expect(found).toMatchObject({
      ready: true,
      website: { state: 'bound', name: 'Juniper Shop' },
      operators: [{ name: 'Mia', online: false }],
    });
    expect(found.scopes.filter(({ state }) => state === 'granted').map(({ scope, access }) => `${access} ${scope}`)).toEqual([
      'read website:conversation:sessions',
      'read website:conversation:messages',
      'read website:conversation:states',
      'read website:availability',
      'read website:operators',
      'read website:conversation:routing',
      'read website:conversation:actions',
    ]);
    expect(crisp.seen.length).toBeLessThanOrEqual(12);
    const writes = crisp.seen.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method }) => method)).toEqual(['PATCH', 'PATCH', 'PATCH']);
    expect(writes.every(({ url }) => !url.includes(there))).toBe(true);
  });

  it('names each scope that Crisp refuses, reads and writes alike', async () => {
    workspace(/^PATCH .*\/compose/, /\/operators\/list/);
    const found = await check();
    expect(found.ready).toBe(false);
    expect(found.missing.map(({ what }) => what)).toEqual([
      expect.stringContaining('may not write "website:conversation:messages"'),
      expect.stringContaining('may not read "website:operators"'),
    ]);
    expect(found.operators).toBeNull();
  });

  it('tells a token of the other tier from a wrong one, and stops there', async () => {
    crisp.answer((seen, response) =>
      (seen.headers['x-crisp-tier'] === 'website' ? envelope(200, 'resolved', {}) : envelope(401, 'invalid_session'))(seen, response),
    );
    expect((await check()).missing).toMatchObject([{ code: 'tier-wrong', todo: 'Set the tier to "website", or use a plugin token.' }]);
    expect(crisp.seen).toHaveLength(2);
    crisp.answer(envelope(401, 'invalid_session'));
    expect(await check()).toMatchObject({ ready: false, token: 'refused', missing: [{ code: 'token-refused' }] });
  });

  it('says when Crisp cannot be reached', async () => {
    await crisp.close();
    expect(await check()).toMatchObject({ ready: false, token: 'not-checked', missing: [{ code: 'crisp-silent' }] });
  });
});
