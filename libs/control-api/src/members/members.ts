import { z } from 'zod';
import { AuthorSchema, InWorkspace, NOTHING, WhenSchema } from '../common.js';
import { defineOperation, ROLES } from '../operation.js';

const RoleSchema = z.enum(ROLES);
const PersonNameSchema = z.string().trim().min(1).max(100);
const OfMember = InWorkspace.extend({ personId: z.uuid() });
const OfInvitation = InWorkspace.extend({ invitationId: z.uuid() });

/** A person in a workspace. */
export const MemberSchema = z.object({
  personId: z.string(),
  name: PersonNameSchema,
  email: z.string(),
  role: RoleSchema,
  since: WhenSchema,
  /** When one of his browsers was last seen; null when he is signed in nowhere. */
  seenAt: WhenSchema.nullable(),
});
export type Member = z.output<typeof MemberSchema>;

/** Somebody who was asked in and has not come yet. */
export const InvitationSchema = z.object({
  invitationId: z.string(),
  email: z.string(),
  role: RoleSchema,
  invitedBy: AuthorSchema,
  invitedAt: WhenSchema,
  endsAt: WhenSchema,
});
export type Invitation = z.output<typeof InvitationSchema>;

/** A link that is shown once. */
export const OneTimeLinkSchema = z.object({ url: z.string(), endsAt: WhenSchema });

export const listMembers = defineOperation({
  id: 'listMembers',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/members',
  tag: 'Members',
  summary: 'Who may do what in a workspace.',
  access: { to: 'workspace', role: 'viewer', scope: 'members' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(MemberSchema) }),
});

export const changeMember = defineOperation({
  id: 'changeMember',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}/members/{personId}',
  tag: 'Members',
  summary: 'Gives a member another role. The last owner stays one.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: OfMember,
  query: NOTHING,
  body: z.object({ role: RoleSchema }),
  answer: MemberSchema,
  problems: ['conflict'],
});

export const removeMember = defineOperation({
  id: 'removeMember',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/members/{personId}',
  tag: 'Members',
  summary: 'Takes a member out of a workspace, from his next request on. The last owner stays.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: OfMember,
  query: NOTHING,
  body: NOTHING,
  answer: NOTHING,
  problems: ['conflict'],
});

export const leaveWorkspace = defineOperation({
  id: 'leaveWorkspace',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/members/me',
  tag: 'Members',
  summary: 'Leaves a workspace. The last owner stays.',
  access: { to: 'workspace', role: 'viewer', scope: 'members' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: NOTHING,
  problems: ['conflict'],
});

export const createMemberLink = defineOperation({
  id: 'createMemberLink',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/members/{personId}/sign-in-links',
  tag: 'Members',
  summary: 'A one-time link that signs a member in, for the owner to pass on. Good for an hour.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: OfMember,
  query: NOTHING,
  body: NOTHING,
  answer: OneTimeLinkSchema,
  status: 201,
  problems: ['conflict'],
});

export const listInvitations = defineOperation({
  id: 'listInvitations',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/invitations',
  tag: 'Members',
  summary: 'Who was invited and has not come yet.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(InvitationSchema) }),
});

export const inviteMember = defineOperation({
  id: 'inviteMember',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/invitations',
  tag: 'Members',
  summary:
    'Invites an e-mail address. The link is good once, for seven days; Baton sends no mail, pass it on. A second invitation ends the first.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: InWorkspace,
  query: NOTHING,
  body: z.object({ email: z.email().max(254), role: RoleSchema }),
  answer: z.object({ invitation: InvitationSchema, url: z.string() }),
  status: 201,
  problems: ['conflict'],
});

export const revokeInvitation = defineOperation({
  id: 'revokeInvitation',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/invitations/{invitationId}',
  tag: 'Members',
  summary: 'Takes an invitation back: its link opens nothing any more.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: OfInvitation,
  query: NOTHING,
  body: NOTHING,
  answer: NOTHING,
});
