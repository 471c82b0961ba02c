import { Controller } from '@nestjs/common';
import { createOwnerLink, getSession, signOut, useSignInLink } from '@baton/control-api';
import type { Session } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { ApiRefusal } from '../api/problem.js';
import { Serves } from '../api/serves.js';
import { WorkspaceNames } from '../workspaces/workspace-names.js';
import { sessionCookie, sessionTokenOf } from './cookie.js';
import { People } from './people.js';
import type { OpenSession } from './people.js';
import { ConsoleAddress } from './console-address.js';

/** Signing in and out. */
@Controller()
export class SignInController {
  constructor(
    private readonly people: People,
    private readonly workspaces: WorkspaceNames,
    private readonly address: ConsoleAddress,
  ) {}

  @Serves(createOwnerLink)
  async ownerLink(@Call() { body }: CallOf<typeof createOwnerLink>) {
    const { token, endsAt } = await this.people.administratorLink({ ...body, now: new Date() });
    return { url: `${this.address.url}/console/welcome#${token}`, endsAt: endsAt.toISOString() };
  }

  @Serves(useSignInLink)
  async useLink(@Call() { body, request, reply }: CallOf<typeof useSignInLink>) {
    const now = new Date();
    const person = await this.people.useLink(body.token, now);
    if (!person) throw new ApiRefusal('not-found', 'This link was used already, or its time is over. Ask for a new one.');
    const { token, endsAt } = await this.people.begin(person, { browser: request.headers['user-agent'] ?? '', now });
    void reply.header('set-cookie', sessionCookie(token, { secure: this.address.secure, endsAt }));
    return this.shown((await this.people.session(token, now))!);
  }

  @Serves(getSession)
  async session(@Call() { request }: CallOf<typeof getSession>) {
    const token = sessionTokenOf(request, this.address.secure);
    const session = token === undefined ? undefined : await this.people.session(token, new Date());
    if (!session) throw new ApiRefusal('not-signed-in', 'Nobody is signed in in this browser.');
    return this.shown(session);
  }

  @Serves(signOut)
  async signOut(@Call() { request, reply }: CallOf<typeof signOut>) {
    const token = sessionTokenOf(request, this.address.secure);
    if (token !== undefined) await this.people.end(token);
    void reply.header('set-cookie', sessionCookie('', { secure: this.address.secure, endsAt: new Date(0) }));
    return {};
  }

  private async shown({ person, csrfToken, roles }: OpenSession): Promise<Session> {
    const all = await this.workspaces.all();
    const workspaces = all.flatMap(({ workspaceId, name }) => {
      const role = person.administrator ? ('owner' as const) : roles.get(workspaceId);
      return role ? [{ workspaceId, name, role }] : [];
    });
    const { personId, name, email, administrator } = person;
    return { person: { personId, name, email }, csrfToken, administrator, workspaces };
  }
}
