import type { FactOf } from '../facts.js';
import type { Ruling } from '../ruling.js';
import { answerAt, placeOf } from './answer.js';
import { obey } from './obey.js';

/** What is older than this is not even answered: a session was read from its beginning (ms). */
const FORGOTTEN = 24 * 3_600_000;

const NAMELESS = 'This was not carried out: Crisp did not say who wrote it. Write it as a private note in the inbox.';
const UNCHECKED = 'This was not carried out: Crisp could not be asked who works here. Write it once more.';

/** Only who works for the website is obeyed; that is asked of Crisp before anything else happens. */
export function onAgentCommanded(ruling: Ruling, fact: FactOf<'agent-commanded'>): void {
  if (!ruling.policy.handover.commands) return ruling.ignore('commands-off');
  if (ruling.now - fact.at > FORGOTTEN) return ruling.ignore('old-command');
  const place = placeOf(ruling, fact);
  const { by, at, command, operatorId } = fact;
  switch (fact.writer) {
    case 'stranger':
      return ruling.ignore('command-of-a-stranger');
    case 'unknown':
      return answerAt(ruling, place, UNCHECKED);
    case 'unchecked':
      if (operatorId === null) return answerAt(ruling, place, NAMELESS);
      return ruling.desk({ kind: 'check-operator', ...place, operatorId, by, at, command });
    case 'agent':
      return obey(ruling, { place, by, at, command });
  }
}
