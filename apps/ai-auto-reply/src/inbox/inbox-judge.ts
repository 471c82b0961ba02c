import { derivedId } from '@baton/contracts';
import type { BotSettings, OutgoingRecord } from '@baton/contracts';
import type { EffectPlan, Effects } from '@baton/effects';
import type { Inbox, Outbox } from '@baton/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import type { Receipts } from '../receipts/receipts.js';
import type { Command } from './commands/command.js';
import { replyToCommand } from './commands/reply-to-command.js';
import { whyText } from './commands/why.js';
import { notePlans, whereOf } from './effects/tasks.js';
import { modeOf } from './mode-of.js';
import { stateOf, takenOver } from './session.js';
import type { Session, SessionBeginning } from './session.js';
import { afterFact } from './session-rules.js';
import type { InboxFact, InboxPolicy } from './session-rules.js';
import { lockSessions, saveSessions } from './session-store.js';

/** Something that happened in a session, to be judged. */
export interface Case {
  readonly sessionId: string;
  /** Who told it, where that was not ourselves: a website speaks of its own sessions only. */
  readonly websiteId?: string;
  /** Of a session that is met for the first time; without it such a case means nothing to us. */
  readonly begins?: SessionBeginning;
  readonly facts: readonly InboxFact[];
  readonly command?: { readonly command: Command; readonly at: number; readonly fingerprint: number };
  /** W3C trace context of what told it. */
  readonly traceparent?: string | undefined;
  /** Names what happened; the same again is passed over. Null where a repetition does no harm. */
  readonly id: string | null;
}

export interface InboxJudgeOptions {
  readonly dataSource: DataSource;
  readonly inbox: Pick<Inbox, 'admit'>;
  readonly outbox: Pick<Outbox, 'add' | 'send'>;
  readonly effects: Pick<Effects, 'plan' | 'wake'>;
  readonly receipts: Pick<Receipts, 'last'>;
  readonly botOf: (botId: string) => BotSettings | undefined;
  /** ms */
  readonly now: () => number;
  readonly observe: InboxObserver;
}

/** What is worth counting and acting on; called after the commit. */
export interface InboxObserver {
  judged(kind: InboxFact['kind']): void;
  stateMoved(from: string, to: string): void;
  /** An answer in the making, if there is one, is overtaken. */
  overtaken(sessionId: string): void;
  /** What waits in this session is due then (ms). */
  due(at: number, session: Session): void;
}

/** A judgement inside somebody else's transaction. */
export interface Judged {
  readonly sessions: ReadonlyMap<string, Session>;
  /** To be called when that transaction is committed. */
  readonly afterCommit: () => void;
}

/**
 * The one judge of the inbox: every change of a session is one transaction that first locks its row, decides by the pure rule, and writes
 * the row back with what is to be said. No call leaves while a lock is held. Locks: sessions in the order of their ids, then the rest.
 */
export class InboxJudge {
  constructor(private readonly options: InboxJudgeOptions) {}

  async judge(cases: readonly Case[]): Promise<ReadonlyMap<string, Session>> {
    if (cases.length === 0) return new Map();
    const { sessions, afterCommit } = await this.options.dataSource.transaction((manager) => this.judgeWithin(manager, cases));
    afterCommit();
    return sessions;
  }

  async judgeWithin(manager: EntityManager, cases: readonly Case[]): Promise<Judged> {
    const now = this.options.now();
    const beginnings = new Map(cases.flatMap(({ sessionId, begins }) => (begins ? [[sessionId, begins] as const] : [])));
    const sessions = await lockSessions(
      manager,
      cases.map(({ sessionId }) => sessionId),
      beginnings,
      new Date(now),
    );
    const before = new Map(sessions);
    const admitted = await this.options.inbox.admit(
      manager,
      cases.flatMap(({ id }) => id ?? []),
    );
    const plans: EffectPlan[] = [];
    for (const one of cases) {
      const session = sessions.get(one.sessionId);
      if (!session || (one.websiteId ?? session.websiteId) !== session.websiteId) continue;
      if (one.id !== null && !admitted.delete(one.id)) continue;
      const current = this.ofItsBot(session, one.begins);
      const policy = this.policyFor(current);
      const facts = one.facts.flatMap((fact) => withoutErased(fact, current.erasedAt ?? 0));
      const after = facts.reduce((state, fact) => afterFact(state, fact, policy, now), current);
      // What waits to be answered is answered in the trace of the words that it waits for.
      const isAsked = after.burst !== null && after.burst !== current.burst && one.traceparent !== undefined;
      sessions.set(one.sessionId, isAsked ? { ...after, traceparent: one.traceparent } : after);
      if (one.command) plans.push(...(await this.replyTo(manager, one.command, after, policy.mode, now)));
    }
    const changed = [...sessions.values()].filter((session) => session !== before.get(session.sessionId));
    await saveSessions(manager, changed, new Date(now));
    if (plans.length > 0) await this.options.effects.plan(manager, plans);
    return { sessions, afterCommit: () => this.afterCommit(cases, before, changed, plans) };
  }

  /** Writes records and effects in the caller's transaction; returns what sends them after the commit. */
  async write(manager: EntityManager, o: { plans?: readonly EffectPlan[]; records?: readonly OutgoingRecord[] }): Promise<() => void> {
    const { effects, outbox } = this.options;
    const { plans = [], records = [] } = o;
    if (plans.length > 0) await effects.plan(manager, plans);
    const ticket = records.length > 0 ? await outbox.add(manager, records) : undefined;
    return () => {
      if (plans.length > 0) effects.wake([...new Set(plans.map(({ lane }) => lane))]);
      if (ticket) outbox.send(ticket);
    };
  }

  policyFor({ botId, websiteId, sessionId }: Session): InboxPolicy {
    const bot = this.options.botOf(botId);
    if (!bot || bot.crisp?.websiteId !== websiteId) return { quietMs: 0, longestMs: 0, mode: 'off', silentWhenAssigned: true };
    const { burst, silentWhenAssigned } = bot.assistant;
    return { ...burst, silentWhenAssigned, mode: modeOf(bot.assistant, sessionId) };
  }

  /** A session whose bot answers there no more is taken over by the one that does. */
  private ofItsBot(session: Session, begins: SessionBeginning | undefined): Session {
    const isAnothers = begins !== undefined && begins.botId !== session.botId && begins.websiteId === session.websiteId;
    return isAnothers && this.policyFor(session).mode === 'off' ? takenOver(session, begins) : session;
  }

  private async replyTo(
    manager: EntityManager,
    { command, fingerprint }: NonNullable<Case['command']>,
    session: Session,
    mode: InboxPolicy['mode'],
    now: number,
  ): Promise<EffectPlan[]> {
    const { receipts } = this.options;
    const state = stateOf(session);
    if (state === 'handover') return [];
    const text =
      command === 'why'
        ? whyText(await receipts.last(manager, session.workspaceId, session.sessionId))
        : replyToCommand(command, state, mode);
    return notePlans({ ...whereOf(session), text, about: `command:${fingerprint}`, calls: false }, now);
  }

  private afterCommit(
    cases: readonly Case[],
    before: ReadonlyMap<string, Session>,
    changed: readonly Session[],
    plans: readonly EffectPlan[],
  ): void {
    const { effects, observe } = this.options;
    if (plans.length > 0) effects.wake([...new Set(plans.map(({ lane }) => lane))]);
    for (const { facts } of cases) for (const { kind } of facts) observe.judged(kind);
    for (const session of changed) {
      const was = before.get(session.sessionId)!;
      const [from, to] = [stateOf(was), stateOf(session)];
      if (from !== to) observe.stateMoved(from, to);
      if (session.epoch !== was.epoch) observe.overtaken(session.sessionId);
      if (session.burst !== null && session.burst !== was.burst) observe.due(session.burst.dueAt, session);
    }
  }
}

/** What of it happened after an erasure (ms); of what is read, the lines since. */
function withoutErased(fact: InboxFact, erasedAt: number): readonly InboxFact[] {
  if (fact.kind === 'read') return [{ ...fact, lines: fact.lines.filter(({ at }) => at > erasedAt) }];
  return !('at' in fact) || fact.at > erasedAt ? [fact] : [];
}

/** The id of a fact of a session, the same for each copy of it; null where a copy does no harm. */
export function factId(websiteId: string, sessionId: string, id: readonly (string | number)[] | undefined): string | null {
  return id === undefined ? null : derivedId('inbox', websiteId, sessionId, ...id);
}
