import { SlugSchema } from '@baton/contracts';
import { z } from 'zod';
import { InWorkspace, NOTHING } from '../common.js';
import { defineOperation } from '../operation.js';

const WorkspaceNameSchema = z.string().trim().min(1).max(100);

/** A workspace: the bots of one team, and who may see and change them. */
export const WorkspaceSchema = z.object({ workspaceId: SlugSchema, name: z.string() });

export const listWorkspaces = defineOperation({
  id: 'listWorkspaces',
  method: 'GET',
  path: '/v1/workspaces',
  tag: 'Workspaces',
  summary: 'The workspaces that the caller may see.',
  access: { to: 'signed-in' },
  params: NOTHING,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(WorkspaceSchema) }),
});

export const createWorkspace = defineOperation({
  id: 'createWorkspace',
  method: 'POST',
  path: '/v1/workspaces',
  tag: 'Workspaces',
  summary: 'Makes a workspace; who makes it is its first owner.',
  access: { to: 'installation' },
  params: NOTHING,
  query: NOTHING,
  body: z.object({ workspaceId: SlugSchema, name: WorkspaceNameSchema }),
  answer: WorkspaceSchema,
  status: 201,
  problems: ['taken'],
});

export const renameWorkspace = defineOperation({
  id: 'renameWorkspace',
  method: 'PATCH',
  path: '/v1/workspaces/{workspaceId}',
  tag: 'Workspaces',
  summary: 'Gives a workspace another name; its address stays.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: InWorkspace,
  query: NOTHING,
  body: z.object({ name: WorkspaceNameSchema }),
  answer: WorkspaceSchema,
});
