import { KNOWLEDGE_SCHEMA } from '@baton/knowledge';
import {
  databaseUrl,
  databaseVariable,
  doorVariables,
  keyRingVariable,
  passVariable,
  retentionVariables,
  serviceVariables,
} from '@baton/telemetry';
import { z } from 'zod';

/** Where the chunks and their index lie. */
export const knowledgeVariable = {
  KNOWLEDGE_DATABASE_URL: databaseUrl
    .optional()
    .meta({ description: 'a Postgres with pgvector for the chunks and their index, default DATABASE_URL' }),
  KNOWLEDGE_SCHEMA: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be a schema name: a to z, 0 to 9 and _')
    .default(KNOWLEDGE_SCHEMA)
    .meta({ description: `the schema in it, default ${KNOWLEDGE_SCHEMA}; another one where several of us share a database` }),
};

/** Everything the service reads from its environment. */
export const ConfigSchema = z.object({
  ...serviceVariables(3005),
  ...databaseVariable,
  ...knowledgeVariable,
  ...passVariable,
  ...doorVariables,
  KNOWLEDGE_POOL: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({ description: 'connections to the knowledge database at most, default 10; 1 for PGlite' }),
  INGRESS_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s):// address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({
      description: 'where Crisp reaches the ingress from outside, to be shown to those who connect it; for example https://hooks.example',
    }),
  EMBEDDINGS_DIR: z
    .string()
    .optional()
    .meta({ description: 'a directory with the model that turns texts into vectors; without one knowledge is found by its words alone' }),
  ANSWERS_AT_ONCE: z.coerce.number().int().min(1).max(500).default(20).meta({ description: 'answers in the making at once, default 20' }),
  CATCH_UP_SECONDS: z.coerce.number().min(0).max(3_600).default(60).meta({
    description:
      'seconds between two looks for messages that no web hook told, default 60, 0 never looks; each look is one call per website with an assistant in its inbox',
  }),
  SESSION_DAYS: retentionVariables.SESSION_DAYS,
  RECEIPT_DAYS: retentionVariables.RECEIPT_DAYS,
  SOURCES_AT_ONCE: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(2)
    .meta({ description: 'sources of knowledge that this replica takes in at once, default 2' }),
  SOURCES_FROM_LOOPBACK: z.enum(['on', 'off']).default('off').meta({
    description: 'whether pages may be fetched from this machine (on, off); only for a sandbox, default off',
  }),
  SETTINGS_KEY_CRISP: keyRingVariable('opens the keys for calls to Crisp'),
  SETTINGS_KEY_MODELS: keyRingVariable('opens the keys of models'),
});

export type Config = z.output<typeof ConfigSchema>;
