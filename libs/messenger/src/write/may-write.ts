import type { Author } from '@baton/contracts';

const HOUR = 3_600_000;
/** Anyone may write so long after the person's last act (ms). */
export const WINDOW_MS = 24 * HOUR;
/** A human may, so long after it (ms), when Meta approved the app for it. */
export const HUMAN_WINDOW_MS = 7 * 24 * HOUR;

export type MayWrite =
  | { readonly messagingType: 'RESPONSE' }
  | { readonly messagingType: 'MESSAGE_TAG'; readonly tag: 'HUMAN_AGENT' }
  | { readonly refused: 'messenger.window-closed' };

export interface WouldWrite {
  readonly authorKind: Author['kind'];
  /** Milliseconds; without it nobody knows, and Meta is left to judge. */
  readonly lastUserActionAt: number | undefined;
  readonly now: number;
  /** Meta approved the app for answers of humans up to 7 days. */
  readonly humanAgent: boolean;
}

/** Whether Meta's rules let this author write now, and as what. Only a human's words are ever tagged, and only when they must be. */
export function mayWrite({ authorKind, lastUserActionAt, now, humanAgent }: WouldWrite): MayWrite {
  const age = lastUserActionAt === undefined ? 0 : now - lastUserActionAt;
  if (age <= WINDOW_MS) return { messagingType: 'RESPONSE' };
  if (authorKind === 'agent' && humanAgent && age <= HUMAN_WINDOW_MS) return { messagingType: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
  return { refused: 'messenger.window-closed' };
}
