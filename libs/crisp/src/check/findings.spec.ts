import { describe, expect, it } from '@jest/globals';
import { findingsOf } from './findings.js';
import type { WayBack } from './findings.js';
import { SCOPE_NEEDS } from './needs.js';
import type { Outcome } from './outcome.js';
import type { ProbedScope, Probes } from './probe-connection.js';

const well: Outcome = { went: 'well' };
const refused = (status: number, reason: string): Outcome => ({
  went: 'wrong',
  code: status === 404 ? 'crisp.not-found' : 'crisp.unauthorized',
  status,
  reason,
});
const unreachable: Outcome = { went: 'wrong', code: 'crisp.unreachable' };
const busy: Outcome = { went: 'wrong', code: 'crisp.rate-limited', status: 423, reason: 'quota_limit_exceeded' };
const mia = { userId: 'u1', name: 'Mia Berger', online: true };

const scopesThat = (outcomeOf: (name: string) => Outcome | undefined, onNothing = false): ProbedScope[] =>
  SCOPE_NEEDS.map((scope) => {
    const outcome = outcomeOf(`${scope.scope} ${scope.access}`);
    return { scope, ...(outcome && { outcome }), onNothing };
  });
const probes = (change: Partial<Probes> = {}): Probes => ({
  tier: 'plugin',
  website: well,
  found: { name: 'Juniper Shop', domain: 'shop.example' } as never,
  scopes: scopesThat(() => well),
  operators: [mia],
  ...change,
});
const wayBack: WayBack = { hasSecret: true, hookSeenSince: new Date('2026-11-01T00:00:00Z') };
const codesOf = (change: Partial<Probes>, way: Partial<WayBack> = {}) =>
  findingsOf(probes(change), { ...wayBack, ...way }).missing.map(({ code, blocking }) => (blocking ? `${code}!` : code));

describe('a connection', () => {
  it('with all it needs is ready, and nothing is missing', () => {
    expect(findingsOf(probes(), wayBack)).toMatchObject({
      ready: true,
      token: 'taken',
      website: { state: 'bound', name: 'Juniper Shop', domain: 'shop.example' },
      operators: [{ name: 'Mia Berger', online: true }],
      missing: [],
    });
  });

  it.each<[string, Partial<Probes>, string[]]>([
    [
      'whose token is unknown',
      { website: refused(401, 'invalid_session'), asOtherTier: refused(401, 'invalid_session'), scopes: [] },
      ['token-refused!'],
    ],
    ['whose token is of the other tier', { website: refused(401, 'invalid_session'), asOtherTier: well, scopes: [] }, ['tier-wrong!']],
    [
      'whose token is of the other tier and of another website',
      { website: refused(401, 'invalid_session'), asOtherTier: refused(404, 'not_subscribed'), scopes: [] },
      ['tier-wrong!'],
    ],
    [
      'of a website that did not install the plugin',
      { website: refused(404, 'not_subscribed'), scopes: scopesThat(() => refused(404, 'not_subscribed')) },
      ['website-not-bound!'],
    ],
    [
      'of a website that is closed to it',
      { website: refused(403, 'not_allowed'), scopes: scopesThat(() => refused(403, 'not_allowed')) },
      ['website-not-bound!'],
    ],
    [
      'of a website that nobody has',
      { website: refused(404, 'website_not_found'), scopes: scopesThat(() => refused(404, 'website_not_found')) },
      ['website-unknown!'],
    ],
    ['while Crisp cannot be reached', { website: unreachable, scopes: scopesThat(() => unreachable) }, ['crisp-silent!']],
    ["whose token's calls of the day are used up", { website: busy, scopes: scopesThat(() => busy) }, ['crisp-busy!']],
    ['of a workspace without agents', { operators: [] }, ['no-operators']],
  ])('%s says so', (_, change, expected) => {
    expect(codesOf(change)).toEqual(expected);
  });

  it('that may read its conversations is of this website, though the website itself is closed to it', () => {
    expect(findingsOf(probes({ website: refused(403, 'not_allowed') }), wayBack)).toMatchObject({
      ready: true,
      website: { state: 'bound' },
    });
  });
});

describe('a scope', () => {
  it('that is required and refused is missing and blocks; a useful one does not', () => {
    const without = (...names: string[]) => scopesThat((name) => (names.includes(name) ? refused(403, 'not_allowed') : well));
    expect(codesOf({ scopes: without('website:conversation:messages write') })).toEqual(['scope-missing!']);
    expect(codesOf({ scopes: without('website:operators read') })).toEqual(['scope-missing']);
    const [missing] = findingsOf(probes({ scopes: without('website:conversation:messages write') }), wayBack).missing;
    expect(missing!.what).toBe(
      'The token may not write "website:conversation:messages", which is needed to answer visitors, and hand their words to agents.',
    );
  });

  it.each<[string, Outcome | undefined, boolean, string]>([
    ['that let a call pass is granted', well, false, 'granted'],
    ['that was refused is missing', refused(403, 'not_allowed'), false, 'missing'],
    ['that was refused where nothing is, is missing', refused(403, 'not_allowed'), true, 'missing'],
    ['behind a conversation that is not there was not checked', refused(404, 'conversation_not_found'), true, 'not-checked'],
    ['of a call that went well on nothing was not checked', well, true, 'not-checked'],
    ['that no harmless call tells was not checked', undefined, true, 'not-checked'],
    ['was not checked while Crisp was busy', busy, false, 'not-checked'],
  ])('%s', (_, outcome, onNothing, state) => {
    const found = findingsOf(probes({ scopes: scopesThat(() => outcome, onNothing) }), wayBack);
    expect(new Set(found.scopes.map((scope) => scope.state))).toEqual(new Set([state]));
  });

  it('is no matter of a website token', () => {
    expect(findingsOf(probes({ tier: 'website' }), wayBack).scopes).toEqual([]);
  });
});

describe('the way back', () => {
  it.each<[string, Probes['tier'], Partial<WayBack>, string[]]>([
    ['of a website without a secret takes no hooks', 'website', { hasSecret: false, hookSeenSince: null }, ['no-hook-secret']],
    ['of a plugin needs no secret of its own', 'plugin', { hasSecret: false, hookSeenSince: null }, ['no-hook-seen']],
    ['on which none came says how to set one', 'website', { hookSeenSince: null }, ['no-hook-seen']],
    ['on which one came is there', 'website', { hasSecret: false }, []],
    ['on which nobody looked says nothing of hooks', 'website', { hookSeenSince: undefined }, []],
  ])('%s', (_, tier, way, expected) => {
    expect(codesOf({ tier }, way)).toEqual(expected);
  });
});
