import { fileURLToPath } from 'node:url';
import { databaseVariable, keyVariable, serviceVariables } from '@baton/telemetry';
import { z } from 'zod';

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
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .meta({ description: 'where browsers reach this service, for example https://chat.example.com; its pages count as this origin' }),
  WEBCHAT_TOKEN_KEY: keyVariable('signs what makes a browser a visitor; a new one makes all visitors new'),
  SETTINGS_KEY_MESSENGER: keyVariable('opens the tokens of pages'),
  WIDGET_DIR: z
    .string()
    .default(() => fileURLToPath(new URL('../../webchat-widget/dist-browser', import.meta.url)))
    .meta({ description: 'the directory of the built widget (loader.js, panel.js), default apps/webchat-widget/dist-browser' }),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0).meta({
    description: 'how many proxies stand in front and write x-forwarded-for; limits count by the address the outermost saw, default 0',
  }),
  MAX_SOCKETS: count(10_000, 'open sockets of this replica at most; more get 503'),
  MAX_SOCKETS_PER_ADDRESS: count(1_000, 'open sockets of one client address at most; more get 429 (an office may be one address)'),
  NEW_VISITORS_PER_MINUTE: count(600, 'visitor tokens for one client address a minute at most; more get 429'),
});

export type Config = z.output<typeof ConfigSchema>;
