import { WorkspaceSettingsSchema } from '@baton/contracts';
import { z } from 'zod';
import { VersionSchema } from '../bots/bots.js';
import { InWorkspace, NOTHING } from '../common.js';
import { defineOperation } from '../operation.js';

const path = '/v1/workspaces/{workspaceId}/settings';
/** Version 0 is a workspace for which nothing was set yet: everything has its default. */
const answer = VersionSchema.extend({ version: z.int().min(0), settings: WorkspaceSettingsSchema, published: z.boolean() });

export const getWorkspaceSettings = defineOperation({
  id: 'getWorkspaceSettings',
  method: 'GET',
  path,
  tag: 'Workspaces',
  summary: 'What a workspace may use: its plan, and what holds for all its bots.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer,
  etag: 'shown',
});

export const putWorkspaceSettings = defineOperation({
  id: 'putWorkspaceSettings',
  method: 'PUT',
  path,
  tag: 'Workspaces',
  summary: 'Sets what a workspace may use, all of it; what is left out has its default. Another `retention` needs scope `privacy`, too.',
  access: { to: 'workspace', role: 'owner', scope: 'bots' },
  params: InWorkspace,
  query: NOTHING,
  body: WorkspaceSettingsSchema,
  answer,
  etag: 'required',
});
