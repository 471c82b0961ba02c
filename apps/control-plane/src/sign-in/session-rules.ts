import { LIMITS } from '@baton/persistence/retention';

/** A session that nobody used for so long has ended. */
export const IDLE_MS = LIMITS.control_plane.idleSessions.keeps * 86_400_000;
/** No session lasts longer, however much it is used. */
export const LONGEST_MS = 7 * 86_400_000;
/** That a session or key was used is written down this often at most. */
export const SEEN_EVERY_MS = 60_000;

export interface SessionTimes {
  readonly seenAt: Date;
  readonly endsAt: Date;
}

/** Whether a session still holds. */
export function isOpen({ seenAt, endsAt }: SessionTimes, now: Date): boolean {
  return endsAt.getTime() > now.getTime() && seenAt.getTime() + IDLE_MS > now.getTime();
}

/** Whether it is time to write down again that something was used. */
export function isToBeSeen(seenAt: Date | null, now: Date): boolean {
  return seenAt === null || now.getTime() - seenAt.getTime() >= SEEN_EVERY_MS;
}
