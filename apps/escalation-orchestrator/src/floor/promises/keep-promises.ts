import type { FactOf } from '../facts.js';
import type { Ruling } from '../ruling.js';
import { endPromises } from './ledger.js';

/** An agent's word keeps what was promised: all of it where he speaks with the visitor, that of an e-mail also where it is not shown in the chat. */
export function keepPromises(ruling: Ruling, { sessionId }: Pick<FactOf<'agent-wrote'>, 'sessionId'>): void {
  const { floor, handover, followUp } = ruling.state;
  if (floor === 'agent' && handover?.sessionId === sessionId) endPromises(ruling, ['look', 'answer', 'return', 'bot', 'mail'], 'kept');
  if (followUp?.sessionId === sessionId) endPromises(ruling, ['mail'], 'kept');
}
