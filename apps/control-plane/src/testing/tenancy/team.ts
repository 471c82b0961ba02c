import {
  createApiKey,
  createOwnerLink,
  createWorkspace,
  inviteMember,
  listInvitations,
  listSessions,
  putBot,
  ROLES,
  SCOPES,
} from '@baton/control-api';
import type { GivenBot, Role, Scope } from '@baton/control-api';
import { Browser } from '../browser.js';
import type { Stage } from '../stage.js';

/** With what somebody calls: headers of a key, or of a browser with or without the session's token. */
export type As = Readonly<Record<string, string>>;

/** A workspace with a bot, a member of each role, and keys. What its people and bots are called stands nowhere else. */
export interface Team {
  readonly workspaceId: string;
  /** Ids of what it has, by the names that parameters have. */
  readonly ids: Readonly<Record<string, string>>;
  readonly personIds: readonly string[];
  readonly people: Readonly<Record<Role, Browser>>;
  session(role: Role): As;
  /** Of a browser that does not show the session's token. */
  bareCookie(role: Role): As;
  /** A key of this role, for all parts or only some. */
  key(role: Role, scopes?: readonly Scope[]): Promise<As>;
}

/** @param name capitalised, of letters only, and none that stands anywhere else */
export async function makeTeam(stage: Stage, name: string): Promise<Team> {
  const workspaceId = name.toLowerCase();
  const params = { workspaceId };
  const admin = new Browser(stage.url);
  const { url } = await stage.client().call(createOwnerLink, { body: { email: `root@${workspaceId}.example`, name: `${name} Root` } });
  await admin.enter(url);
  await admin.call(createWorkspace, { body: { workspaceId, name: `${name} Limited` } });

  const people = {} as Record<Role, Browser>;
  const personIds: string[] = [];
  for (const role of ROLES) {
    const body = { email: `${role}@${workspaceId}.example`, role };
    const invited = await admin.call(inviteMember, { params, body });
    people[role] = new Browser(stage.url);
    const session = await people[role].enter(invited.url, `${name} ${role}`);
    personIds.push(session.person.personId);
  }
  await admin.call(inviteMember, { params, body: { email: `invited@${workspaceId}.example`, role: 'viewer' } });
  const [invitation] = (await people.owner.call(listInvitations, { params })).items;
  const [session] = (await people.owner.call(listSessions)).items;
  const botId = `${workspaceId}-bot`;
  const bot = { botId, workspaceId, name: `${name} Bot` } as GivenBot;
  await people.editor.call(putBot, { params: { workspaceId, botId }, body: bot }, { version: 'new' });
  const { apiKey } = await people.owner.call(createApiKey, {
    params,
    body: { name: `${name} key`, role: 'viewer', scopes: ['bots'] },
  });

  const cookieOf = (role: Role) => [...people[role].cookies].map(([cookie, value]) => `${cookie}=${value}`).join('; ');
  return {
    workspaceId,
    people,
    personIds,
    ids: {
      workspaceId,
      botId,
      personId: personIds[0]!,
      keyId: apiKey.keyId,
      invitationId: invitation!.invitationId,
      sessionId: session!.sessionId,
    },
    session: (role) => ({ cookie: cookieOf(role), 'x-baton-csrf': people[role].csrfToken! }),
    bareCookie: (role) => ({ cookie: cookieOf(role) }),
    key: async (role, scopes = SCOPES) => {
      const made = await people.owner.call(createApiKey, { params, body: { name: `${name} ${role}`, role, scopes: [...scopes] } });
      return { authorization: `Bearer ${made.key}` };
    },
  };
}
