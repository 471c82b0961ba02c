import type { ApiKey } from '@baton/control-api';

export type KeyState = 'holds' | 'ends-soon' | 'ended' | 'revoked';

const SOON_MS = 7 * 86_400_000;

/** Whether a key still opens anything. @param now ms */
export function stateOf({ endsAt, revokedAt }: Pick<ApiKey, 'endsAt' | 'revokedAt'>, now: number): KeyState {
  if (revokedAt !== null) return 'revoked';
  const leftMs = endsAt === null ? Infinity : new Date(endsAt).getTime() - now;
  return leftMs <= 0 ? 'ended' : leftMs < SOON_MS ? 'ends-soon' : 'holds';
}
