import { isDeepStrictEqual } from 'node:util';
import type { DecidedOutline, ReplayAnswer, ReplayEntry } from '@baton/contracts';

/** One thing that is not as it was. */
export type Change =
  /** This build asks for an action that was not asked for then, no longer, or with something else in it. */
  | { readonly is: 'new' | 'gone' | 'other'; readonly action: string }
  | { readonly is: 'order' }
  /** What a part of the conversation became; undefined where it stayed as it was. */
  | { readonly is: 'part'; readonly part: string; readonly then: unknown; readonly now: unknown }
  /** It is passed over now, or was then. */
  | { readonly is: 'passed-over'; readonly then: string | null; readonly now: string | null }
  /** This build makes another fact of it. */
  | { readonly is: 'fact'; readonly then: string | null; readonly now: string | null }
  /** A timer of this build rings where none rang. */
  | { readonly is: 'timer'; readonly at: number; readonly did: readonly string[] }
  | { readonly is: 'failed'; readonly reason: string };

export type Verdict = 'same' | 'other-floor' | 'other-actions' | 'unsure';

export interface Compared {
  readonly conversationId: string;
  readonly position: string;
  /** ms */
  readonly at: number;
  readonly kind: string;
  readonly id: string;
  readonly verdict: Verdict;
  /** Something before it was decided otherwise already: this may only follow from that. */
  readonly follows: boolean;
  readonly changes: readonly Change[];
  readonly unsure?: string | undefined;
}

/** Holds what a build decides against what was decided then, conversation by conversation. */
export class Comparison {
  private conversationId = '';
  private differs = false;

  compare(entry: ReplayEntry, answer: ReplayAnswer): Compared {
    if (entry.conversationId !== this.conversationId || entry.start) this.differs = false;
    this.conversationId = entry.conversationId;
    const changes = changesOf(entry.decided, answer);
    const follows = this.differs;
    if (changes.length > 0) this.differs = true;
    const { conversationId, position, at } = entry;
    const named = entry.decided[0] ?? answer.decided[0];
    return {
      ...{ conversationId, position, at, kind: named?.kind ?? 'nothing', id: named?.id ?? '' },
      verdict: answer.unsure === undefined ? verdictOf(changes) : 'unsure',
      follows: follows && changes.length > 0,
      changes,
      ...(answer.unsure === undefined ? {} : { unsure: answer.unsure }),
    };
  }
}

function verdictOf(changes: readonly Change[]): Verdict {
  if (changes.length === 0) return 'same';
  return changes.some((change) => change.is === 'part' && change.part === 'floor') ? 'other-floor' : 'other-actions';
}

function changesOf(then: readonly DecidedOutline[], answer: ReplayAnswer): Change[] {
  if (answer.unsure !== undefined) return [];
  const rang = (answer.rang ?? []).map(({ at, decided }): Change => ({ is: 'timer', at, did: decided.did.map(actionOf) }));
  if (answer.failed !== undefined) return [...rang, { is: 'failed', reason: answer.failed }];
  const now = answer.decided;
  const pairs = Array.from({ length: Math.max(then.length, now.length) }, (_, nth) => [then[nth], now[nth]] as const);
  return [...rang, ...pairs.flatMap(([was, is]) => outlineChanges(was, is))];
}

function outlineChanges(was: DecidedOutline | undefined, is: DecidedOutline | undefined): Change[] {
  if ((was?.passedOver ?? null) !== (is?.passedOver ?? null))
    return [{ is: 'passed-over', then: was?.passedOver ?? null, now: is?.passedOver ?? null }];
  if (!was || !is || was.kind !== is.kind || was.id !== is.id) return [{ is: 'fact', then: was?.kind ?? null, now: is?.kind ?? null }];
  return [...actionChanges(was.did, is.did), ...partChanges(was.changed, is.changed)];
}

function actionChanges(then: readonly string[], now: readonly string[]): Change[] {
  const was = then.map(unplaced);
  const is = now.map(unplaced);
  if (isDeepStrictEqual(was, is)) return [];
  const gone = without(was, is);
  const come = without(is, was);
  if (gone.length + come.length === 0) return [{ is: 'order' }];
  const changes: Change[] = [];
  for (const action of gone.map(actionOf)) {
    const same = come.findIndex((one) => actionOf(one) === action);
    if (same >= 0) come.splice(same, 1);
    changes.push({ is: same >= 0 ? 'other' : 'gone', action });
  }
  return [...changes, ...come.map((one): Change => ({ is: 'new', action: actionOf(one) }))];
}

function partChanges(then: DecidedOutline['changed'], now: DecidedOutline['changed']): Change[] {
  return [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .filter((part) => !isDeepStrictEqual(then[part], now[part]))
    .map((part) => ({ is: 'part', part, then: then[part], now: now[part] }));
}

/** Without its place in the transcript: one line more does not make others of those behind it. */
function unplaced(did: string): string {
  const [action, digest] = did.split('#');
  return `${actionOf(action!)}#${digest ?? ''}`;
}

/** `deliver:system` of `deliver:system:12#9f86d081`. */
export function actionOf(did: string): string {
  const [action] = did.split('#');
  return action!.split(':').slice(0, 2).join(':');
}

/** What of the first is not in the second, as often as it is there more. */
function without(some: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return some.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
