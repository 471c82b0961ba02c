import {
  databaseVariable,
  doorVariables,
  keyRingVariable,
  keyVariable,
  passVariable,
  retentionVariables,
  serviceVariables,
} from '@baton/telemetry';
import { z } from 'zod';

export const ConfigSchema = z.object({
  ...serviceVariables(3002),
  ...doorVariables,
  ...databaseVariable,
  ...passVariable,
  SETTINGS_KEY_CRISP: keyRingVariable('opens the tokens of Crisp connections in the settings'),
  HISTORY_KEY: keyVariable('signs links to conversation histories; a new one voids every link that is out'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .meta({ description: 'where /history is reached from outside, for example https://support.example' }),
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(12).meta({ description: 'connections to Postgres at most, default 12' }),
  CATCH_UP_SECONDS: z.coerce.number().min(0.2).max(3_600).default(60).meta({
    description:
      'seconds between two looks for web hooks that Crisp never delivered, default 60; each look is one call per website with open handovers',
  }),
  AVAILABILITY_SECONDS: z.coerce
    .number()
    .min(0)
    .max(5)
    .default(5)
    .meta({ description: 'seconds for which an answer whether agents are there is good for others who ask, default 5, at most 5' }),
  CRISP_MARKS: z.enum(['on', 'off']).default('on').meta({
    description:
      'whether Crisp is told what the visitor received and saw (on, off); costs a call each few seconds per active conversation, default on',
  }),
  JUDGED_DAYS: retentionVariables.JUDGED_DAYS,
  EFFECTS_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(64)
    .meta({ description: 'calls to Crisp side by side, default 64' }),
  EFFECTS_PER_WEBSITE: z.coerce.number().int().min(1).max(1_000).default(32).meta({ description: 'the same for one website, default 32' }),
});
export type Config = z.output<typeof ConfigSchema>;
