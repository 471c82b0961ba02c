import type { DecidedOutline } from '@baton/contracts';
import type { Action } from '../../floor/actions.js';
import type { Conversation } from '../../floor/conversation.js';
import type { Fact } from '../../floor/facts.js';
import { digestOf, isSame } from './canonical.js';

type Part = keyof Conversation;

/** Numbers in a row: kept as steps, so that one line more does not make another of every line after it. */
const COUNTERS: ReadonlySet<Part> = new Set<Part>(['epoch', 'turn', 'deliverySequence', 'linePosition', 'handoverCount']);
/** Parts that say nothing of people: kept as they are. */
const PLAIN: ReadonlySet<Part> = new Set<Part>([
  'floor',
  'timers',
  'openTurns',
  'mutedUntil',
  'elsewhereSince',
  'botStays',
  'present',
  'lastFingerprint',
  'toldOfDeadChannel',
  'calledInVain',
]);
/** What only numbers an action, or follows from such a number. */
const NUMBERING: ReadonlySet<string> = new Set(['deliverySequence', 'epoch', 'position', 'fingerprint', 'turn']);

/** What is kept of a decision to hold it against another one's: no word of anybody. */
export function outlineOf(decided: {
  readonly before: Conversation;
  readonly after: Conversation;
  readonly fact: Fact;
  readonly actions: readonly Action[];
}): DecidedOutline {
  const { before, after, fact, actions } = decided;
  return { kind: fact.kind, id: fact.id, did: actions.map(actionInShort), changed: changesOf(before, after) };
}

export function passedOverOutline(kind: string, id: string, passedOver: string): DecidedOutline {
  return { kind, id, did: [], changed: {}, passedOver };
}

function changesOf(before: Conversation, after: Conversation): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  if (before === after) return changed;
  for (const part of Object.keys(after) as Part[]) {
    const [was, is] = [before[part], after[part]];
    if (was === is) continue;
    if (COUNTERS.has(part)) changed[part] = `+${(is as number) - (was as number)}`;
    else if (!isSame(was, is)) changed[part] = PLAIN.has(part) ? (is ?? null) : `#${digestOf(is)}`;
  }
  return changed;
}

/** `<action>:<what>:<n>#<digest>`; see {@link DecidedOutline}. */
export function actionInShort(action: Action): string {
  return `${nameOf(action)}#${digestOf(withoutNumbers(action))}`;
}

function nameOf(action: Action): string {
  switch (action.do) {
    case 'record':
    case 'deliver':
      return `${action.do}:${action.line.author.kind}:${action.line.position}`;
    case 'mode':
      return `mode:${action.floor}`;
    case 'tell-bot':
      return `tell-bot:${action.event.type}`;
    case 'unmute':
      return `unmute:${action.reason}`;
    case 'announce':
      return `announce:${action.event.type}`;
    case 'desk':
      return `desk:${action.work.kind}`;
    case 'promise':
      return `promise:${action.change.is === 'made' ? `made ${action.change.promise.kind}` : action.change.is}`;
    case 'rate':
      return `rate:${action.rating.stretch}`;
    case 'alarm':
      return `alarm:${action.name}`;
    case 'ignore':
      return `ignore:${action.reason}`;
    case 'edit':
    case 'remove':
    case 'withdraw-desk-work':
      return action.do;
  }
}

function withoutNumbers(action: Action): unknown {
  switch (action.do) {
    case 'record':
    case 'deliver':
      return { ...unnumbered(action), line: unnumbered(action.line) };
    case 'tell-bot':
    case 'announce':
      return { type: action.event.type, data: unnumbered(action.event.data) };
    case 'desk':
      return unnumbered(action.work);
    default:
      return unnumbered(action);
  }
}

function unnumbered(fields: object): object {
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (!NUMBERING.has(name)) rest[name] = value;
  return rest;
}
