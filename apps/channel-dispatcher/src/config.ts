import { fileURLToPath } from 'node:url';
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
import { DEFAULT_TYPES } from './files/file-kind.js';

const count = (fallback: number, description: string) =>
  z.coerce
    .number()
    .int()
    .positive()
    .default(fallback)
    .meta({ description: `${description}, default ${fallback}` });

/** Everything the dispatcher reads from its environment. */
export const ConfigSchema = z.object({
  ...serviceVariables(3003),
  ...databaseVariable,
  ...passVariable,
  ...doorVariables,
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .meta({ description: 'where browsers reach this service, for example https://chat.example.com; its pages count as this origin' }),
  WEBCHAT_TOKEN_KEY: keyVariable('signs what makes a browser a visitor; a new one makes all visitors new'),
  SETTINGS_KEY_MESSENGER: keyRingVariable('opens the tokens of pages'),
  WIDGET_DIR: z
    .string()
    .default(() => fileURLToPath(new URL('../../webchat-widget/dist-browser', import.meta.url)))
    .meta({ description: 'the directory of the built widget (loader.js, panel.js), default apps/webchat-widget/dist-browser' }),
  FILES_MAX_MB: count(10, 'megabytes of one file at most, at most 25').pipe(z.number().max(25)),
  FILES_KEEP_DAYS: count(30, 'days for which a file is kept and its link is good'),
  FILES_PER_VISITOR_MB: count(100, 'megabytes of all files that one conversation may keep at most'),
  FILES_TOTAL_MB: count(20_480, 'megabytes of all files together; beyond it visitors are asked to come again later'),
  FILES_TYPES: z
    .string()
    .default(DEFAULT_TYPES.join(','))
    .transform((text) => text.split(',').map((type) => type.trim().toLowerCase()))
    .pipe(z.array(z.string().regex(/^[a-z]+\/(\*|[a-z0-9.+-]+)$/, 'must be content types with commas')).min(1))
    .meta({ description: 'content types of files that are taken, with commas, whole families as image/*; pages and programs never are' }),
  FILES_FROM_LOOPBACK: z.enum(['on', 'off']).default('off').meta({
    description: 'whether files of a channel may be fetched from this machine by plain HTTP (on, off); only for a sandbox, default off',
  }),
  LOG_RETENTION_DAYS: retentionVariables.LOG_RETENTION_DAYS,
  MESSENGER_ECHO_SECONDS: count(10, 'seconds for which the echo of a send is waited for when nobody can say whether Meta took it'),
  MESSENGER_PROBE_SECONDS: count(60, 'seconds between two tries of a page whose token or permission does not work'),
  MAX_SOCKETS: count(10_000, 'open sockets of this replica at most; more get 503'),
  MAX_SOCKETS_PER_ADDRESS: count(1_000, 'open sockets of one client address at most; more get 429 (an office may be one address)'),
  NEW_VISITORS_PER_MINUTE: count(600, 'visitor tokens for one client address a minute at most; more get 429'),
});

export type Config = z.output<typeof ConfigSchema>;
