import type { BotSettings } from '@baton/contracts';
import type { GivenConnectionSchema } from '@baton/control-api';
import type { z } from 'zod';
import { ApiRefusal } from '../api/problem.js';

type Connection = NonNullable<BotSettings['crisp']>;
export type Given = z.output<typeof GivenConnectionSchema>;

/** A connection in words, its key in clear; undefined keeps the key of before. */
export type Wanted = Omit<Connection, 'tokenKey' | 'hookSecrets'> & { readonly tokenKey: string | undefined };

/**
 * What somebody gives, over what there was.
 * @throws ApiRefusal where the key is left out though the token, or where it is sent, is another one
 */
export function wantedConnection(given: Given, before: Connection | undefined, defaultApiUrl: string): Wanted {
  const { websiteId, tokenId, tokenKey, tier } = given;
  const apiUrl = given.apiUrl ?? before?.apiUrl ?? defaultApiUrl;
  const isSameToken = before?.tokenId === tokenId && before.apiUrl === apiUrl;
  if (tokenKey === undefined && !isSameToken)
    throw new ApiRefusal('invalid-request', 'tokenKey: must be given with another token', {
      errors: [{ pointer: '/tokenKey', message: 'must be given with another token' }],
    });
  const callsPerDay = given.callsPerDay === undefined ? before?.callsPerDay : (given.callsPerDay ?? undefined);
  return {
    ...{ websiteId, tokenId, tokenKey, tier, apiUrl },
    operatorName: given.operatorName ?? before?.operatorName ?? 'Assistant',
    callsPerSecond: given.callsPerSecond ?? before?.callsPerSecond ?? 10,
    ...(callsPerDay !== undefined && { callsPerDay }),
  };
}
