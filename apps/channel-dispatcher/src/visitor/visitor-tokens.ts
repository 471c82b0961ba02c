import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

const DAYS = 24 * 60 * 60;
const LIFETIME_SECONDS = 30 * DAYS;
const AUDIENCE = 'baton-webchat';

export interface VisitorToken {
  readonly token: string;
  readonly visitorId: string;
  readonly expiresAt: Date;
}

export type Checked =
  | { readonly visitorId: string; readonly expiresAt: Date; /** More than half of its life is over. */ readonly isOld: boolean }
  | { readonly refused: 'token-expired' | 'not-authorized' };

/** A new anonymous visitor: 128 random bits say nothing about him and cannot be guessed. */
export function newVisitorId(): string {
  return `v_${randomBytes(16).toString('hex')}`;
}

/** Signs and checks what makes a browser a visitor of one bot: JWT, HS256, 30 days; nothing personal inside. */
export class VisitorTokens {
  private readonly key: Uint8Array;

  /** @param key 32 bytes, base64 */
  constructor(key: string) {
    this.key = Buffer.from(key, 'base64');
  }

  async issue(botId: string, visitorId: string, now: Date): Promise<VisitorToken> {
    const issuedAt = Math.floor(now.getTime() / 1_000);
    const expiresAt = issuedAt + LIFETIME_SECONDS;
    const token = await new SignJWT({ bot: botId })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(visitorId)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.key);
    return { token, visitorId, expiresAt: new Date(expiresAt * 1_000) };
  }

  async check(botId: string, token: string, now: Date): Promise<Checked> {
    try {
      const { payload } = await jwtVerify(token, this.key, { algorithms: ['HS256'], audience: AUDIENCE, currentDate: now });
      const { bot, sub, iat, exp } = payload;
      if (bot !== botId || sub === undefined || iat === undefined || exp === undefined) return { refused: 'not-authorized' };
      return { visitorId: sub, expiresAt: new Date(exp * 1_000), isOld: now.getTime() / 1_000 > (iat + exp) / 2 };
    } catch (error) {
      return { refused: error instanceof errors.JWTExpired ? 'token-expired' : 'not-authorized' };
    }
  }
}
