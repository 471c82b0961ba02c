import type { FollowUp } from '../floor/conversation.js';
import type { Decided } from './carry-out.js';
import type { Writings } from './writings.js';

/** How long after its end a session is still looked at for web hooks that never came (ms). */
export const WATCH_AFTER_END = 15 * 60_000;

/** Sessions follow the episodes: a new one belongs to this conversation for good; one whose episode ended is watched a while longer. */
export function followSessions({ before, after, now }: Decided, writings: Writings): void {
  watchFollowUp({ before, after, now }, writings);
  if (before.handover === after.handover && before.lastHandover === after.lastHandover) return;
  const of = { conversationId: after.id, botId: after.botId };
  const left = before.handover;
  if (left?.sessionId && after.handover?.id !== left.id && after.lastHandover?.sessionId !== left.sessionId) {
    // The session itself is gone: there is nothing left to look at.
    writings.sessions.set(left.sessionId, {
      ...of,
      sessionId: left.sessionId,
      websiteId: left.websiteId,
      handoverId: left.id,
      watchedUntil: now,
    });
  }
  for (const [episode, watchedUntil] of [
    [after.lastHandover, now + WATCH_AFTER_END],
    [after.handover, null],
  ] as const) {
    if (!episode?.sessionId) continue;
    const isNews =
      watchedUntil === null
        ? before.handover?.sessionId !== episode.sessionId || before.handover.id !== episode.id
        : before.lastHandover?.sessionId !== episode.sessionId || before.lastHandover.id !== episode.id;
    if (!isNews) continue;
    const { sessionId, websiteId, id: handoverId, number } = episode;
    writings.sessions.set(sessionId, { ...of, sessionId, websiteId, handoverId, watchedUntil });
    writings.changeHandover({ ...of, id: handoverId, number, websiteId, sessionId });
  }
}

/** A conversation for an answer by e-mail is watched while it is open, and then a while longer. */
function watchFollowUp({ before, after, now }: Pick<Decided, 'before' | 'after' | 'now'>, writings: Writings): void {
  const [was, is] = [before.followUp, after.followUp];
  if (was?.sessionId === is?.sessionId) return;
  const of = { conversationId: after.id, botId: after.botId };
  const watch = ({ sessionId, websiteId, handoverId }: FollowUp, watchedUntil: number | null) => {
    if (sessionId !== null) writings.sessions.set(sessionId, { ...of, sessionId, websiteId, handoverId, watchedUntil });
  };
  if (was) watch(was, now + WATCH_AFTER_END);
  if (is) watch(is, null);
}
