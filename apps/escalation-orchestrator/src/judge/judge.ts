import type { DataSource, EntityManager } from 'typeorm';
import { ContractViolation, derivedId } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import type { Effects } from '@baton/effects';
import { UnprocessableEvent } from '@baton/messaging';
import type { Inbox, Outbox, OutboxTicket } from '@baton/messaging';
import type { Step } from '@baton/telemetry';
import type { PromiseChange } from '../floor/actions.js';
import { decide } from '../floor/decide.js';
import type { Conversation } from '../floor/conversation.js';
import type { Fact } from '../floor/facts.js';
import type { PolicyOf } from '../floor-policies.js';
import { botRecord, carryOut, SOURCE } from './carry-out.js';
import type { Case, Verdict } from './case.js';
import { DeskKnowledge, lockConversations } from './conversation-store.js';
import type { LockedConversations } from './conversation-store.js';
import { passedOver } from './decision-record.js';
import { deskEventId, factsThatCount, findFact } from './desk-events.js';
import { deskFactKind, factKindOf } from './fact-kind.js';
import { completeRecords } from './human-stretch.js';
import { completeOutcomes } from '../outcomes/outcomes-to-come.js';
import { beginJudging, tellVerdict } from './trace-case.js';
import { inTransaction } from './transaction.js';
import { KnownPolicies } from './recording/known-policies.js';
import { NotedCase } from './recording/noted-case.js';
import { outlineOf, passedOverOutline } from './recording/outline.js';
import { withdrawEffects } from './withdraw-effects.js';
import { writeAll } from './write.js';
import { Writings } from './writings.js';
import type { HandoverNews } from './writings.js';

export interface JudgeOptions {
  readonly dataSource: DataSource;
  readonly inbox: Pick<Inbox, 'admit'>;
  readonly outbox: Pick<Outbox, 'add' | 'send'>;
  readonly effects: Pick<Effects, 'plan' | 'wake' | 'cancel'>;
  readonly policyOf: PolicyOf;
  /** Whether what is judged is noted, to be judged again by whoever asks. */
  readonly isNoted: boolean;
  /** ms */
  readonly now: () => number;
  readonly observe?: JudgeObserver;
}

/** What is worth counting; called after the commit. */
export interface JudgeObserver {
  decided(fact: Fact['kind']): void;
  ignored(reason: string): void;
  floorMoved(from: string, to: string): void;
  /** What was judged before came again. */
  repeated(times: number): void;
  handedOver(news: HandoverNews): void;
  /** A bot's answer was not said. */
  rejected(reason: string): void;
  /** A promise was made or ended; `at` in ms. */
  promised(change: PromiseChange, at: number): void;
  alarmed(alarm: { readonly conversationId: string; readonly name: string }): void;
}

/** A judgement inside somebody else's transaction. */
export interface Judgement {
  /** One for each case, in order. */
  readonly verdicts: readonly Verdict[];
  /** To be called when that transaction is committed: sends what was written and wakes who has work. */
  readonly afterCommit: () => void;
}

/**
 * The one judge: every change of a conversation, whatever brought it, is one transaction that locks its row, decides by
 * the pure rule, and writes state, inbox, outbox and effects. No call leaves while a lock is held.
 *
 * Order of locks, everywhere: first the rows of conversations in the order of their ids, then what belongs to them (inbox
 * rows, lines, sessions, lanes of effects, outbox rows). Whoever holds the conversation waits for nobody else's.
 */
export class Judge {
  private readonly policies = new KnownPolicies();

  constructor(private readonly options: JudgeOptions) {}

  /**
   * Judges a batch in a transaction of its own; cases of one conversation in the order given.
   * @throws UnprocessableEvent when a case can never be judged; nothing of the batch is written then
   */
  async judge(cases: readonly Case[]): Promise<readonly Verdict[]> {
    if (cases.length === 0) return [];
    const { verdicts, afterCommit } = await inTransaction(this.options.dataSource, (manager) => this.judgeWithin(manager, cases));
    afterCommit();
    return verdicts;
  }

  /** In the caller's transaction. Statements that do not need each other's answers are on their way together. */
  async judgeWithin(manager: EntityManager, cases: readonly Case[]): Promise<Judgement> {
    const { inbox, now } = this.options;
    const ids = cases.flatMap((one) => one.inboxId ?? []);
    const [conversations, knowledge, admitted] = await Promise.all([
      lockConversations(manager, cases),
      DeskKnowledge.read(manager, cases),
      ids.length > 0 ? inbox.admit(manager, ids) : new Set<string>(),
    ]);
    const writings = new Writings();
    const at = now();
    const steps: Step[] = [];
    const verdicts = cases.map((one): Verdict => {
      // A repetition inside the batch is one outside of it: the first takes the place, the others find it taken.
      if (one.inboxId !== null && !admitted.delete(one.inboxId)) return { came: 'again' };
      const step = beginJudging(one, factKindOf(one));
      steps.push(step);
      const { traceparent } = step;
      const verdict = this.judgeOne({ ...one, traceparent }, conversations, knowledge, writings, at);
      tellVerdict(step, verdict);
      return verdict;
    });
    writings.policies.push(...this.policies.newOf(writings.policiesUsed, at));
    const ticket = await this.write(manager, writings);
    const judged = cases.filter((_, index) => verdicts[index]?.came !== 'again');
    return { verdicts, afterCommit: () => this.afterCommit({ judged, steps, repeated: cases.length - judged.length, writings, ticket }) };
  }

  private async write(manager: EntityManager, writings: Writings): Promise<OutboxTicket | undefined> {
    const { outbox, effects } = this.options;
    const sendLater = async () => {
      const records = await completeRecords(manager, await completeOutcomes(manager, writings.records));
      return records.length > 0 ? outbox.add(manager, records) : undefined;
    };
    const planLater = async () => {
      await withdrawEffects(manager, effects, writings.withdrawals);
      if (writings.plans.length > 0) await effects.plan(manager, writings.plans);
    };
    const [, ticket] = await Promise.all([writeAll(manager, writings), sendLater(), planLater()]);
    return ticket;
  }

  private judgeOne(one: Case, conversations: LockedConversations, knowledge: DeskKnowledge, writings: Writings, now: number): Verdict {
    const { conversationId, matter } = one;
    const before = conversations.get(conversationId);
    if (!before) {
      if (matter.about === 'bot-answer' && !matter.hearsRefusal) reject(one, matter.botId, 'unknown-conversation', writings, now);
      writings.ignored.push('unknown-conversation');
      return { came: 'astray' };
    }
    if (matter.about === 'bot-answer') {
      if (matter.botId !== before.botId) {
        if (!matter.hearsRefusal) reject(one, matter.botId, 'wrong-bot', writings, now);
        writings.ignored.push('wrong-bot');
        return { came: 'from-a-stranger' };
      }
      if (matter.history) writings.priorLines.set(conversationId, matter.history);
    }
    const noted = this.options.isNoted ? new NotedCase(one, before, writings) : undefined;
    const facts = matter.about === 'desk' ? this.factsOf(before, matter.event, knowledge, writings, one, now, noted) : [matter.fact];
    let after = before;
    for (const fact of factsThatCount(before, facts)) after = this.decideAndCarryOut(after, fact, one, writings, now, noted);
    conversations.set(conversationId, after);
    if (!conversations.following.has(conversationId)) writings.startsOf.add(conversationId);
    noted?.close(after, now);
    return { came: 'first', before, after };
  }

  private factsOf(
    before: Conversation,
    event: Extract<Case['matter'], { about: 'desk' }>['event'],
    knowledge: DeskKnowledge,
    writings: Writings,
    { traceparent }: Case,
    now: number,
    noted: NotedCase | undefined,
  ): readonly Fact[] {
    const { id: conversationId } = before;
    const { known, setByUs } = knowledge.of(conversationId, event);
    const finding = findFact(event, known, setByUs);
    noted?.knew({ known, setByUs }, finding.known !== undefined);
    if (finding.known && 'fingerprint' in event) {
      knowledge.learn(conversationId, event.fingerprint, finding.known);
      writings.know({ ...finding.known, conversationId, fingerprint: event.fingerprint });
    }
    if ('facts' in finding) return finding.facts;
    writings.ignored.push(finding.ignored);
    noted?.add(passedOverOutline(deskFactKind(event.kind), deskEventId(event), finding.ignored));
    const record = passedOver(before, deskFactKind(event.kind), finding.ignored, now, traceparent);
    if (record) writings.decisions.push(record);
    return [];
  }

  private decideAndCarryOut(
    before: Conversation,
    fact: Fact,
    one: Case,
    writings: Writings,
    now: number,
    noted: NotedCase | undefined,
  ): Conversation {
    const policy = this.options.policyOf(before.botId, before.id);
    if (!policy) throw new UnprocessableEvent(`there is no bot ${before.botId}`);
    noted?.judgedBy(this.policies.idOf(policy), policy);
    try {
      const { conversation: after, actions } = decide(before, fact, policy, now);
      carryOut({ before, after, fact, actions, now, traceparent: one.traceparent }, writings);
      noted?.add(outlineOf({ before, after, fact, actions }));
      return after;
    } catch (error) {
      // What breaks the rule or the contract once breaks it again: only the record that brought it must be put aside.
      throw new UnprocessableEvent(`${fact.kind} could not be judged: ${reasonOf(error)}`, { cause: error });
    }
  }

  private afterCommit({ judged, steps, repeated, writings, ticket }: Written): void {
    const { outbox, effects, observe } = this.options;
    const { plans } = writings;
    for (const step of steps) step.end();
    this.policies.remember(writings.policies);
    if (ticket) outbox.send(ticket);
    if (plans.length > 0) effects.wake([...new Set(plans.map((plan) => plan.lane))]);
    if (!observe) return;
    for (const one of judged) observe.decided(factKindOf(one));
    if (repeated > 0) observe.repeated(repeated);
    for (const reason of writings.ignored) observe.ignored(reason);
    for (const reason of writings.rejections) observe.rejected(reason);
    for (const news of writings.handoverNews) observe.handedOver(news);
    for (const { from, to } of writings.floorChanges) observe.floorMoved(from, to);
    for (const { change, at } of writings.promises) observe.promised(change, at);
    for (const alarm of writings.alarms) observe.alarmed(alarm);
  }
}

function reject(one: Case, botId: string, reason: 'unknown-conversation' | 'wrong-bot', writings: Writings, now: number): void {
  writings.records.push(rejection(one, botId, reason, now));
  writings.rejections.push(reason);
}

function rejection(one: Case, botId: string, reason: 'unknown-conversation' | 'wrong-bot', now: number): OutgoingRecord {
  const answerId = one.matter.about === 'bot-answer' ? one.matter.fact.answerId : '';
  const attributes = {
    id: derivedId('record', one.inboxId ?? answerId, one.conversationId, reason),
    source: SOURCE,
    time: new Date(now),
    traceparent: one.traceparent,
  };
  // The channel of a conversation that we do not know, or must not tell of, is not known to be another.
  const named = { id: one.conversationId, botId, channel: 'webchat' as const };
  return botRecord(named, { type: 'bot.answer-rejected', data: { epoch: 0, answer_id: answerId, reason } }, now, attributes);
}

/** What one transaction wrote, and for which cases. */
interface Written {
  readonly judged: readonly Case[];
  readonly steps: readonly Step[];
  /** Cases that had been judged before. */
  readonly repeated: number;
  readonly writings: Writings;
  readonly ticket: OutboxTicket | undefined;
}

/** Never the data: a contract's violation names fields only, of anything else only its kind is told. */
function reasonOf(error: unknown): string {
  if (error instanceof ContractViolation) return error.message;
  return error instanceof Error ? error.name : 'unknown error';
}
