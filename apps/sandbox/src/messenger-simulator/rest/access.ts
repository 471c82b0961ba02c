import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Page, World } from '../world.js';
import { GraphError, tokenDead } from './graph-error.js';

export interface Credentials {
  readonly token: string | undefined;
  readonly proof: string | undefined;
}

/** Whose token it is, and whether it proves that it knows the app's secret where that is asked for. */
export function identify(world: World, given: Credentials): Page {
  if (!given.token) throw new GraphError(2500, 'An active access token must be used to query information about the current user.');
  const page = [...world.pages.values()].find(({ setup }) => same(setup.token, given.token!));
  if (!page) throw new GraphError(190, 'Invalid OAuth access token.', undefined, 'OAuthException', 401);
  if (page.token_dead) throw tokenDead();
  const secret = world.apps.get(page.setup.app_id)?.secret ?? '';
  if (given.proof === undefined && page.setup.require_proof) {
    throw new GraphError(100, 'API calls from the server require an appsecret_proof argument', undefined, 'GraphMethodException');
  }
  if (given.proof !== undefined && !same(proofOf(secret, given.token), given.proof)) {
    throw new GraphError(100, 'Invalid appsecret_proof provided in the API argument', undefined, 'GraphMethodException');
  }
  return page;
}

/** `appsecret_proof`: lower-case hex of HMAC-SHA256 over the access token. */
export function proofOf(secret: string, token: string): string {
  return createHmac('sha256', secret).update(token).digest('hex');
}

function same(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
