import type { WaitingLine } from '../facts.js';
import type { Ruling } from '../ruling.js';
import { shownMinutes } from './estimate.js';

/** What a visitor is told when agents have his conversation, in one line: with his place and with how long others waited, where these are known and wanted. */
export function waitingText({ wording, policy }: Ruling, line: WaitingLine | undefined): string {
  const { estimate, place } = policy.handover.waiting;
  const parts = [wording.say('waiting')];
  if (place && line && line.ahead > 0) parts.push(wording.say('placeInLine', { count: line.ahead }));
  if (estimate && line && line.estimate !== null) parts.push(wording.say('waitEstimate', { minutes: shownMinutes(line.estimate) }));
  return parts.join(' ');
}
