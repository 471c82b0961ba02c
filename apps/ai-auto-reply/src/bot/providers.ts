import type { KnowledgeScope, UsedChunk } from '@baton/knowledge';
import { Inbox, GatheringProducer, Outbox } from '@baton/messaging';
import { SettingsStore } from '@baton/settings';
import { provide } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Asking } from '../asking/asking.js';
import type { Config } from '../config.js';
import { MaySpeak } from '../connection/may-speak.js';
import { Knowledge } from '../knowledge/knowledge.js';
import { Quota } from '../quota/quota.js';
import { Receipts } from '../receipts/receipts.js';
import { AnswerTurn } from './answer-turn.js';
import { AnswerWorker } from './answer-worker.js';
import { FrontBot } from './front-bot.js';
import { HandOver } from './hand-over.js';
import { HearTurns } from './hear-turns.js';
import { FrontObservations } from './observations.js';
import { SettleAnswers } from './settle-answers.js';
import { TalkStore } from './talk-store.js';
import { TypingSigns } from './typing-signs.js';

/** The assistant as the bot in front of webchat and Messenger. */
export function botProviders(config: Config, logger: Logger): FactoryProvider[] {
  return [
    provide(
      FrontBot,
      [DataSource, SettingsStore, GatheringProducer, Outbox, Asking, MaySpeak, Quota, Receipts, Knowledge],
      (
        dataSource: DataSource,
        settings: SettingsStore,
        producer: GatheringProducer,
        outbox: Outbox,
        asking: Asking,
        maySpeak: MaySpeak,
        quota: Quota,
        receipts: Receipts,
        { store }: Knowledge,
      ) =>
        frontBot({
          dataSource,
          settings,
          producer,
          outbox,
          asking,
          maySpeak,
          quota,
          receipts,
          stillLive: (scope, used) => store.stillLive(scope, used),
          instanceId: config.INSTANCE_ID,
          answersAtOnce: config.ANSWERS_AT_ONCE,
          talkDays: config.SESSION_DAYS,
          logger,
        }),
    ),
    provide(HearTurns, [FrontBot], (bot: FrontBot) => bot.turns),
  ];
}

export interface FrontBotParts {
  readonly dataSource: DataSource;
  readonly settings: Pick<SettingsStore, 'bot'>;
  readonly producer: Pick<GatheringProducer, 'send'>;
  readonly outbox: Outbox;
  readonly asking: Pick<Asking, 'run'>;
  readonly maySpeak: Pick<MaySpeak, 'inChannels'>;
  readonly quota: Quota;
  readonly receipts: Receipts;
  /** Which of these may still be cited. */
  readonly stillLive: (scope: KnowledgeScope, used: readonly UsedChunk[]) => Promise<ReadonlySet<string>>;
  readonly instanceId: string;
  readonly answersAtOnce: number;
  /** A talk in which nothing was said for so long begins anew. */
  readonly talkDays: number;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now?: () => Date;
}

/** Builds it over a real database; whoever built it starts it. */
export function frontBot(parts: FrontBotParts): FrontBot {
  const { dataSource, settings, producer, outbox, asking, maySpeak, quota, receipts, stillLive, instanceId, logger: log } = parts;
  const now = parts.now ?? (() => new Date());
  const bot = (botId: string) => settings.bot(botId);
  const inbox = new Inbox('bot-turns');
  const store = new TalkStore(dataSource);
  const signs = new TypingSigns(producer, now);
  const handOver = new HandOver({ dataSource, store, outbox, receipts, quota, maySpeak, now });
  const answers = new AnswerTurn({ dataSource, asking, quota, handOver, maySpeak, stillLive, bot, now });
  const observations = new FrontObservations();
  const worker = new AnswerWorker({ store, answers, signs, instanceId, concurrency: parts.answersAtOnce, now, log, observations });
  const settling = new SettleAnswers({ dataSource, receipts, quota, outbox, now, log });
  const turns = new HearTurns({
    dataSource,
    inbox,
    store,
    receipts,
    quota,
    bot,
    now,
    rejected: () => observations.dropped('rejected'),
    heard: (changes) => {
      for (const { after } of changes) worker.heard(after);
      signs.show(
        changes.flatMap(({ before, after }) =>
          after.turn > before.turn && after.dueAt !== null && maySpeak.inChannels(after.botId, after.conversationId).speak ? [after] : [],
        ),
        true,
      );
    },
  });
  return new FrontBot({ turns, worker, settling, inbox, store, dataSource, talkDays: parts.talkDays, now });
}
