import type { Cause, Floor, MessageBody, OutgoingRecord } from '@baton/contracts';
import type { EffectPlan } from '@baton/effects';
import type { Action, HandoverEvent, Line, PromiseChange, RatingGiven } from '../floor/actions.js';
import type { Conversation } from '../floor/conversation.js';
import type { FloorPolicy } from '../floor/policy.js';
import type { OutcomeToCome } from '../outcomes/outcomes-to-come.js';
import type { PriorLine } from './case.js';
import type { DecisionRecord } from './decision-record.js';
import type { KnownMessage } from './desk-events.js';
import type { PolicyNote } from './recording/known-policies.js';
import type { Judged } from './recording/judged.js';

/** What happened to a line after it was written. */
export interface LineChange {
  readonly conversationId: string;
  readonly messageId: string;
  /** Null when it was taken back. */
  readonly body: MessageBody | null;
  readonly at: number;
}

/** The facts of one episode for whoever asks later; what is undefined stays as it was. */
export interface HandoverChange {
  readonly id: string;
  readonly conversationId: string;
  readonly botId: string;
  readonly number: number;
  readonly requestedBy?: string | undefined;
  readonly category?: string | undefined;
  readonly reason?: string | undefined;
  readonly requestedAt?: number | undefined;
  readonly acceptedAt?: number | undefined;
  readonly connectedAt?: number | undefined;
  readonly agentName?: string | undefined;
  readonly endedAt?: number | undefined;
  readonly outcome?: string | undefined;
  readonly outcomeDetail?: string | undefined;
  readonly websiteId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly cause?: Cause | undefined;
  readonly takenAt?: number | undefined;
  readonly reopens?: string | undefined;
  readonly reopenedAt?: number | undefined;
  readonly followedUpAt?: number | undefined;
}

export interface SessionChange {
  readonly sessionId: string;
  readonly websiteId: string;
  readonly conversationId: string;
  readonly botId: string;
  readonly handoverId: string;
  /** Null while its episode is open, else until when missed web hooks are looked for (ms). */
  readonly watchedUntil: number | null;
}

/** A `bot.unmuted` that still needs the lines that visitor and agent exchanged. */
export interface UnmuteToCome {
  readonly conversation: Pick<Conversation, 'id' | 'botId' | 'channel'>;
  readonly id: string;
  readonly epoch: number;
  readonly reason: 'resolved' | 'declined' | 'timed-out' | 'cancelled' | 'mute-expired' | 'asked-by-bot';
  readonly handoverId: string | null;
  /** Lines since this place count that belong to no handover. */
  readonly sincePosition: number | null;
  readonly continueWith: string | null;
  readonly capsule: Extract<Action, { do: 'unmute' }>['capsule'];
  readonly at: number;
  readonly traceparent: string | undefined;
}

export interface WrittenLine extends Line {
  readonly conversationId: string;
  readonly mailed?: true | undefined;
}

export interface KnownMessageChange extends KnownMessage {
  readonly conversationId: string;
  readonly fingerprint: string;
}

/** A request for a human began, or something became of it; times in ms. */
export interface HandoverNews {
  readonly botId: string;
  readonly type: HandoverEvent['type'];
  /** Who asked, why it was declined, which time was over, or who cancelled. */
  readonly reason: string | null;
  readonly requestedAt: number | null;
  readonly at: number;
}

interface OfConversation {
  readonly conversationId: string;
  readonly botId: string;
  /** ms */
  readonly at: number;
}

/** Everything that one batch of decisions writes, gathered so that each table is written once. */
export class Writings {
  readonly conversations = new Map<string, Conversation>();
  readonly lines: WrittenLine[] = [];
  readonly lineChanges: LineChange[] = [];
  readonly knownMessages = new Map<string, KnownMessageChange>();
  readonly handovers = new Map<string, HandoverChange>();
  readonly sessions = new Map<string, SessionChange>();
  readonly priorLines = new Map<string, readonly PriorLine[]>();
  /** In the order decided; an unmute gets its text when the lines are written, an outcome its facts. */
  readonly records: (OutgoingRecord | UnmuteToCome | OutcomeToCome)[] = [];
  readonly withdrawals: { readonly lane: string; readonly handoverId: string }[] = [];
  readonly plans: EffectPlan[] = [];
  readonly floorChanges: { readonly from: Floor; readonly to: Floor }[] = [];
  readonly ignored: string[] = [];
  readonly handoverNews: HandoverNews[] = [];
  /** Why answers of bots were not said. */
  readonly rejections: string[] = [];
  readonly promises: (OfConversation & { readonly change: PromiseChange })[] = [];
  readonly ratings: (OfConversation & { readonly rating: RatingGiven })[] = [];
  /** Why it went so, where that is not plain. */
  readonly decisions: DecisionRecord[] = [];
  /** What was judged, to be judged again by whoever asks. */
  readonly judged: Judged[] = [];
  /** Conversations whose state is kept with the first of these. */
  readonly startsOf = new Set<string>();
  readonly policiesUsed = new Map<string, FloorPolicy>();
  /** Of these, the ones to be noted. */
  readonly policies: PolicyNote[] = [];
  readonly alarms: { readonly conversationId: string; readonly name: string }[] = [];

  know(change: KnownMessageChange): void {
    this.knownMessages.set(`${change.conversationId} ${change.fingerprint}`, change);
  }

  /** Told once in a batch, with the last of its news. */
  tellOutcome(outcome: OutcomeToCome): void {
    const earlier = this.records.findIndex((record) => 'outcomeOf' in record && record.outcomeOf === outcome.outcomeOf);
    if (earlier >= 0) this.records.splice(earlier, 1);
    this.records.push(outcome);
  }

  changeHandover(change: HandoverChange): void {
    const before = this.handovers.get(change.id);
    if (!before) return void this.handovers.set(change.id, change);
    const { endedAt, outcome, outcomeDetail } = before;
    // As in the table: it ends once.
    const ended = endedAt === undefined ? {} : { endedAt, outcome, outcomeDetail };
    this.handovers.set(change.id, { ...before, ...defined(change), ...ended });
  }

  /** Planned work of a handover is taken back: what this batch itself has planned is simply not written. */
  withdraw(lane: string, handoverId: string): void {
    for (let i = this.plans.length - 1; i >= 0; i--) {
      const plan = this.plans[i]!;
      if (plan.lane === lane && (plan.payload as { handoverId?: string }).handoverId === handoverId) this.plans.splice(i, 1);
    }
    this.withdrawals.push({ lane, handoverId });
  }
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Partial<T>;
}
