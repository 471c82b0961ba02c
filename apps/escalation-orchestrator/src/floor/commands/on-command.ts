import type { FactOf } from '../facts.js';
import type { Ruling } from '../ruling.js';

/** An agent told us what to do. */
export function onAgentCommanded(ruling: Ruling, fact: FactOf<'agent-commanded'>): void {
  if (ruling.state.handover?.sessionId !== fact.sessionId) ruling.ignore('command-of-another-session');
}
