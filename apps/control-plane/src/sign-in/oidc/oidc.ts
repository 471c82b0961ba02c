import type { SignInTrouble } from '@baton/control-api';
import * as client from 'openid-client';
import type { Claims } from './who-may-enter.js';

const TIMEOUT_S = 10;

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for clients that the service trusts by PKCE alone. */
  readonly clientSecret: string | undefined;
  /** As people call the service. */
  readonly name: string;
}

/** What a browser must bring back from the sign-in service. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Signing in came to no good end; `cause` says more to the log. */
export class OidcTrouble extends Error {
  override readonly name = 'OidcTrouble';
  constructor(
    readonly trouble: SignInTrouble,
    cause?: unknown,
  ) {
    super(trouble, { cause });
  }
}

/** The sign-in service of the team: OpenID Connect, authorization code with PKCE, state and nonce. */
export class Oidc {
  private found: Promise<client.Configuration> | undefined;

  constructor(
    private readonly settings: OidcSettings | undefined,
    /** Where the service sends people back to. */
    private readonly redirectUri: string,
  ) {}

  /** Undefined when there is none. */
  get name(): string | undefined {
    return this.settings?.name;
  }

  /** Where to send a browser, and what it must bring back. @throws OidcTrouble */
  async begin(): Promise<{ url: string; attempt: Attempt }> {
    const configuration = await this.configuration();
    const attempt = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, attempt };
  }

  /** Who came back. @param query of the address he came back to @throws OidcTrouble */
  async finish(query: string, attempt: Attempt): Promise<Claims> {
    const configuration = await this.configuration();
    try {
      const tokens = await client.authorizationCodeGrant(configuration, new URL(`${this.redirectUri}${query}`), {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.verifier,
        idTokenExpected: true,
      });
      const { iss, sub, ...inToken } = tokens.claims()!;
      const more =
        inToken['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? await client.fetchUserInfo(configuration, tokens.access_token, sub)
          : inToken;
      return { issuer: iss, subject: sub, ...readProfile(more) };
    } catch (error) {
      throw new OidcTrouble(isAway(error) ? 'away' : 'refused', error);
    }
  }

  /** @throws OidcTrouble */
  private configuration(): Promise<client.Configuration> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = undefined;
      throw new OidcTrouble('away', error);
    });
    return this.found;
  }

  private discover(): Promise<client.Configuration> {
    if (!this.settings) throw new OidcTrouble('failed');
    const { issuer, clientId, clientSecret } = this.settings;
    const url = new URL(issuer);
    const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
    return client.discovery(url, clientId, undefined, authentication, {
      timeout: TIMEOUT_S,
      // Tokens are signed by the service, or they are none: whoever stands in between could have written them.
      execute: [client.enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : [])],
    });
  }
}

function readProfile(claims: Readonly<Record<string, unknown>>): Pick<Claims, 'email' | 'emailVerified' | 'name'> {
  const text = (name: string) => {
    const value = claims[name];
    return typeof value === 'string' && value.trim() !== '' && value.length <= 254 ? value.trim() : undefined;
  };
  return {
    email: text('email'),
    // Some services write it as text.
    emailVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
    name: (text('name') ?? text('preferred_username'))?.slice(0, 100),
  };
}

/** The network, a time-out, or trouble on their side. */
function isAway(error: unknown): boolean {
  if (error instanceof client.ResponseBodyError) return error.status >= 500;
  if (!(error instanceof Error)) return false;
  const response = error.cause instanceof Response ? error.cause : undefined;
  return (
    (error as { code?: unknown }).code === 'OAUTH_TIMEOUT' ||
    (response !== undefined && response.status >= 500) ||
    error.message === 'fetch failed' ||
    (error.cause instanceof Error && isAway(error.cause))
  );
}
