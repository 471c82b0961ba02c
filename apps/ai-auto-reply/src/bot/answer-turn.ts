import { setTimeout as pause } from 'node:timers/promises';
import { derivedId } from '@baton/contracts';
import type { BotSettings } from '@baton/contracts';
import type { KnowledgeScope, UsedChunk } from '@baton/knowledge';
import type { DataSource } from 'typeorm';
import type { Asking } from '../asking/asking.js';
import { traceAnswer } from '../asking/trace-answer.js';
import type { MaySpeak } from '../connection/may-speak.js';
import type { Quota } from '../quota/quota.js';
import { decideReply, troubleReply } from './decide-reply.js';
import type { HandOver } from './hand-over.js';
import { claimOf } from './talk.js';
import type { Claim, Talk } from './talk.js';
import type { Ended } from './observations.js';
import type { Taken } from './talk-store.js';
import { saidNothing } from './wording.js';
import type { Reply } from './wording.js';

export interface AnswerTurnParts {
  readonly dataSource: DataSource;
  readonly asking: Pick<Asking, 'run'>;
  readonly quota: Pick<Quota, 'reserve' | 'refund'>;
  readonly handOver: Pick<HandOver, 'give'>;
  readonly maySpeak: Pick<MaySpeak, 'inChannels'>;
  /** Which of these may still be cited. */
  readonly stillLive: (scope: KnowledgeScope, used: readonly UsedChunk[]) => Promise<ReadonlySet<string>>;
  readonly bot: (botId: string) => BotSettings | undefined;
  readonly now: () => Date;
}

/** Who waited so long has left or asked elsewhere (ms). */
const TOO_OLD = 5 * 60_000;
/** What takes longer than the model may, by so much, is left (ms). */
const SPARE = 10_000;
/** Whoever tried so often and died does not try once more. */
const MOST_ATTEMPTS = 4;
const HOUR = 3_600_000;

/** Makes the answer to what a talk waits for, outside of every transaction, and hands it over. */
export class AnswerTurn {
  constructor(private readonly parts: AnswerTurnParts) {}

  /** @param overtaken aborted when the answer is not wanted any more */
  answer(taken: Taken, overtaken: AbortSignal): Promise<Ended> {
    const { conversationId, botId, channel, traceparent } = taken.talk;
    const attributes = { 'baton.conversation.id': conversationId, 'baton.bot.id': botId, 'baton.channel': channel };
    return traceAnswer(traceparent, attributes, () => this.answerTraced(taken, overtaken));
  }

  private async answerTraced({ talk, attempts }: Taken, overtaken: AbortSignal): Promise<Ended> {
    const { maySpeak, handOver, dataSource, quota, now } = this.parts;
    const claim = claimOf(talk);
    const bot = this.parts.bot(talk.botId);
    const answerId = derivedId('channel-answer', talk.botId, talk.conversationId, talk.turn);
    const speech = maySpeak.inChannels(talk.botId, talk.conversationId);
    if (!speech.speak && speech.why === 'settings-stale' && now().getTime() - (talk.waitsSince ?? 0) < TOO_OLD) return { as: 'later' };
    if (!bot) return { as: 'dropped', why: 'unknown-bot' };
    const reply = speech.speak ? await this.sought({ talk, claim, bot, answerId, attempts }, overtaken) : saidNothing(speech.why);
    if (reply === 'overtaken') {
      await quota.refund(dataSource.manager, answerId, 'overtaken');
      return { as: 'dropped', why: 'overtaken' };
    }
    return handOver.give({ answerId, claim, bot, reply });
  }

  private async sought(
    o: { talk: Talk; claim: Claim; bot: BotSettings; answerId: string; attempts: number },
    overtaken: AbortSignal,
  ): Promise<Reply | 'overtaken'> {
    const { dataSource, asking, quota, now } = this.parts;
    const { talk, claim, bot, answerId } = o;
    if (o.attempts > MOST_ATTEMPTS) return troubleReply(o);
    const at = now();
    const tooLong = new AbortController();
    const done = new AbortController();
    void pause((bot.assistant.model?.timeoutMs ?? 0) + SPARE, undefined, { signal: done.signal }).then(
      () => tooLong.abort(),
      () => undefined,
    );
    const { workspaceId, botId } = bot;
    const reserve = () => quota.reserve(dataSource.manager, { entryId: answerId, workspaceId, botId, at });
    try {
      const circumstances = { talk, claim, bot, answeredLately: await this.answeredLately(talk, at), now: at.getTime() };
      const signal = AbortSignal.any([overtaken, tooLong.signal]);
      const reply = await decideReply(circumstances, asking, reserve, signal);
      if (await this.isCitable(reply, bot)) return reply;
      // What it rests on was deleted while it was written.
      const again = await decideReply(circumstances, asking, reserve, signal);
      return (await this.isCitable(again, bot)) ? again : troubleReply(o);
    } catch (error) {
      if (overtaken.aborted) return 'overtaken';
      if (tooLong.signal.aborted) return troubleReply(o);
      throw error;
    } finally {
      done.abort();
    }
  }

  private async isCitable({ answered }: Reply, bot: BotSettings): Promise<boolean> {
    if (answered?.kind !== 'answer' || answered.citations.length === 0) return true;
    const live = await this.parts.stillLive({ workspaceId: bot.workspaceId, botId: bot.botId }, answered.citations);
    return answered.citations.every(({ chunkId }) => live.has(chunkId));
  }

  private async answeredLately({ conversationId }: Talk, at: Date): Promise<number> {
    const rows: { n: number }[] = await this.parts.dataSource.query(
      `SELECT count(*)::integer AS n FROM receipts WHERE talk_id = $1 AND at > $2 AND state IN ('planned', 'posted')`,
      [conversationId, new Date(at.getTime() - HOUR)],
    );
    return rows[0]?.n ?? 0;
  }
}
