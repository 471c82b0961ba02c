import type { Handover } from '../conversation.js';
import type { Ruling } from '../ruling.js';
import { findStretch } from './rated-stretches.js';

/**
 * The agent whom the visitor is asked about at the end of this handover; null when he is not: nobody spoke, or he was rated already, at
 * Crisp's own question or before he was called back.
 */
export function agentToRate(ruling: Ruling, { id, agent, connectedAt, reopens }: Handover): Handover['agent'] {
  if (!ruling.policy.handover.ratings.human || connectedAt === null) return null;
  const before = reopens === undefined ? undefined : findStretch(ruling, { stretch: 'human', handoverId: reopens });
  const isRated = findStretch(ruling, { stretch: 'human', handoverId: id }) !== undefined || before?.given.includes('channel') === true;
  return isRated ? null : agent;
}
