import { SlugSchema } from '@baton/contracts';
import { z } from 'zod';
import { NOTHING } from '../common.js';
import { defineOperation } from '../operation.js';

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
  answer: z.object({ items: z.array(z.object({ workspaceId: SlugSchema, name: z.string() })) }),
});
