import { createHash, timingSafeEqual } from 'node:crypto';
import type { Token } from '../setup.js';
import type { World } from '../world.js';
import { Refusal } from './answer.js';

export interface Credentials {
  readonly authorization: string | undefined;
  readonly tier: string | undefined;
}

/** Who calls: a token known by its key, named with its own tier (lower case). */
export function identify(world: World, given: Credentials): Token {
  const [scheme, encoded] = (given.authorization ?? '').split(' ');
  const decoded = scheme?.toLowerCase() === 'basic' ? Buffer.from(encoded ?? '', 'base64').toString('utf8') : '';
  const colon = decoded.indexOf(':');
  const token = colon < 0 ? undefined : world.tokens.get(decoded.slice(0, colon));
  if (!token || !same(token.key, decoded.slice(colon + 1)) || given.tier !== token.tier) throw new Refusal(401, 'invalid_session');
  return token;
}

function same(expected: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

/** Every call counts, also those that are refused for another reason. */
export function useQuota(world: World, token: Token): void {
  const day = new Date(world.now()).toISOString().slice(0, 10);
  const account = `${token.identifier} ${day}`;
  const used = (world.quotaUsed.get(account) ?? 0) + 1;
  world.quotaUsed.set(account, used);
  if (used > (token.daily_quota ?? world.faults.rest.daily_quota)) throw new Refusal(423, 'quota_limit_exceeded');
}

export function requireScope(token: Token, scope: string, access: 'read' | 'write'): void {
  if (token.scopes && !token.scopes[scope]?.includes(access)) throw new Refusal(403, 'not_allowed');
}
