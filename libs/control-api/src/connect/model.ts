import { ModelConnectionSchema } from '@baton/contracts';
import { z } from 'zod';
import { NOTHING, OfBot } from '../common.js';
import { defineOperation } from '../operation.js';

export const TriedModelSchema = z.object({
  works: z.boolean(),
  /** Milliseconds. */
  tookMs: z.int(),
  /** Why not, such as `answering.model-refused`; null when it works. */
  code: z.string().nullable(),
  /** The HTTP status of a refusal, where there was one. */
  status: z.int().nullable(),
});
export type TriedModel = z.output<typeof TriedModelSchema>;

export const tryModel = defineOperation({
  id: 'tryModel',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}/assistant/model/try',
  tag: 'Bots',
  summary: 'Asks a model for one word, from where answers are written, before it is kept.',
  access: { to: 'workspace', role: 'editor', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: z.strictObject({
    baseUrl: ModelConnectionSchema.shape.baseUrl,
    model: ModelConnectionSchema.shape.model,
    /** Left out: the key that the bot has for this endpoint, or none. */
    apiKey: z.string().min(1).max(512).optional(),
  }),
  answer: TriedModelSchema,
  problems: ['service-away', 'too-many-requests'],
});
