import { doorVariables, keyRingVariable, serviceVariables } from '@baton/telemetry';
import { z } from 'zod';

export const ConfigSchema = z.object({
  ...serviceVariables(3001),
  ...doorVariables,
  SETTINGS_KEY_WEBHOOKS: keyRingVariable('opens the secrets of web hooks in the settings'),
});
export type Config = z.output<typeof ConfigSchema>;
