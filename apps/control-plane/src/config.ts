import { fileURLToPath } from 'node:url';
import { databaseVariable, keyRingVariable, passVariable, retentionVariables, serviceVariables } from '@baton/telemetry';
import { z } from 'zod';
import { oidcVariables } from './sign-in/oidc/oidc-config.js';

const settingsFile = z.string().min(1).meta({ description: 'the YAML file with the settings of all bots, for example sandbox/bots.yaml' });

const innerUrl = (service: string) =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http(s):// address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({
      description: `where ${service} is reached inside, for example http://127.0.0.1:3001; without it the console shows nothing of it`,
    });

const targetUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s):// address' }).transform((url) => url.replace(/\/+$/, ''));

export const ConfigSchema = z
  .object({
    ...serviceVariables(3004),
    ...databaseVariable,
    ...passVariable,
    SETTINGS_FILE: settingsFile.optional().meta({
      description: 'a YAML file with settings that are taken over whenever it changes; without it they come over the API',
    }),
    SETTINGS_KEY_WEBHOOKS: keyRingVariable('seals the secrets of web hooks, which the ingress opens'),
    SETTINGS_KEY_CRISP: keyRingVariable('seals the keys for calls to Crisp, which the orchestrator opens'),
    SETTINGS_KEY_MESSENGER: keyRingVariable('seals the tokens of pages, which the dispatcher opens'),
    SETTINGS_KEY_MODELS: keyRingVariable('seals the keys of models, which the AI opens'),
    CONTROL_PLANE_KEY: z
      .string()
      .regex(/^[\x21-\x7e]{16,512}$/, 'must be 16 to 512 printable characters without spaces')
      .optional()
      .meta({
        description: 'a bearer key that may everything, for automation and the first owner; for example from `openssl rand -base64 32`',
      }),
    INGRESS_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http(s):// address' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional()
      .meta({
        description: 'where Crisp reaches the ingress from outside, for the addresses of web hooks; for example https://hooks.example',
      }),
    CHAT_URL: targetUrl.optional().meta({
      description: 'where browsers reach the channel dispatcher from outside, for embed snippets; for example https://chat.example',
    }),
    CRISP_API_URL: targetUrl.default('https://api.crisp.chat').meta({
      description: 'where Crisp is called for connections that are made here, without /v1; default https://api.crisp.chat',
    }),
    META_GRAPH_URL: targetUrl.default('https://graph.facebook.com').meta({
      description: 'where Meta is called for pages that are connected here; default https://graph.facebook.com',
    }),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http(s):// address' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional()
      .meta({ description: 'where browsers reach the console from outside, for example https://baton.example; default the own address' }),
    CONSOLE_DIR: z
      .string()
      .min(1)
      .default(() => fileURLToPath(new URL('../../console/dist-browser', import.meta.url)))
      .meta({ description: 'the directory of the built console, default apps/console/dist-browser' }),
    INGRESS_INNER_URL: innerUrl('the webhook ingress').meta({
      description: 'where the webhook ingress is reached inside, to see whether it is well; default INGRESS_URL',
    }),
    ORCHESTRATOR_URL: innerUrl('the escalation orchestrator'),
    DISPATCHER_URL: innerUrl('the channel dispatcher'),
    AI_URL: innerUrl('the AI'),
    DEAD_LETTER_DAYS: retentionVariables.DEAD_LETTER_DAYS,
    AUDIT_DAYS: retentionVariables.AUDIT_DAYS,
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0).meta({
      description: 'proxies in front whose x-forwarded-for is believed, default 0; limits count the address that the outermost of them saw',
    }),
    API_REQUESTS_PER_SECOND: z.coerce.number().int().min(1).max(100_000).default(50).meta({
      description:
        'requests that one person, key or stranger’s address may make in a second on average, default 50; ten times as many at once',
    }),
    ...oidcVariables,
    TOPICS_AT_START: z.enum(['create', 'leave']).default('create').meta({
      description:
        'whether a start creates the topics that are missing (create, leave), default create; leave it to "topics apply" where this user may not',
    }),
  })
  .refine(({ OIDC_ISSUER, OIDC_CLIENT_ID }) => OIDC_ISSUER === undefined || OIDC_CLIENT_ID !== undefined, {
    path: ['OIDC_CLIENT_ID'],
    error: 'is needed with OIDC_ISSUER',
  });
export type Config = z.output<typeof ConfigSchema>;

/** What `--check` reads. */
export const CheckConfigSchema = z.object({ SETTINGS_FILE: settingsFile });
