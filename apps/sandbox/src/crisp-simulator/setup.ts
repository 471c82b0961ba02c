import { z } from 'zod';

/** What exists at the simulated Crisp before anybody calls it: workspaces, their agents and tokens, and where hooks go. */

const Uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a lower-case UUID');

export const OperatorSchema = z.object({
  user_id: Uuid,
  first_name: z.string().min(1).max(64),
  last_name: z.string().max(64).default(''),
  email: z.string().max(254).default('agent@example.test'),
  role: z.enum(['owner', 'member']).default('member'),
  title: z.string().max(64).default(''),
  avatar: z.string().max(2_048).optional(),
  availability: z.enum(['online', 'away']).default('online'),
});

export const TokenSchema = z.object({
  identifier: z.string().min(1).max(128),
  key: z.string().min(1).max(256),
  tier: z.enum(['plugin', 'website', 'user']),
  websites: z.array(Uuid).min(1),
  /** Scope name to rights; absent = everything. */
  scopes: z.record(z.string(), z.array(z.enum(['read', 'write']))).optional(),
  /** Calls in a UTC day; one more is answered with 423. */
  daily_quota: z.int().nonnegative().optional(),
});

export const WebsiteSchema = z.object({
  website_id: Uuid,
  name: z.string().min(1).max(64).default('Sandbox'),
  domain: z.string().max(253).default('shop.example.test'),
  plan: z.enum(['free', 'mini', 'essentials', 'plus']).default('plus'),
  operators: z.array(OperatorSchema).default([]),
  /** The website hook, with its secret in the URL (`?key=…`); no signature. */
  hook_url: z.url({ protocol: /^https?$/ }).optional(),
  /** A person's word that the visitor was not shown within so long goes to his e-mail address, where one is known. */
  mail_after_ms: z.int().min(0).max(86_400_000).default(3_000),
});

export const PluginSchema = z.object({
  plugin_id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  websites: z.array(Uuid),
  /** One address for every workspace that installed the plugin. */
  hook_url: z.url({ protocol: /^https?$/ }).optional(),
  signing_secret: z.string().min(1).max(256),
});

export const SetupSchema = z.object({
  websites: z.array(WebsiteSchema).default([]),
  tokens: z.array(TokenSchema).default([]),
  plugins: z.array(PluginSchema).default([]),
});

export type Setup = z.output<typeof SetupSchema>;
export type SetupInput = z.input<typeof SetupSchema>;
export type Operator = z.output<typeof OperatorSchema>;
export type Token = z.output<typeof TokenSchema>;
export type WebsiteSetup = z.output<typeof WebsiteSchema>;
export type Plugin = z.output<typeof PluginSchema>;

/** A workspace with two agents, for whoever starts the simulator alone. */
export const EXAMPLE_SETUP: SetupInput = {
  websites: [
    {
      website_id: '11111111-2222-4333-8444-555555555555',
      name: 'Example shop',
      operators: [
        { user_id: '22222222-2222-4333-8444-555555555501', first_name: 'Mia', last_name: 'Berger', role: 'owner', title: 'Support' },
        { user_id: '22222222-2222-4333-8444-555555555502', first_name: 'Tom', last_name: 'Okafor', title: 'Orders' },
      ],
    },
  ],
  tokens: [
    {
      identifier: 'sandbox-token',
      key: 'sandbox-key',
      tier: 'plugin',
      websites: ['11111111-2222-4333-8444-555555555555'],
    },
  ],
};
