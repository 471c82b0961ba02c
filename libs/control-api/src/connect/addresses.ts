import { z } from 'zod';
import { InWorkspace, NOTHING } from '../common.js';
import { defineOperation } from '../operation.js';

/** Where this installation is reached from outside; null where nobody said it. */
export const AddressesSchema = z.object({
  /** Of the webchat, without a slash at its end. */
  chat: z.string().nullable(),
  /** Of web hooks, without a slash at its end. */
  hooks: z.string().nullable(),
  /** Where Crisp is called for new connections; another one than Crisp's own in a sandbox. */
  crispApi: z.string(),
});
export type Addresses = z.output<typeof AddressesSchema>;

export const getAddresses = defineOperation({
  id: 'getAddresses',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/addresses',
  tag: 'Bots',
  summary: 'Where this installation is reached from outside, for embed snippets and web hooks.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: AddressesSchema,
});
