import { Controller } from '@nestjs/common';
import {
  changeMember,
  createMemberLink,
  inviteMember,
  leaveWorkspace,
  listInvitations,
  listMembers,
  removeMember,
  revokeInvitation,
} from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf, requireAllParts, sessionOf } from '../api/caller.js';
import type { Caller } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import { Serves } from '../api/serves.js';
import { ConsoleAddress } from '../sign-in/console-address.js';
import { People } from '../sign-in/people.js';
import { Invitations } from './invitations.js';
import { Members } from './members.js';

/** Who may do what in a workspace, and who was asked in. */
@Controller()
export class MembersController {
  constructor(
    private readonly members: Members,
    private readonly invitations: Invitations,
    private readonly people: People,
    private readonly address: ConsoleAddress,
  ) {}

  @Serves(listMembers)
  async list(@Call() { params }: CallOf<typeof listMembers>) {
    return { items: await this.members.list(params.workspaceId) };
  }

  @Serves(changeMember)
  change(@Call() { params, body, caller }: CallOf<typeof changeMember>) {
    requireAllParts(caller);
    return this.members.change(params.workspaceId, params.personId, body.role, deedOf(caller));
  }

  @Serves(removeMember)
  async remove(@Call() { params, caller }: CallOf<typeof removeMember>) {
    await this.members.remove(params.workspaceId, params.personId, deedOf(caller));
    return {};
  }

  @Serves(leaveWorkspace)
  async leave(@Call() { params, caller }: CallOf<typeof leaveWorkspace>) {
    await this.members.remove(params.workspaceId, sessionOf(caller).person.personId, deedOf(caller));
    return {};
  }

  @Serves(createMemberLink)
  async link(@Call() { params, caller }: CallOf<typeof createMemberLink>) {
    requireAllParts(caller);
    const o = { owned: ownedBy(caller), people: this.people, deed: deedOf(caller) };
    const { token, endsAt } = await this.members.link(params.workspaceId, params.personId, o);
    return { url: this.address.welcome(token), endsAt: endsAt.toISOString() };
  }

  @Serves(listInvitations)
  async invited(@Call() { params }: CallOf<typeof listInvitations>) {
    return { items: await this.invitations.list(params.workspaceId) };
  }

  @Serves(inviteMember)
  async invite(@Call() { params, body, caller }: CallOf<typeof inviteMember>) {
    requireAllParts(caller);
    const { invitation, token } = await this.invitations.invite({ workspaceId: params.workspaceId, ...body }, deedOf(caller));
    return { invitation, url: this.address.welcome(token) };
  }

  @Serves(revokeInvitation)
  async revoke(@Call() { params, caller }: CallOf<typeof revokeInvitation>) {
    if (!(await this.invitations.revoke(params.workspaceId, params.invitationId, deedOf(caller))))
      throw new ApiRefusal('not-found', 'This workspace has no such invitation.');
    return {};
  }
}

function ownedBy({ administrator, roles }: Caller): 'all' | ReadonlySet<string> {
  return administrator ? 'all' : new Set([...roles].flatMap(([workspaceId, role]) => (role === 'owner' ? [workspaceId] : [])));
}
