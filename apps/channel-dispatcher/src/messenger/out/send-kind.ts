import type { Effect, EffectEnd, EffectKind, EffectOutcome } from '@baton/effects';
import type { Outbox } from '@baton/messaging';
import { MessengerError, toMetadata } from '@baton/messenger';
import type { MessengerErrorClass, MessengerPart } from '@baton/messenger';
import type { Logger } from '@baton/telemetry';
import type { EntityManager } from 'typeorm';
import { countDeliveries, timeAgentWord } from '../../receipts/count-deliveries.js';
import { receiptRecords } from '../../receipts/receipt-records.js';
import type { Outcome } from '../../receipts/receipt-records.js';
import type { MessengerPages, OpenPage } from '../messenger-pages.js';
import { FirstLooks } from './first-looks.js';
import { maySend, SendRefusal } from './before-send.js';
import type { MaySend } from './before-send.js';
import { afterUnavailable, isGivenUp, whatIsTold } from './end-of-send.js';
import type { PagesStore } from './pages.store.js';
import type { Personas } from './personas.js';
import { saidWithoutPersona } from './planned-part.js';
import type { PlannedPart } from './planned-part.js';
import type { SendTask } from './send-plan.js';
import type { PartAtHand, SendsStore } from './sends.store.js';

export interface SendParts {
  readonly store: SendsStore;
  readonly pagesStore: PagesStore;
  readonly pages: MessengerPages;
  readonly personas: Personas;
  readonly outbox: Outbox;
  readonly logger: Logger;
  /** How long the echo of an attempt in doubt is waited for (ms): from the attempt on, and from when its lane could be looked at. */
  readonly echoPatienceMs: number;
  /** How often a stopped page is tried all the same (ms). */
  readonly probeEveryMs: number;
}

/** A page that nobody's settings know (yet, or for the moment) is looked for again after so long (ms). */
const PAGE_AGAIN_MS = 10_000;
/** At a start the settings are moments away (ms). */
const SETTINGS_AGAIN_MS = 250;
/** Between two looks for an echo (ms). */
const ECHO_AGAIN_MS = 1_000;
/** When Meta wants fewer calls and does not say for how long (ms). */
const SLOW_DOWN_MS = 30_000;

/** Nobody can say yet whether an earlier attempt was taken: its echo may still come. */
class EchoAwaited extends Error {
  readonly code = 'messenger.echo-awaited';
  readonly retryAfterMs = ECHO_AGAIN_MS;
  readonly targetIsWell = true;
}

/** Nothing was sent, because nothing had to be. */
const LEFT_OUT = Symbol('left out');

type Go = Extract<MaySend, { as: unknown }>;

/** Sends one part of a message. Meta has no idempotency key: whether a send in doubt was taken is told by its echo. */
export class SendKind implements EffectKind {
  private readonly doubts = new FirstLooks();

  constructor(private readonly parts: SendParts) {}

  async perform(effect: Effect, signal: AbortSignal): Promise<EffectOutcome> {
    const task = effect.payload as unknown as SendTask;
    const page = this.parts.pages.of(task.pageId, task.botId);
    if (!page) {
      const afterMs = this.parts.pages.areKnown ? PAGE_AGAIN_MS : SETTINGS_AGAIN_MS;
      return { retry: { reason: 'messenger.page-unknown', afterMs, didNotHappen: true, targetIsWell: true } };
    }
    const hand = await this.parts.store.atHand(task, task.pageId);
    if (!hand?.content) return { refused: SendRefusal.noLongerWanted };
    const now = new Date();
    const stoppedSince = this.parts.pages.stoppedSince(task.botId, task.conversationId, now);
    const may = maySend({ ...beforeSend(hand, page, this.parts.probeEveryMs, now), stoppedSince });
    if ('refused' in may) return may;
    if ('waitMs' in may) return { retry: { reason: may.reason, afterMs: may.waitMs, didNotHappen: true } };
    if (may.probe && !(await this.parts.pagesStore.takeProbe(task.pageId, { now, everyMs: this.parts.probeEveryMs }))) {
      return { retry: { reason: 'messenger.page-stopped', didNotHappen: true } };
    }
    try {
      const mid = await this.send(task, hand, hand.content, page, may, signal);
      if (mid === LEFT_OUT) return { refused: SendRefusal.noLongerWanted };
      if (hand.stoppedAt ?? hand.slowUntil) await this.pageIsWell(task.pageId, hand);
      return { done: { mid: mid ?? null, at: new Date().toISOString() } };
    } catch (error) {
      return this.outcomeOf(error, effect, task, page);
    }
  }

  async findOut(effect: Effect): Promise<{ happened: { mid: string | null; at: string } } | 'did-not-happen' | 'unknown'> {
    const task = effect.payload as unknown as SendTask;
    const hand = await this.parts.store.atHand(task, task.pageId);
    if (hand?.state === 'sent') return { happened: { mid: hand.mid, at: (hand.sentAt ?? new Date()).toISOString() } };
    if (!hand?.askedAt) return 'did-not-happen';
    // While Postgres was away echoes came and waited, too: they have their time from when this could be looked at.
    const since = Math.max(hand.askedAt.getTime(), this.doubts.firstLook(effect.id, Date.now()));
    if (Date.now() - since < this.parts.echoPatienceMs) throw new EchoAwaited('the echo may still come');
    return 'unknown';
  }

  async settled(manager: EntityManager, effect: Effect, end: EffectEnd): Promise<(() => void) | undefined> {
    const { store, outbox } = this.parts;
    const task = effect.payload as unknown as SendTask;
    const { conversationId, botId, messageId } = task;
    // What is told of a conversation is told in the order in which its row was locked.
    await manager.query('SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE', [conversationId]);
    let outcomes: readonly Outcome[] = [];
    if ('done' in end) {
      const { mid, at } = end.done as unknown as { mid: string | null; at: string };
      await store.sent(manager, task, mid, new Date(at));
      outcomes = await store.advance(manager, [conversationId]);
    } else if (end.refused === SendRefusal.noLongerWanted) {
      outcomes = await this.withoutPart(manager, task);
    } else {
      const failure = await store.failed(manager, task);
      if (failure === undefined) return undefined;
      const told = whatIsTold(end.refused, failure, await this.isStopped(manager, task.pageId));
      if (!told || !(await store.end(manager, task, told.status))) return undefined;
      outcomes = [{ conversationId, botId, messageId, ...told }];
    }
    if (outcomes.length === 0) return undefined;
    const ticket = await outbox.add(manager, receiptRecords(outcomes, new Date(), effect.traceparent));
    return () => {
      outbox.send(ticket);
      countDeliveries('messenger', outcomes);
      const isSent = outcomes.some((one) => one.messageId === messageId && one.status === 'sent');
      if (isSent && task.saidAt !== undefined) timeAgentWord('messenger', task.saidAt, Date.now());
    };
  }

  /** The words of a part were replaced or taken back while it was under way, and Meta did not take it. */
  private async withoutPart(manager: EntityManager, task: SendTask): Promise<readonly Outcome[]> {
    const { store } = this.parts;
    const { conversationId, botId, messageId } = task;
    const left = await store.drop(manager, task);
    if (left === 'others') return store.advance(manager, [conversationId]);
    const isTakenBack = left === 'unsent' && (await store.end(manager, task, 'superseded'));
    return isTakenBack ? [{ conversationId, botId, messageId, status: 'superseded' }] : [];
  }

  private async send(
    task: SendTask,
    { author, isFirst }: PartAtHand,
    content: PlannedPart,
    page: OpenPage,
    { as }: Go,
    signal: AbortSignal,
  ): Promise<string | undefined | typeof LEFT_OUT> {
    const { pageId, userId: recipientId } = task;
    const personaId = author.kind === 'agent' ? await this.parts.personas.idOf(author, pageId, page, signal) : undefined;
    if (personaId !== undefined && content.onlyForName) return LEFT_OUT;
    const said = (part: MessengerPart, persona: string | undefined): MessengerPart =>
      persona === undefined ? saidWithoutPersona(part, author, isFirst) : part;
    const call = async (part: MessengerPart, persona: string | undefined): Promise<string | undefined> => {
      const about = { ...as, pageId, recipientId, metadata: toMetadata(task), notificationType: 'REGULAR' as const };
      const request = { ...about, part: said(part, persona), ...(persona === undefined ? {} : { personaId: persona }) };
      return (await page.client.send(request, { signal })).messageId;
    };
    await this.parts.store.noteAsked(task, new Date());
    try {
      return await call(content, personaId);
    } catch (error) {
      if (!(error instanceof MessengerError) || error.mayHaveHappened) throw error;
      if (error.class.act === 'send-as-text' && 'attachment' in content) return call({ text: content.fallbackText }, personaId);
      if (personaId === undefined || !isAboutAParameter(error)) throw error;
      await this.parts.personas.forget(personaId, pageId);
      const anew = await this.parts.personas.idOf(author, pageId, page, signal);
      return call(content, anew).catch((again: unknown) => {
        const isTried = anew === undefined || !(again instanceof MessengerError) || again.mayHaveHappened || !isAboutAParameter(again);
        if (isTried) throw again;
        return call(content, undefined);
      });
    }
  }

  private async outcomeOf(error: unknown, effect: Effect, task: SendTask, { tokenMark }: OpenPage): Promise<EffectOutcome> {
    if (!(error instanceof MessengerError)) throw error;
    const { class: kind, mayHaveHappened, retryAfterMs } = error;
    const { pageId } = task;
    const about = { pageId, reason: kind.reason, code: error.graphCode, subcode: error.subcode, trace: error.fbtraceId };
    if (kind.alert) this.parts.logger.error(about, 'Messenger needs somebody to look at it');
    const afterMs = retryAfterMs ?? kind.waitMs;
    if (!mayHaveHappened) await this.parts.store.noteNotAsked(task);
    const retry = { reason: kind.reason, didNotHappen: !mayHaveHappened, ...(afterMs === undefined ? {} : { afterMs }) };
    switch (kind.act) {
      case 'stop-page':
        await this.parts.pagesStore.stop(pageId, { reason: kind.reason, tokenMark, now: new Date() });
        return { retry };
      case 'slow-down': {
        const pauseMs = afterMs ?? SLOW_DOWN_MS;
        await this.parts.pagesStore.slowDown(pageId, new Date(Date.now() + pauseMs));
        return { retry: { ...retry, afterMs: pauseMs } };
      }
      case 'retry':
        if (kind.reason === 'messenger.unavailable') return this.afterUnavailable(task, retry);
        if (isGivenUp({ plannedAt: effect.plannedAt, isInDoubt: mayHaveHappened || effect.inDoubt }, Date.now())) {
          return this.refuse(task, kind);
        }
        // Where Meta gave a wait of its own it is about this person.
        return { retry: { ...retry, targetIsWell: kind.waitMs !== undefined } };
      default:
        return this.refuse(task, kind);
    }
  }

  /** It may be about this person only: others on the page do not wait for it. */
  private async afterUnavailable(task: SendTask, retry: Extract<EffectOutcome, { retry: unknown }>['retry']): Promise<EffectOutcome> {
    const after = afterUnavailable(await this.parts.store.countUnavailable(task));
    if (after === 'perhaps-blocked') return this.refuse(task, { failure: 'blocked', reason: 'messenger.perhaps-blocked' });
    return { retry: { ...retry, afterMs: Math.max(after, retry.afterMs ?? 0), targetIsWell: true } };
  }

  private async refuse(task: SendTask, { failure, reason }: Pick<MessengerErrorClass, 'failure' | 'reason'>): Promise<EffectOutcome> {
    await this.parts.store.noteFailure(task, failure);
    return { refused: reason };
  }

  private async pageIsWell(pageId: string, { stoppedAt }: PartAtHand): Promise<void> {
    await this.parts.pagesStore.isWell(pageId);
    if (stoppedAt) this.parts.logger.info({ pageId }, 'the page takes calls again');
  }

  private async isStopped(manager: EntityManager, pageId: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM messenger_pages WHERE page_id = $1 AND stopped_at IS NOT NULL', [pageId]);
    return rows.length > 0;
  }
}

/** Code 100 without a subcode: one of the fields is not as Meta wants it, and nothing says which. */
function isAboutAParameter({ graphCode, subcode }: MessengerError): boolean {
  return graphCode === 100 && subcode === undefined;
}

const ms = (at: Date | null): number | undefined => at?.getTime();

function beforeSend(hand: PartAtHand, { settings, tokenMark }: OpenPage, probeEveryMs: number, now: Date): Parameters<typeof maySend>[0] {
  const { author, status, epoch, withdrawable, plannedAt, state, othersSent } = hand;
  return {
    message: { authorKind: author.kind, status, epoch, withdrawable, plannedAt: plannedAt.getTime() },
    part: { state, othersSent },
    epoch: hand.conversationEpoch,
    lastUserActionAt: ms(hand.lastUserActionAt),
    humanAgent: settings.humanAgent,
    page: {
      stoppedAt: ms(hand.stoppedAt),
      reason: hand.reason ?? undefined,
      tokenMark: hand.tokenMark ?? undefined,
      probedAt: ms(hand.probedAt),
      slowUntil: ms(hand.slowUntil),
    },
    tokenMark,
    probeEveryMs,
    now: now.getTime(),
  };
}
