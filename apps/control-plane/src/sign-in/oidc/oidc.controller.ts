import { Controller, Get, Logger, Query, Req, Res } from '@nestjs/common';
import type { SignInTrouble } from '@baton/control-api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiRefusal } from '../../api/problem.js';
import { ConsoleAddress } from '../console-address.js';
import { attemptCookie, attemptOf, sessionCookie } from '../cookie.js';
import { Limits } from '../limits.js';
import { Sessions } from '../sessions.js';
import { Enter } from './enter.js';
import { Oidc, OidcTrouble } from './oidc.js';
import { safeReturnTo } from './return-to.js';

export const OIDC_PATH = 'v1/sign-in/oidc';
/** How long one may take at the sign-in service. */
const PATIENCE_MS = 600_000;

const AttemptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string(), endsAt: z.number() });

/** The way to the sign-in service of the team and back: pages that only send browsers on. */
@Controller(OIDC_PATH)
export class OidcController {
  private readonly log = new Logger('sign-in');

  constructor(
    private readonly oidc: Oidc,
    private readonly enter: Enter,
    private readonly sessions: Sessions,
    private readonly limits: Limits,
    private readonly address: ConsoleAddress,
  ) {}

  @Get()
  async begin(@Query('returnTo') wanted: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.oidc.name === undefined) throw new ApiRefusal('not-found', 'No sign-in service is set up.');
    const returnTo = safeReturnTo(wanted);
    await this.orTell(reply, returnTo, async () => {
      this.limits.request(`sign-in ${this.limits.addressOf(request)}`);
      const { url, attempt } = await this.oidc.begin();
      const endsAt = new Date(Date.now() + PATIENCE_MS);
      const kept = Buffer.from(JSON.stringify({ ...attempt, returnTo, endsAt: endsAt.getTime() })).toString('base64url');
      void reply.header('set-cookie', attemptCookie(kept, { secure: this.address.secure, endsAt }));
      this.send(reply, url);
    });
  }

  @Get('callback')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.oidc.name === undefined) throw new ApiRefusal('not-found', 'No sign-in service is set up.');
    const { secure } = this.address;
    const now = new Date();
    const kept = readAttempt(attemptOf(request, secure), now);
    const address = this.limits.addressOf(request);
    const gone = attemptCookie('', { secure, endsAt: new Date(0) });
    void reply.header('set-cookie', gone);
    await this.orTell(reply, kept?.returnTo ?? safeReturnTo(undefined), async () => {
      this.limits.beforeSignIn(address);
      if (!kept) throw new OidcTrouble('stale');
      const claims = await this.oidc.finish(new URL(request.url, this.address.url).search, kept).catch((error: unknown) => {
        this.limits.afterFailedSignIn(address);
        throw error;
      });
      const person = await this.enter.by(claims, { address, now });
      const { token, endsAt } = await this.sessions.begin(person, { browser: request.headers['user-agent'] ?? '', address, now });
      void reply.header('set-cookie', sessionCookie(token, { secure, endsAt }));
      this.send(reply, `${this.address.url}${kept.returnTo}`);
    });
  }

  /** What goes wrong is told in words on the sign-in page. */
  private async orTell(reply: FastifyReply, returnTo: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      const trouble = troubleOf(error);
      const cause = (error as { cause?: { code?: unknown; error?: unknown } }).cause;
      this.log.warn(
        `signing in over OpenID Connect ended with ${trouble}: ${String(cause?.error ?? cause?.code ?? (error as Error).name)}`,
      );
      this.send(reply, `${this.address.url}/console/sign-in?${new URLSearchParams({ trouble, returnTo }).toString()}`);
    }
  }

  private send(reply: FastifyReply, url: string): void {
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(url, 302);
  }
}

function troubleOf(error: unknown): SignInTrouble {
  if (error instanceof OidcTrouble) return error.trouble;
  return error instanceof ApiRefusal && error.code === 'too-many-requests' ? 'too-many' : 'failed';
}

function readAttempt(cookie: string | undefined, now: Date): z.output<typeof AttemptSchema> | undefined {
  try {
    const parsed = AttemptSchema.safeParse(JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString('utf8')));
    if (!parsed.success || parsed.data.endsAt <= now.getTime()) return undefined;
    return { ...parsed.data, returnTo: safeReturnTo(parsed.data.returnTo) };
  } catch {
    return undefined;
  }
}
