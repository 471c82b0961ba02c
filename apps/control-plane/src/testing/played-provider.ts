import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Whoever signs in at the provider next. */
export interface PlayedPerson {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

interface Grant {
  readonly person: PlayedPerson;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

const CLIENT = { id: 'baton', secret: 'a secret of the client' };

/** An OpenID Connect provider on this machine: discovery, authorization code with PKCE, tokens that are signed. It can be made to misbehave. */
export class PlayedProvider {
  person: PlayedPerson = { sub: 'nobody' };
  /** What goes wrong: the person turns back, the tokens are of another client, carry another nonce or a foreign signature, or nothing answers. */
  trouble: 'denies' | 'other-client' | 'other-nonce' | 'other-key' | 'down' | undefined;
  /** Claims come from the user info door only. */
  claimsElsewhere = false;
  private readonly grants = new Map<string, Grant>();
  private readonly profiles = new Map<string, PlayedPerson>();

  private constructor(
    readonly issuer: string,
    private readonly server: ReturnType<typeof createServer>,
    private readonly keys: { readonly own: SigningKey; readonly foreign: SigningKey; readonly published: object },
  ) {}

  static async start(): Promise<PlayedProvider> {
    const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
    const published = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] };
    const server = createServer((request, response) => void played.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const played: PlayedProvider = new PlayedProvider(issuer, server, { own: own.privateKey, foreign: foreign.privateKey, published });
    return played;
  }

  /** As the control plane is told of it. */
  get env(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret, OIDC_NAME: 'Example Login' };
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    if (this.trouble === 'down') return void response.writeHead(503).end();
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, 200, this.metadata());
      case '/keys':
        return json(response, 200, this.keys.published);
      case '/authorize':
        return this.authorize(url.searchParams, response);
      case '/token':
        return this.token(new URLSearchParams(await textOf(request)), request.headers.authorization, response);
      case '/userinfo': {
        const person = this.profiles.get(request.headers.authorization?.replace('Bearer ', '') ?? '');
        return person ? json(response, 200, person) : json(response, 401, {});
      }
      default:
        return json(response, 404, {});
    }
  }

  private metadata(): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  private authorize(query: URLSearchParams, response: ServerResponse): void {
    const redirectUri = query.get('redirect_uri') ?? '';
    const back = new URL(redirectUri);
    back.searchParams.set('state', query.get('state') ?? '');
    if (this.trouble === 'denies') back.searchParams.set('error', 'access_denied');
    else {
      const code = randomUUID();
      this.grants.set(code, {
        person: this.person,
        nonce: query.get('nonce') ?? '',
        challenge: query.get('code_challenge') ?? '',
        redirectUri,
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  private async token(form: URLSearchParams, authorization: string | undefined, response: ServerResponse): Promise<void> {
    const code = form.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const secret = decodeURIComponent(Buffer.from(authorization?.replace('Basic ', '') ?? '', 'base64').toString()).replaceAll('+', ' ');
    if (secret !== `${CLIENT.id}:${CLIENT.secret}`) return json(response, 401, { error: 'invalid_client' });
    if (grant?.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri'))
      return json(response, 400, { error: 'invalid_grant' });
    const { sub, ...claims } = grant.person;
    const accessToken = randomUUID();
    this.profiles.set(accessToken, grant.person);
    const idToken = await new SignJWT({
      ...(this.claimsElsewhere ? {} : claims),
      nonce: this.trouble === 'other-nonce' ? 'another' : grant.nonce,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(this.issuer)
      .setSubject(sub)
      .setAudience(this.trouble === 'other-client' ? 'another' : CLIENT.id)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(this.trouble === 'other-key' ? this.keys.foreign : this.keys.own);
    json(response, 200, { access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: idToken });
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
