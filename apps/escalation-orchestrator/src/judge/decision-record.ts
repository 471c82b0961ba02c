import { derivedId } from '@baton/contracts';
import type { Floor } from '@baton/contracts';
import type { Action, BotTurnEvent, HandoverEvent } from '../floor/actions.js';
import type { Conversation, Timer } from '../floor/conversation.js';
import type { Fact } from '../floor/facts.js';

/** What followed from a fact, or why nothing did: a code, and what belongs to it. Holds no message text. */
export interface Consequence {
  readonly what: string;
  readonly [detail: string]: string | number | boolean | null | undefined;
}

/** Why it was so, for whoever asks later. Times in ms. */
export interface DecisionDetail {
  /** What of the fact mattered. */
  readonly came: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  readonly did: readonly Consequence[];
  /** The line that brought it. */
  readonly messageId?: string | undefined;
  /** What was planned outside because of it, and the lines that were said. */
  readonly effects?: readonly string[] | undefined;
  readonly lines?: readonly string[] | undefined;
  readonly timersSet?: readonly Timer[] | undefined;
  readonly timersCleared?: readonly string[] | undefined;
}

export interface DecisionRecord {
  readonly conversationId: string;
  /** ms */
  readonly at: number;
  readonly fact: string;
  readonly floorBefore: Floor;
  readonly floorAfter: Floor;
  readonly epochBefore: number;
  readonly epochAfter: number;
  readonly handoverId: string | null;
  readonly traceId: string | null;
  readonly detail: DecisionDetail;
}

/** Comes with every healthy conversation and explains nothing. */
const NOISE: ReadonlySet<string> = new Set([
  'echo',
  'edit-of-ours',
  'removal-of-ours',
  'repeated-message',
  'repeated-removal',
  'state-set-by-us',
  'visitor-known-already',
  'failure-told-before',
  'other-segments',
]);

/** Whether what was passed over is worth a word. */
function isWorthTelling(ignored: string): boolean {
  return !NOISE.has(ignored);
}

/** W3C trace context: `00-<trace id>-<parent id>-<flags>`. */
export function traceIdOf(traceparent: string | undefined): string | null {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceparent ?? '')?.[1] ?? null;
}

interface Judged {
  readonly before: Conversation;
  readonly after: Conversation;
  readonly fact: Fact;
  readonly actions: readonly Action[];
  readonly now: number;
  readonly traceparent?: string | undefined;
}

/**
 * What is kept of a decision: only of one that moved something beyond the talk itself, refused something, or passed over something with a
 * reason. A word that goes where words go, and its answer, leave nothing behind.
 */
export function recordOf(judged: Judged): DecisionRecord | null {
  const { before, after, fact, actions, now } = judged;
  const did = [...dueTimers(judged), ...checked(fact), ...actions.flatMap(consequencesOf), ...quietChanges(before, after, fact)];
  const isRung = fact.kind === 'time-passed' && actions.length > 0;
  const isMoved = after.epoch !== before.epoch || did.some(({ what }) => what !== 'timer');
  if (!isMoved && !isRung) return null;
  const effects = actions.flatMap((action, index) => (action.do === 'desk' ? [derivedId('effect', fact.id, after.id, index)] : []));
  const lines = actions.flatMap((action) => (action.do === 'deliver' ? [action.line.messageId] : []));
  return {
    conversationId: after.id,
    at: now,
    fact: fact.kind,
    floorBefore: before.floor,
    floorAfter: after.floor,
    epochBefore: before.epoch,
    epochAfter: after.epoch,
    handoverId: after.handover?.id ?? before.handover?.id ?? requestedId(actions),
    traceId: traceIdOf(judged.traceparent),
    detail: {
      came: cameOf(fact),
      did,
      ...('messageId' in fact ? { messageId: fact.messageId } : {}),
      ...(effects.length > 0 ? { effects } : {}),
      ...(lines.length > 0 ? { lines } : {}),
      ...timerChanges(before.timers, after.timers),
    },
  };
}

/** Something at Crisp that never became a fact; null where that explains nothing. */
export function passedOver(
  { id, floor, epoch, handover }: Conversation,
  fact: string,
  reason: string,
  now: number,
  traceparent: string | undefined,
): DecisionRecord | null {
  if (!isWorthTelling(reason)) return null;
  const standing = { floorBefore: floor, floorAfter: floor, epochBefore: epoch, epochAfter: epoch };
  const detail = { came: {}, did: [{ what: 'ignored', reason }] };
  return { conversationId: id, at: now, fact, ...standing, handoverId: handover?.id ?? null, traceId: traceIdOf(traceparent), detail };
}

function requestedId(actions: readonly Action[]): string | null {
  for (const action of actions) if (action.do === 'announce') return action.event.data.handover_id;
  return null;
}

function dueTimers({ before, fact, now }: Judged): Consequence[] {
  if (fact.kind !== 'time-passed') return [];
  return before.timers.filter(({ dueAt }) => dueAt <= now).map(({ kind, dueAt }) => ({ what: 'timer', kind, dueAt }));
}

/** What Crisp answered is worth knowing whatever follows from it. */
function checked(fact: Fact): Consequence[] {
  return fact.kind === 'availability-known' ? [{ what: 'checked', answer: fact.answer }] : [];
}

function consequencesOf(action: Action): Consequence[] {
  switch (action.do) {
    case 'announce':
      return announced(action.event);
    case 'tell-bot':
      return told(action.event);
    case 'unmute':
      return [{ what: 'unmuted', reason: action.reason }];
    case 'promise':
      return promised(action.change);
    case 'rate':
      return [{ what: 'rated', stars: action.rating.stars, stretch: action.rating.stretch, via: action.rating.via }];
    case 'alarm':
      return [{ what: 'alarm', name: action.name }];
    case 'withdraw-desk-work':
      return [{ what: 'desk-work-withdrawn' }];
    case 'ignore':
      return isWorthTelling(action.reason) ? [{ what: 'ignored', reason: action.reason }] : [];
    default:
      return [];
  }
}

function announced(event: HandoverEvent): Consequence[] {
  switch (event.type) {
    case 'handover.requested': {
      const { cause, category, reopens } = event.data;
      const by = cause?.by ?? event.data.requested_by;
      return [{ what: 'requested', by, detail: cause?.detail, category: category ?? undefined, reopens: reopens ? true : undefined }];
    }
    case 'handover.accepted':
      return [{ what: 'accepted' }];
    case 'handover.connected':
      return [{ what: 'connected', agent: event.data.agent.name }];
    case 'handover.declined':
      return [{ what: 'declined', reason: event.data.reason, opensAt: event.data.opens_at }];
    case 'handover.resolved':
      return [{ what: 'resolved' }];
    case 'handover.timed-out':
      return [{ what: 'timed-out', timeout: event.data.timeout }];
    case 'handover.cancelled':
      return [{ what: 'cancelled', by: event.data.cancelled_by }];
    case 'handover.followed-up':
      return [{ what: 'followed-up' }];
    case 'handover.outcome':
      return [];
  }
}

function told(event: BotTurnEvent): Consequence[] {
  if (event.type === 'bot.muted') return [{ what: 'muted', reason: event.data.reason }];
  if (event.type === 'bot.answer-rejected') return [{ what: 'rejected', reason: event.data.reason, answerId: event.data.answer_id }];
  return [];
}

function promised(change: Extract<Action, { do: 'promise' }>['change']): Consequence[] {
  if (change.is === 'made') return [{ what: 'promised', kind: change.promise.kind, dueAt: change.promise.dueAt }];
  if (change.is === 'warned' || change.is === 'moved') return [];
  return [{ what: 'promise-ended', kind: change.kind, end: change.is }];
}

/** What changed without anybody being told. */
function quietChanges(before: Conversation, after: Conversation, fact: Fact): Consequence[] {
  const was = before.handover;
  const is = after.handover;
  const all: Consequence[] = [];
  if (is && was?.id === is.id) {
    if (was.takenAt === null && is.takenAt !== null) all.push({ what: 'taken' });
    if (was.sessionId === null && is.sessionId !== null) all.push({ what: 'session-opened' });
    if ((was.heldUntil ?? 0) !== (is.heldUntil ?? 0)) all.push({ what: 'held', until: is.heldUntil ?? null });
  }
  if (before.followUp?.step !== after.followUp?.step) all.push({ what: 'follow-up', step: after.followUp?.step ?? 'over' });
  if (fact.kind === 'agent-commanded') all.push({ what: 'command', name: fact.command.do, writer: fact.writer });
  if (before.mutedUntil === null && after.mutedUntil !== null) all.push({ what: 'mute-set', until: after.mutedUntil });
  return all;
}

/** Codes, names and numbers only: what people wrote stands in the transcript. */
export function cameOf(fact: Fact): DecisionDetail['came'] {
  switch (fact.kind) {
    case 'bot-answered': {
      const { answerId, requestedBy, turn, epoch, muted, needHelp, messages, fallback = false } = fact;
      return { answerId, requestedBy, turn, epoch, muted, needHelp, lines: messages.length, fallback };
    }
    case 'availability-known':
      return { answer: fact.answer };
    case 'opening-failed':
    case 'word-refused':
    case 'follow-up-failed':
      return { code: fact.code };
    case 'delivery-failed':
      return { failure: fact.failure, reason: fact.reason ?? null };
    case 'agent-wrote':
      return { agent: fact.agent.name, sessionId: fact.sessionId };
    case 'desk-state':
      return { state: fact.state, sessionId: fact.sessionId, crispClock: fact.at };
    case 'agent-commanded':
      return { command: fact.command.do, by: fact.by, writer: fact.writer };
    case 'segments-set':
      return { segments: fact.segments };
    case 'visitor-presence':
      return { present: fact.present };
    default:
      return {};
  }
}

function timerChanges(before: readonly Timer[], after: readonly Timer[]): Pick<DecisionDetail, 'timersSet' | 'timersCleared'> {
  if (before === after) return {};
  const isThere = (timers: readonly Timer[], { kind, dueAt }: Timer) => timers.some((one) => one.kind === kind && one.dueAt === dueAt);
  const set = after.filter((timer) => !isThere(before, timer));
  const cleared = before.filter(({ kind }) => !after.some((one) => one.kind === kind)).map(({ kind }) => kind);
  return { ...(set.length > 0 ? { timersSet: set } : {}), ...(cleared.length > 0 ? { timersCleared: cleared } : {}) };
}
