import { Controller } from '@nestjs/common';
import { createOwnerLink, getSession, getSignInWays, lookAtSignInLink, signOut, useSignInLink } from '@baton/control-api';
import type { Session } from '@baton/control-api';
import type { FastifyRequest } from 'fastify';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { ApiRefusal } from '../api/problem.js';
import { Serves } from '../api/serves.js';
import { Invitations } from '../members/invitations.js';
import { WorkspaceNames } from '../workspaces/workspace-names.js';
import { ConsoleAddress } from './console-address.js';
import { endedCookie, sessionCookie, sessionTokenOf } from './cookie.js';
import { Limits } from './limits.js';
import { Oidc } from './oidc/oidc.js';
import { OIDC_PATH } from './oidc/oidc.controller.js';
import { People } from './people.js';
import { Sessions } from './sessions.js';
import type { OpenSession } from './sessions.js';

/** Signing in and out. */
@Controller()
export class SignInController {
  constructor(
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly invitations: Invitations,
    private readonly workspaces: WorkspaceNames,
    private readonly address: ConsoleAddress,
    private readonly limits: Limits,
    private readonly oidc: Oidc,
  ) {}

  @Serves(getSignInWays)
  ways() {
    const { name } = this.oidc;
    return { oidc: name === undefined ? null : { name, path: `/${OIDC_PATH}` } };
  }

  @Serves(createOwnerLink)
  async ownerLink(@Call() { body }: CallOf<typeof createOwnerLink>) {
    const { token, endsAt } = await this.people.administratorLink({ ...body, now: new Date() });
    return { url: this.address.welcome(token), endsAt: endsAt.toISOString() };
  }

  @Serves(lookAtSignInLink)
  async look(@Call() { body, request }: CallOf<typeof lookAtSignInLink>) {
    const client = this.limits.addressOf(request);
    this.limits.beforeSignIn(client);
    const now = new Date();
    const person = await this.people.ofLink(body.token, now);
    if (person) return { email: person.email, invitation: null, asksName: false };
    const asked = await this.invitations.ofToken(body.token, now);
    if (!asked) throw this.gone(client);
    const { email, role, known } = asked;
    return { email, invitation: { workspace: await this.workspaces.of(asked.workspaceId), role }, asksName: !known };
  }

  @Serves(useSignInLink)
  async useLink(@Call() { body, request, reply }: CallOf<typeof useSignInLink>) {
    const address = this.limits.addressOf(request);
    this.limits.beforeSignIn(address);
    const now = new Date();
    const before = await this.sessionOf(request, now);
    const person =
      (await this.people.useLink(body.token, now)) ??
      (await this.invitations.accept(body.token, { name: body.name, signedIn: before, address, now }));
    if (!person) throw this.gone(address);
    if (before) await this.sessions.end(before.person.personId, before.sessionId);
    const { token, endsAt } = await this.sessions.begin(person, { browser: request.headers['user-agent'] ?? '', address, now });
    void reply.header('set-cookie', sessionCookie(token, { secure: this.address.secure, endsAt }));
    return this.shown((await this.sessions.of(token, { address, now }))!);
  }

  @Serves(getSession)
  session(@Call() { caller }: CallOf<typeof getSession>) {
    if (!caller.session) throw new ApiRefusal('not-signed-in', 'Nobody is signed in in this browser.');
    return this.shown(caller.session);
  }

  @Serves(signOut)
  async signOut(@Call() { caller, reply }: CallOf<typeof signOut>) {
    if (caller.session) await this.sessions.end(caller.session.person.personId, caller.session.sessionId);
    void reply.header('set-cookie', endedCookie(this.address));
    return {};
  }

  private gone(address: string): ApiRefusal {
    this.limits.afterFailedSignIn(address);
    return new ApiRefusal('not-found', 'This link was used already, or its time is over. Ask for a new one.');
  }

  private async sessionOf(request: FastifyRequest, now: Date): Promise<OpenSession | undefined> {
    const token = sessionTokenOf(request, this.address.secure);
    return token === undefined ? undefined : this.sessions.of(token, { address: this.limits.addressOf(request), now });
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
