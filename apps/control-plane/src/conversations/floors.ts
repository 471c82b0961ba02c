import type { Standing } from '@baton/control-api';
import type { ToldHandover } from './told.js';

export interface Stretch {
  readonly standing: Standing;
  /** ms */
  readonly from: number;
  readonly to: number | null;
}

/** Who had the conversation when, from the facts of its handovers; without gaps, the last stretch is open. */
export function floorsOf(startedAt: number, handovers: readonly ToldHandover[], now: Standing): Stretch[] {
  const moves: { at: number; standing: Standing }[] = [{ at: startedAt, standing: 'bot' }];
  for (const { requestedAt, acceptedAt, connectedAt, endedAt } of [...handovers].sort((a, b) => a.number - b.number)) {
    if (endedAt !== null && endedAt <= requestedAt) continue;
    if (acceptedAt === null || acceptedAt > requestedAt) moves.push({ at: requestedAt, standing: 'escalating' });
    if (acceptedAt !== null && (connectedAt === null || connectedAt > acceptedAt)) moves.push({ at: acceptedAt, standing: 'waiting' });
    if (connectedAt !== null) moves.push({ at: connectedAt, standing: 'agent' });
    if (endedAt !== null) moves.push({ at: endedAt, standing: 'bot' });
  }
  const stretches: Stretch[] = [];
  for (const { at, standing } of moves) {
    const last = stretches.at(-1);
    const from = Math.max(at, last?.from ?? at);
    if (last?.standing === standing) continue;
    if (last) stretches[stretches.length - 1] = { ...last, to: from };
    stretches.push({ standing, from, to: null });
  }
  const last = stretches.at(-1)!;
  // What is known of the row is newer than what is known of its handovers.
  if (last.standing !== now) stretches[stretches.length - 1] = { ...last, standing: now };
  return stretches.filter(({ from, to }) => to === null || to > from);
}
