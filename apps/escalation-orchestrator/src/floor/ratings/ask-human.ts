import type { Handover } from '../conversation.js';
import type { Ruling } from '../ruling.js';
import { findStretch } from './rated-stretches.js';

/** Whether the visitor is asked how it was with this agent: he spoke, and was rated neither at Crisp's own question nor before he was called back. */
export function isAskedAbout(ruling: Ruling, handover: Handover): boolean {
  if (!ruling.policy.handover.ratings.human || handover.connectedAt === null || handover.agent === null) return false;
  const before = handover.reopens === undefined ? undefined : findStretch(ruling, { stretch: 'human', handoverId: handover.reopens });
  return findStretch(ruling, { stretch: 'human', handoverId: handover.id }) === undefined && !before?.given.includes('channel');
}
