import { lineOf } from '@baton/answering';
import { humanWanted } from '@baton/language';
import type { Answered, TalkLine } from '@baton/answering';
import { derivedId } from '@baton/contracts';
import type { BotSettings } from '@baton/contracts';
import { CrispError } from '@baton/crisp';
import type { CrispConnections, OpenConnection } from '@baton/crisp';
import type { EffectPlan } from '@baton/effects';
import type { SettingsStore } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import type { Asking } from '../../asking/asking.js';
import { GUARD_NOTE } from '../../asking/guard-note.js';
import { traceAnswer } from '../../asking/trace-answer.js';
import { voiceOf } from '../../asking/voice-of.js';
import { countsAsAnswer } from '../../asking/what-counts.js';
import type { MaySpeak } from '../../connection/may-speak.js';
import type { Quota } from '../../quota/quota.js';
import type { Receipts } from '../../receipts/receipts.js';
import { notePlans, whereOf } from '../effects/tasks.js';
import type { InboxJudge } from '../inbox-judge.js';
import { modeOf } from '../mode-of.js';
import type { InboxMode } from '../mode-of.js';
import type { Observations } from '../observations.js';
import { hasToldQuotaEnd, isTooLate, mustSayAutomated, pendingOf } from '../session.js';
import type { Session } from '../session.js';
import { mayTakeUp } from '../session-rules.js';
import type { InboxFact } from '../session-rules.js';
import { lockSessions, readSession, releaseClaim } from '../session-store.js';
import type { Claimed } from '../session-store.js';
import type { TypingShown } from '../typing-shown.js';
import { readAtFirstSight } from './first-reading.js';
import { talkOf } from './talk-of.js';
import { outcomeOf, receiptOf } from './what-becomes.js';
import type { Decision } from './what-becomes.js';

export interface AnswerSessionParts {
  readonly dataSource: DataSource;
  readonly asking: Pick<Asking, 'run'>;
  readonly judge: InboxJudge;
  readonly connections: CrispConnections;
  readonly settings: Pick<SettingsStore, 'bot'>;
  readonly maySpeak: Pick<MaySpeak, 'of'>;
  readonly receipts: Receipts;
  readonly quota: Pick<Quota, 'reserve' | 'refund'>;
  readonly typing: TypingShown;
  readonly observations: Observations;
  readonly log: Logger;
  /** The name under which sessions are claimed. */
  readonly owner: string;
  /** ms */
  readonly now: () => number;
}

/** An answer whose making ended this many processes, or was this often begun, is given up. */
const TRIES = 3;
/** From its claim to its decision an answer may take so long (ms), models included. */
const MADE_WITHIN = 75_000;
/** Crisp away: another look after so long (ms), until the visitor has waited too long for an answer to be of use. */
const CRISP_AGAIN = 2_000;
const CRISP_WAITED_FOR = 60_000;
/** The same for settings. */
const SETTINGS_AGAIN = 1_000;
const SETTINGS_WAITED_FOR = 5 * 60_000;
const HOUR = 3_600_000;

/** Makes the answer to what waits in a claimed session, and decides under the session's lock whether it is still wanted. */
export class AnswerSession {
  private readonly readings = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: AnswerSessionParts) {}

  /** Reads what was said before we came while the visitor is let finish, so that nobody waits for it later. Best effort. */
  readAhead(session: Session): void {
    const { connections, judge, now } = this.parts;
    const connection = session.read ? null : connections.of(session.websiteId, session.botId);
    if (!connection || this.readings.has(session.sessionId)) return;
    const reading = readAtFirstSight(judge, connection.client, session, now())
      .catch(() => undefined)
      .finally(() => this.readings.delete(session.sessionId));
    this.readings.set(session.sessionId, reading);
  }

  /** Resolves when nothing is read ahead any more. */
  async stop(): Promise<void> {
    await Promise.all(this.readings.values());
  }

  /** @param stopped fires when the answer is overtaken or the process stops */
  async answer(claimed: Claimed, stopped: AbortSignal): Promise<void> {
    const { botId, traceparent } = claimed.session;
    const attributes = { 'baton.bot.id': botId, 'baton.channel': 'inbox' };
    try {
      await traceAnswer(traceparent, attributes, () => this.answerOnce(claimed, stopped));
    } catch (error) {
      // Nobody waits before an eternal typing: whoever takes it up begins it anew.
      this.parts.typing.end(claimed.session.sessionId);
      throw error;
    }
  }

  private async answerOnce({ session: claimed, tries }: Claimed, stopped: AbortSignal): Promise<void> {
    const { parts } = this;
    const bot = parts.settings.bot(claimed.botId);
    const connection = parts.connections.of(claimed.websiteId, claimed.botId);
    const speech = parts.maySpeak.of(claimed.botId, claimed.websiteId, claimed.sessionId);
    if (!speech.speak) return this.whileSilent(claimed, speech.why);
    if (!bot || !connection) return this.letBe(claimed, 'disconnected');
    const mode = modeOf(bot.assistant, claimed.sessionId);
    const session = await this.read(claimed, connection, stopped);
    if (!session || session.epoch !== claimed.epoch || session.burst === null || !mayTakeUp(session, mode)) return this.release(claimed);
    if (isTooLate(session, parts.now())) return this.letBe(session, 'too-late');
    const recently = session.answeredAt.filter((at) => at > parts.now() - HOUR);
    if (mode === 'reply' && recently.length >= bot.assistant.answersPerConversationHour) return this.guard(session, recently[0] ?? 0);
    const entryId = idOf('quota-entry', session);
    const decision = await this.decide(session, bot, connection, mode, entryId, tries, stopped);
    if (decision !== undefined) await this.conclude(session, mode, decision, entryId);
  }

  /** Of settings that were not heard of for a moment it is not known what they say now: it is looked again, as long as an answer is of use. */
  private whileSilent(claimed: Session, why: string): Promise<void> {
    const now = this.parts.now();
    const mayPass = why === 'settings-stale' && now - (claimed.burst?.since ?? 0) < SETTINGS_WAITED_FOR;
    return mayPass ? this.tell(claimed, { kind: 'later', dueAt: now + SETTINGS_AGAIN }) : this.letBe(claimed, why);
  }

  /** What was said before we came, at first sight; undefined: there is nothing to answer any more, or not now. */
  private async read(claimed: Session, { client }: OpenConnection, stopped: AbortSignal): Promise<Session | undefined> {
    const ahead = await this.readings.get(claimed.sessionId);
    const session = ahead === undefined ? claimed : await readSession(this.parts.dataSource, claimed.sessionId);
    if (!session || session.read) return session;
    const now = this.parts.now();
    try {
      return await readAtFirstSight(this.parts.judge, client, session, now, stopped);
    } catch (error) {
      if (!(error instanceof CrispError)) throw error;
      const waited = now - (session.burst?.since ?? now);
      if (error.retriable && waited < CRISP_WAITED_FOR) await this.tell(session, { kind: 'later', dueAt: now + CRISP_AGAIN });
      else await this.letBe(session, error.code);
      return undefined;
    }
  }

  private async decide(
    session: Session,
    bot: BotSettings,
    connection: OpenConnection,
    mode: InboxMode,
    entryId: string,
    tries: number,
    stopped: AbortSignal,
  ): Promise<Decision | undefined> {
    const { asking, dataSource, quota, typing } = this.parts;
    const talk = talkOf(session);
    const counts = mode === 'reply';
    if (counts) {
      const at = new Date(this.parts.now());
      const of = { entryId, workspaceId: bot.workspaceId, botId: bot.botId, at };
      const got = await dataSource.transaction((manager) => quota.reserve(manager, of));
      if (got === 'at-end') return this.atQuotaEnd(session, bot, talk);
      typing.begin(connection.client, session.websiteId, session.sessionId);
    }
    let answered: Answered;
    try {
      if (tries > TRIES) throw new Error('an answer was begun too often');
      answered = await asking.run(bot, {
        talk,
        ...(session.visitor?.locale === undefined ? {} : { locale: session.visitor.locale }),
        ...(session.visitor === null ? {} : { profile: session.visitor }),
        missesBefore: session.misses,
        mustSayAutomated: mustSayAutomated(session),
        signal: AbortSignal.any([stopped, AbortSignal.timeout(MADE_WITHIN)]),
      });
    } catch (error) {
      if (stopped.aborted) {
        await this.overtaken(session, entryId);
        return undefined;
      }
      this.parts.log.error({ err: error, botId: bot.botId }, 'an answer could not be made');
      return { ...NOTHING, kind: 'trouble', text: lineOf('trouble', voiceOf(bot, talk, session.visitor?.locale)) };
    }
    return {
      kind: answered.kind,
      text: answered.text,
      citations: answered.kind === 'answer' ? answered.citations : [],
      trace: answered.trace,
      note: answered.kind === 'human' ? answered.note : null,
      quotaEntryId: counts && countsAsAnswer(answered.kind) ? entryId : null,
      withoutHuman: false,
    };
  }

  /** The plan has no answers left: what the bot's settings say. */
  private async atQuotaEnd(session: Session, bot: BotSettings, talk: readonly TalkLine[]): Promise<Decision | undefined> {
    const { atQuotaEnd } = bot.assistant;
    const voice = voiceOf(bot, talk, session.visitor?.locale);
    // Who asks for a human gets one, whatever the plan.
    const asked = pendingOf(session).map(({ text }) => text);
    if (atQuotaEnd === 'human' || humanWanted(asked.join('\n')))
      return { ...NOTHING, kind: 'quota-end', text: lineOf('toHuman', voice), note: QUOTA_NOTE };
    if (atQuotaEnd === 'message' && !hasToldQuotaEnd(session, this.parts.now()))
      return { ...NOTHING, kind: 'quota-end', text: lineOf('quotaEnd', voice), withoutHuman: true };
    await this.letBe(session, 'quota-end');
    return undefined;
  }

  /** The fence: under the session's lock, an overtaken answer is dropped, and one that is wanted gets its receipt and its effect. */
  private async conclude(session: Session, mode: InboxMode, decision: Decision, entryId: string): Promise<void> {
    const { dataSource, judge, observations, owner, quota, receipts, typing } = this.parts;
    const { sessionId, epoch } = session;
    const now = this.parts.now();
    const done = await dataSource.transaction(async (manager) => {
      const locked = (await lockSessions(manager, [sessionId], new Map(), new Date(now))).get(sessionId);
      const isCurrent = locked?.epoch === epoch && locked.planned === null && mayTakeUp(locked, judge.policyFor(locked).mode);
      if (!isCurrent) return undefined;
      const asked = pendingOf(locked).map(({ fingerprint }) => fingerprint);
      const answerId = idOf('answer', locked);
      const { fact, state, plans } = outcomeOf({ session: locked, mode, decision, asked, answerId, now });
      await receipts.write(manager, receiptOf(locked, decision, answerId, state, new Date(now)));
      const { afterCommit } = await judge.judgeWithin(manager, [{ sessionId, facts: [fact], id: null }]);
      const send = await judge.write(manager, { plans });
      await releaseClaim(manager, owner, sessionId, epoch);
      return { state, afterCommit: () => (afterCommit(), send()) };
    });
    if (done === undefined) return this.overtaken(session, entryId);
    done.afterCommit();
    if (done.state === 'planned') typing.isOnItsWay(sessionId);
    else {
      typing.end(sessionId);
      observations.ended(decision.kind, done.state);
    }
    if (mode === 'reply' && decision.quotaEntryId === null) await quota.refund(dataSource.manager, entryId, decision.kind);
  }

  /** What it would have said is of no use any more. */
  private async overtaken(session: Session, entryId: string): Promise<void> {
    const { dataSource, observations, quota, typing } = this.parts;
    typing.end(session.sessionId);
    observations.dropped('overtaken');
    await quota.refund(dataSource.manager, entryId, 'overtaken');
    await this.release(session);
  }

  /** Too many answers in one conversation: from here on only humans speak, until the hour is over. Agents are told once. */
  private async guard(session: Session, since: number): Promise<void> {
    const isTold = session.guardToldAt > since;
    const note = { ...whereOf(session), text: GUARD_NOTE, about: `guard:${session.sessionId}:${since}`, calls: true };
    await this.letBe(session, 'too-many-answers', isTold ? [] : notePlans(note, this.parts.now()));
  }

  private letBe(session: Session, why: string, plans: readonly EffectPlan[] = []): Promise<void> {
    this.parts.observations.dropped(why);
    const asked = pendingOf(session).map(({ fingerprint }) => fingerprint);
    return this.tell(session, { kind: 'let-be', asked, why, guardTold: plans.length > 0 }, plans);
  }

  /** Judges a fact of our own, if the session is still as it was claimed, and lets it go. */
  private async tell(session: Session, fact: InboxFact, plans: readonly EffectPlan[] = []): Promise<void> {
    const { dataSource, judge, owner } = this.parts;
    const { sessionId, epoch } = session;
    const afterCommit = await dataSource.transaction(async (manager) => {
      const locked = (await lockSessions(manager, [sessionId], new Map(), new Date(this.parts.now()))).get(sessionId);
      await releaseClaim(manager, owner, sessionId, epoch);
      if (locked?.epoch !== epoch) return undefined;
      const judged = await judge.judgeWithin(manager, [{ sessionId, facts: [fact], id: null }]);
      const send = await judge.write(manager, { plans });
      return () => (judged.afterCommit(), send());
    });
    afterCommit?.();
  }

  private async release({ sessionId, epoch }: Session): Promise<void> {
    await releaseClaim(this.parts.dataSource, this.parts.owner, sessionId, epoch);
  }
}

const NOTHING = { citations: [], trace: null, note: null, quotaEntryId: null, withoutHuman: false } as const;
const QUOTA_NOTE =
  'The answers of the plan are used up for this month: the assistant is silent here, and the visitor was promised a human.';

/** The same for the same question. Epochs begin anew in a session that was forgotten, lines of visitors do not come again. */
function idOf(what: 'answer' | 'quota-entry', session: Session): string {
  return derivedId(what, session.sessionId, session.epoch, pendingOf(session).at(-1)?.fingerprint ?? 0);
}
