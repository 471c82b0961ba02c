import { z } from 'zod';

/** A secret as it travels: only the services that hold the key of its purpose can read it (`@baton/settings` seals and opens). */
export const SealedSchema = z
  .string()
  .regex(/^sealed:v1:[a-z-]+:[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/, 'must be a sealed secret');

/** Who may open a secret: `webhooks` the ingress, `crisp` and `messenger` those who call Crisp and Meta, `models` those who call models. */
export const SecretPurposeSchema = z.enum(['webhooks', 'crisp', 'messenger', 'models']);
export type SecretPurpose = z.output<typeof SecretPurposeSchema>;
