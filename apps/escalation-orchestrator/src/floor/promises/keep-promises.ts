import type { FactOf } from '../facts.js';
import type { Ruling } from '../ruling.js';
import { endPromises } from './ledger.js';

/** An agent's word keeps what was promised: here when he has the floor with it, by e-mail when it stands in that conversation. */
export function keepPromises(ruling: Ruling, { sessionId }: Pick<FactOf<'agent-wrote'>, 'sessionId'>): void {
  const { floor, handover, followUp } = ruling.state;
  if (floor === 'agent' && handover?.sessionId === sessionId) endPromises(ruling, ['look', 'answer', 'return', 'bot'], 'kept');
  if (followUp?.sessionId === sessionId) endPromises(ruling, ['mail'], 'kept');
}
