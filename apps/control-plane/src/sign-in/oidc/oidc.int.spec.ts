import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createOwnerLink, createWorkspace, getSession, getSignInWays, inviteMember, removeMember } from '@baton/control-api';
import type { Session } from '@baton/control-api';
import { Browser } from '../../testing/browser.js';
import { PlayedProvider } from '../../testing/played-provider.js';
import type { PlayedPerson } from '../../testing/played-provider.js';
import { refused } from '../../testing/refused.js';
import { startStage } from '../../testing/stage.js';
import type { Stage } from '../../testing/stage.js';

const WAY = '/v1/sign-in/oidc';
const locationOf = (response: Response) => response.headers.get('location')!;

describe('signing in with the team’s own service', () => {
  let provider: PlayedProvider;
  let stage: Stage;
  let owner: Browser;
  beforeAll(async () => {
    provider = await PlayedProvider.start();
    stage = await startStage({ env: provider.env });
    owner = new Browser(stage.url);
    await owner.enter((await stage.client().call(createOwnerLink, { body: { email: 'root@shop.example' } })).url);
    await owner.call(createWorkspace, { body: { workspaceId: 'shop', name: 'Shop' } });
  });
  afterEach(() => {
    provider.trouble = undefined;
    provider.claimsElsewhere = false;
  });
  afterAll(async () => {
    await stage.close();
    await provider.close();
  });

  const invite = (email: string) => owner.call(inviteMember, { params: { workspaceId: 'shop' }, body: { email, role: 'editor' } });
  /** Goes to the provider and comes back with what it says. @returns where the browser is sent in the end */
  const goes = async (person: PlayedPerson, o: { browser?: Browser; returnTo?: string } = {}) => {
    provider.person = person;
    const browser = o.browser ?? new Browser(stage.url);
    const begun = await browser.get(`${WAY}?returnTo=${encodeURIComponent(o.returnTo ?? '/console/')}`);
    const back = locationOf(await browser.get(locationOf(begun)));
    const at = new URL(locationOf(await browser.get(back)));
    const session = await browser.call(getSession).catch(() => undefined as Session | undefined);
    if (session) browser.csrfToken = session.csrfToken;
    return { browser, back, at, session, trouble: at.searchParams.get('trouble') };
  };
  const verified = (sub: string, email: string, name = 'Eva Lind'): PlayedPerson => ({ sub, email, email_verified: true, name });

  it('stands on the sign-in page by its name', async () => {
    expect(await new Browser(stage.url).call(getSignInWays)).toEqual({ oidc: { name: 'Example Login', path: WAY } });
  });

  it('lets in whose address was invited, with his role and name, and brings him where he wanted', async () => {
    await invite('eva@shop.example');
    const { session, at } = await goes(verified('eva', 'Eva@shop.example'), { returnTo: '/console/shop/bots?tab=keys' });
    expect(session).toMatchObject({ person: { name: 'Eva Lind' }, workspaces: [{ workspaceId: 'shop', role: 'editor' }] });
    expect(at.pathname + at.search).toBe('/console/shop/bots?tab=keys');
  });

  it('knows him by his identity from then on, whatever his address is called', async () => {
    const { session } = await goes({ sub: 'eva', email: 'eva.new@shop.example', email_verified: false });
    expect(session?.person.email).toBe('Eva@shop.example');
  });

  it('reads the profile elsewhere where the token has none', async () => {
    await invite('uwe@shop.example');
    provider.claimsElsewhere = true;
    expect((await goes(verified('uwe', 'uwe@shop.example', 'Uwe'))).session?.person.name).toBe('Uwe');
  });

  it.each<[string, PlayedPerson, string]>([
    ['a stranger', verified('stranger', 'stranger@else.example'), 'not-invited'],
    [
      'who has an invited address that nobody confirmed',
      { sub: 'x', email: 'invited@shop.example', email_verified: false },
      'email-unverified',
    ],
    ['who tells no address', { sub: 'y' }, 'email-unverified'],
    ['another identity with a known address', verified('not-eva', 'eva@shop.example'), 'another-identity'],
  ])('tells %s why not', async (_, person, trouble) => {
    await invite('invited@shop.example');
    const outcome = await goes(person);
    expect([outcome.trouble, outcome.session]).toEqual([trouble, undefined]);
  });

  it.each([
    ['denies', 'refused'],
    ['other-client', 'refused'],
    ['other-nonce', 'refused'],
    ['other-key', 'refused'],
  ] as const)('takes nothing from a provider that answers with %s', async (trouble, told) => {
    provider.trouble = trouble;
    const outcome = await goes(verified('eva', 'eva@shop.example'));
    expect([outcome.trouble, outcome.session]).toEqual([told, undefined]);
  });

  it('tells when the provider is away, and works again when it is back', async () => {
    const browser = new Browser(stage.url);
    provider.person = verified('eva', 'eva@shop.example');
    const back = locationOf(await browser.get(locationOf(await browser.get(WAY))));
    provider.trouble = 'down';
    expect(new URL(locationOf(await browser.get(back))).searchParams.get('trouble')).toBe('away');
    provider.trouble = undefined;
    expect((await goes(provider.person)).session).toBeDefined();
  });

  it('takes an answer only in the browser that asked, and once', async () => {
    const { back, browser } = await goes(verified('eva', 'eva@shop.example'));
    for (const other of [new Browser(stage.url), browser])
      expect(new URL(locationOf(await other.get(back))).searchParams.get('trouble')).toBe('stale');
    const mixed = new Browser(stage.url);
    await mixed.get(WAY);
    expect(new URL(locationOf(await mixed.get(back))).searchParams.get('trouble')).toBe('refused');
  });

  it('sends nobody elsewhere', async () => {
    for (const returnTo of ['https://evil.example/', '//evil.example/console/', '/console/..//evil.example'])
      expect((await goes(verified('eva', 'eva@shop.example'), { returnTo })).at.origin).toBe(stage.url);
  });

  it('signs out who came by a link under this address before it was proven', async () => {
    const impostor = new Browser(stage.url);
    await impostor.enter((await invite('ceo@shop.example')).url, 'Not the boss');
    const { session } = await goes(verified('ceo', 'ceo@shop.example'));
    expect(session?.workspaces).toHaveLength(1);
    expect((await refused(impostor.call(getSession))).code).toBe('not-signed-in');
  });

  it('does not bring back who was taken out', async () => {
    const { session } = await goes(verified('ceo', 'ceo@shop.example'));
    await owner.call(removeMember, { params: { workspaceId: 'shop', personId: session!.person.personId } });
    expect((await goes(verified('ceo', 'ceo@shop.example'))).session?.workspaces).toEqual([]);
  });

  it('gives strangers a role where that is set, once', async () => {
    await stage.restart({ OIDC_DEFAULT_WORKSPACE: 'shop', OIDC_DEFAULT_ROLE: 'viewer' });
    const { session } = await goes(verified('newcomer', 'newcomer@shop.example'));
    expect(session?.workspaces).toMatchObject([{ workspaceId: 'shop', role: 'viewer' }]);
    await owner.call(removeMember, { params: { workspaceId: 'shop', personId: session!.person.personId } });
    expect((await goes(verified('newcomer', 'newcomer@shop.example'))).session?.workspaces).toEqual([]);
  });

  it('writes nobody’s address and no token into the log', () => {
    expect(stage.logLines.filter((line) => /@shop\.example|eyJ/.test(line))).toEqual([]);
  });
});
