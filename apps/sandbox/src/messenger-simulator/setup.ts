import { z } from 'zod';

/** What exists at the simulated Messenger before anybody calls it: apps, their pages, the people who write to them. */

const MetaId = z.string().regex(/^\d{1,32}$/, 'must be an id of digits');

export const PersonCardSchema = z.object({
  /** The page's id of him (PSID); chosen when absent. */
  psid: MetaId.optional(),
  first_name: z.string().trim().min(1).max(64),
  last_name: z.string().trim().max(64).default(''),
  profile_pic: z.url({ protocol: /^https?$/ }).optional(),
  locale: z.string().max(16).default('en_GB'),
});

export const AppSchema = z.object({
  app_id: MetaId,
  /** Signs web hooks; proves calls (`appsecret_proof`). */
  secret: z.string().min(1).max(256),
  /** What is said when the web hook's address is saved. */
  verify_token: z.string().min(1).max(256),
  hook_url: z.url({ protocol: /^https?$/ }).optional(),
});

export const PageSchema = z.object({
  page_id: MetaId,
  name: z.string().min(1).max(75),
  app_id: MetaId,
  /** The page's access token. */
  token: z.string().min(1).max(512),
  /** Meta approved "Human Agent" for the app. */
  human_agent: z.boolean().default(true),
  /** "Require App Secret" is on: a call without `appsecret_proof` is refused. A wrong one always is. */
  require_proof: z.boolean().default(false),
  /** Whether a send without `messaging_type` is refused; documented so, seen otherwise. */
  messaging_type_required: z.boolean().default(true),
  /** Whether a persona without a picture is refused; the documentation does not say. */
  persona_picture_required: z.boolean().default(false),
  people: z.array(PersonCardSchema).default([]),
});

export const SetupSchema = z.object({
  apps: z.array(AppSchema).default([]),
  pages: z.array(PageSchema).default([]),
});

export type App = z.output<typeof AppSchema>;
export type PageSetup = z.output<typeof PageSchema>;
export type PersonCard = z.output<typeof PersonCardSchema>;
export type PersonCardInput = z.input<typeof PersonCardSchema>;
export type Setup = z.output<typeof SetupSchema>;
export type SetupInput = z.input<typeof SetupSchema>;

/** One page with one person, for whoever starts the simulator alone. */
export const EXAMPLE_SETUP: SetupInput = {
  apps: [{ app_id: '770011220033', secret: 'example-app-secret', verify_token: 'example-verify-token' }],
  pages: [
    {
      page_id: '4400110022',
      name: 'Example shop',
      app_id: '770011220033',
      token: 'example-page-token',
      people: [{ psid: '9100200300', first_name: 'Lena', last_name: 'Hofmann' }],
    },
  ],
};
