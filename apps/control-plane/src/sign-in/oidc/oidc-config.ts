import { SlugSchema } from '@baton/contracts';
import { ROLES } from '@baton/control-api';
import type { Role } from '@baton/control-api';
import { z } from 'zod';
import type { OidcSettings } from './oidc.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The sign-in service of the team. */
export const oidcVariables = {
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be an https:// address' })
    .refine((url) => url.startsWith('https:') || LOOPBACK.has(new URL(url).hostname), 'must be an https:// address')
    .optional()
    .meta({
      description:
        'the OpenID Connect issuer by which people sign in, for example https://login.example; its callback is <PUBLIC_URL>/v1/sign-in/oidc/callback',
    }),
  OIDC_CLIENT_ID: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'as which Baton is registered there; needed with OIDC_ISSUER' }),
  OIDC_CLIENT_SECRET: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: 'of that client; without one only PKCE protects the exchange' }),
  OIDC_NAME: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .default('single sign-on')
    .meta({ description: 'how the button calls the service, for example Example Login, default single sign-on' }),
  OIDC_DEFAULT_WORKSPACE: SlugSchema.optional().meta({
    description: 'whom nobody invited becomes a member of this workspace; without it only who was invited or is known may come in',
  }),
  OIDC_DEFAULT_ROLE: z.enum(ROLES).default('viewer').meta({ description: 'his role there: viewer, editor or owner, default viewer' }),
};

type OidcConfig = { [Name in keyof typeof oidcVariables]?: z.output<(typeof oidcVariables)[Name]> | undefined };

/** @returns undefined where nothing is set up */
export function oidcOf(config: OidcConfig): OidcSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name = 'single sign-on' } = config;
  if (issuer === undefined || clientId === undefined) return undefined;
  return { issuer, clientId, clientSecret, name };
}

/** What strangers get who come from there. */
export function strangersOf(config: OidcConfig): { readonly workspaceId: string; readonly role: Role } | undefined {
  const { OIDC_DEFAULT_WORKSPACE: workspaceId, OIDC_DEFAULT_ROLE: role = 'viewer' } = config;
  return workspaceId === undefined ? undefined : { workspaceId, role };
}
