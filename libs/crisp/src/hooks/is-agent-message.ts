import { isOurs } from '../marks.js';
import type { CrispMessage } from '../wire.js';

/** Why a line of the support side is not a word of a human agent to the visitor. */
export type NotAnAgentsWord = 'ours' | 'automated' | 'note' | 'event' | 'stealth' | 'not-operator';

/** Crisp's own bots speak under these origins, flagged as automated or not. */
const CRISP_BOT = /^urn:crisp\.im:bot:/;

type Marks = Pick<CrispMessage, 'type' | 'from' | 'origin' | 'automated' | 'stealth' | 'properties'>;

/**
 * Whether a human agent said this to the visitor. Notes are private and events are the inbox's own lines: neither may ever
 * reach the visitor. Automated lines come from a machine, and ours come from us: neither is a human taking over.
 */
export function isAgentMessage(message: Marks): boolean {
  return whyNotAnAgents(message) === undefined;
}

export function whyNotAnAgents(message: Marks): NotAnAgentsWord | undefined {
  if (message.from !== 'operator') return 'not-operator';
  if (isOurs(message)) return 'ours';
  if (message.type === 'note') return 'note';
  if (message.type === 'event') return 'event';
  if (message.automated === true || CRISP_BOT.test(message.origin)) return 'automated';
  if (message.stealth === true) return 'stealth';
  return undefined;
}
