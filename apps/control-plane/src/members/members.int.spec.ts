import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  changeMember,
  createMemberLink,
  createOwnerLink,
  createWorkspace,
  getSession,
  inviteMember,
  leaveWorkspace,
  listAudit,
  listBots,
  listInvitations,
  listMembers,
  lookAtSignInLink,
  removeMember,
  renameWorkspace,
  revokeInvitation,
} from '@baton/control-api';
import type { Role } from '@baton/control-api';
import { Browser } from '../testing/browser.js';
import { refused } from '../testing/refused.js';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

describe('members of a workspace', () => {
  let stage: Stage;
  let owner: Browser;
  let ownerId: string;
  beforeAll(async () => {
    stage = await startStage();
    owner = new Browser(stage.url);
    const { url } = await stage.client().call(createOwnerLink, { body: { email: 'root@shop.example', name: 'Rita' } });
    ownerId = (await owner.enter(url)).person.personId;
    for (const workspaceId of ['shop', 'garden']) await owner.call(createWorkspace, { body: { workspaceId, name: `The ${workspaceId}` } });
  });
  afterAll(() => stage.close());

  const invite = async (workspaceId: string, email: string, role: Role, by = owner) => {
    const { url } = await by.call(inviteMember, { params: { workspaceId }, body: { email, role } });
    return url;
  };
  const comes = async (link: string, name?: string) => {
    const browser = new Browser(stage.url);
    const session = await browser.enter(link, name);
    return { browser, session, personId: session.person.personId };
  };
  const shop = { params: { workspaceId: 'shop' } };

  it('begin with who made it, and it can be named anew', async () => {
    const { items } = await owner.call(listMembers, shop);
    expect(items.map(({ name, role }) => [name, role])).toEqual([['Rita', 'owner']]);
    await owner.call(renameWorkspace, { ...shop, body: { name: 'Plants & pots' } });
    expect((await owner.call(getSession)).workspaces).toContainEqual({ workspaceId: 'shop', name: 'Plants & pots', role: 'owner' });
    expect((await refused(owner.call(createWorkspace, { body: { workspaceId: 'shop', name: 'Again' } }))).code).toBe('taken');
  });

  it('come by a link that tells whereto, asks a stranger for his name, and is good once', async () => {
    const link = await invite('shop', 'Eva@shop.example', 'editor');
    const token = new URL(link).hash.slice(1);
    const seen = await new Browser(stage.url).call(lookAtSignInLink, { body: { token } });
    expect(seen).toEqual({ email: 'Eva@shop.example', invitation: { workspace: 'Plants & pots', role: 'editor' }, asksName: true });
    expect((await refused(comes(link))).errors).toEqual([{ pointer: '/name', message: 'Say your name.' }]);
    const { session } = await comes(link, 'Eva');
    expect(session.workspaces).toEqual([{ workspaceId: 'shop', name: 'Plants & pots', role: 'editor' }]);
    expect((await refused(comes(link, 'Mallory'))).code).toBe('not-found');
    expect((await owner.call(listInvitations, shop)).items).toEqual([]);
    expect((await refused(invite('shop', 'eva@SHOP.example', 'owner'))).code).toBe('conflict');
  });

  it('are not asked in twice: the later invitation ends the earlier, and one that was taken back opens nothing', async () => {
    const first = await invite('shop', 'tom@shop.example', 'viewer');
    const second = await invite('shop', 'tom@shop.example', 'editor');
    expect((await refused(comes(first, 'Tom'))).code).toBe('not-found');
    const [invitation] = (await owner.call(listInvitations, shop)).items;
    await owner.call(revokeInvitation, { params: { workspaceId: 'shop', invitationId: invitation!.invitationId } });
    expect((await refused(comes(second, 'Tom'))).code).toBe('not-found');
  });

  it('keep an owner, whatever is tried', async () => {
    const mine = { params: { workspaceId: 'shop', personId: ownerId } };
    for (const tried of [
      owner.call(changeMember, { ...mine, body: { role: 'editor' } }),
      owner.call(removeMember, mine),
      owner.call(leaveWorkspace, shop),
    ])
      expect(await refused(tried)).toMatchObject({ code: 'conflict', detail: expect.stringContaining('no owner') });
  });

  it('of two owners who leave at the same moment one stays', async () => {
    const lena = await comes(await invite('garden', 'lena@shop.example', 'owner'), 'Lena');
    const outcomes = await Promise.allSettled([
      owner.call(leaveWorkspace, { params: { workspaceId: 'garden' } }),
      lena.browser.call(leaveWorkspace, { params: { workspaceId: 'garden' } }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('lose a workspace with the next request, and have another role with the next request', async () => {
    const { browser, personId } = await comes(await invite('shop', 'ben@shop.example', 'viewer'), 'Ben');
    const renaming = { ...shop, body: { name: 'Ben’s' } };
    expect((await refused(browser.call(renameWorkspace, renaming))).code).toBe('not-allowed');
    await owner.call(changeMember, { params: { workspaceId: 'shop', personId }, body: { role: 'owner' } });
    await browser.call(renameWorkspace, renaming);
    await owner.call(removeMember, { params: { workspaceId: 'shop', personId } });
    expect((await refused(browser.call(listBots, shop))).code).toBe('not-found');
    expect((await browser.call(getSession)).workspaces).toEqual([]);
  });

  it('are let in again by a link of their owner, which is noted', async () => {
    const { personId } = await comes(await invite('shop', 'ida@shop.example', 'viewer'), 'Ida');
    const { url } = await owner.call(createMemberLink, { params: { workspaceId: 'shop', personId } });
    expect((await comes(url)).personId).toBe(personId);
    const { items } = await owner.call(listAudit, { ...shop, query: { target: `member:${personId}` } });
    expect(items.map(({ action, target }) => [action, target.name])).toEqual([
      ['member.link-made', 'Ida'],
      ['member.joined', 'Ida'],
    ]);
  });

  it('cannot be let in, nor be invited away, by owners of another workspace', async () => {
    const mia = await comes(await invite('garden', 'mia@shop.example', 'owner'), 'Mia');
    const nora = await comes(await invite('shop', 'nora@shop.example', 'editor'), 'Nora');
    const link = await invite('garden', 'nora@shop.example', 'viewer', mia.browser);
    expect(await refused(comes(link))).toMatchObject({ code: 'conflict', detail: expect.stringContaining('Sign in as you always do') });
    const joined = await nora.browser.enter(link);
    expect(joined.workspaces.map(({ workspaceId, role }) => [workspaceId, role]).sort()).toEqual([
      ['garden', 'viewer'],
      ['shop', 'editor'],
    ]);
    const impersonating = { params: { workspaceId: 'garden', personId: nora.personId } };
    expect((await refused(mia.browser.call(createMemberLink, impersonating))).code).toBe('conflict');
    await mia.browser.call(inviteMember, { params: { workspaceId: 'garden' }, body: { email: 'root@shop.example', role: 'viewer' } }).then(
      async ({ url }) => expect((await refused(comes(url))).code).toBe('conflict'),
      (error: { problem: { code: string } }) => expect(error.problem.code).toBe('conflict'),
    );
  });

  it('who joins another workspace, or becomes administrator, is signed out of browsers that somebody else may have', async () => {
    const mia = await comes(await invite('garden', 'max@shop.example', 'owner'), 'Max');
    const stolen = mia.browser;
    await stage.client().call(createOwnerLink, { body: { email: 'max@shop.example', name: 'Max' } });
    expect((await refused(stolen.call(getSession))).code).toBe('not-signed-in');
  });
});
