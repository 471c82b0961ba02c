import { answer } from '@baton/answering';
import { groupOnTheWire } from '@baton/contracts';
import { CrispConnections } from '@baton/crisp';
import { createKafka, GatheringProducer, kafkaConfigFrom, LanesServer, Outbox } from '@baton/messaging';
import type { KafkaConfig } from '@baton/messaging';
import { InnerDoor } from '@baton/passes';
import { isTransient, persistenceModule } from '@baton/persistence';
import { SettingsStore } from '@baton/settings';
import { countRecords, gauge, HealthModule, provide, METRICS } from '@baton/telemetry';
import type { Health, Logger } from '@baton/telemetry';
import { Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { Config } from './config.js';
import { SCHEMA } from './database/index.js';
import { TellRefusals } from './http/tell-refusals.js';
import { AnswersController } from './ask/answers.controller.js';
import { AskController } from './ask/ask.controller.js';
import { ReadAnswers } from './ask/read-answers.js';
import { TryOut } from './ask/try-out.js';
import { Asking } from './asking/asking.js';
import { OnBotTurns } from './bot/on-bot-turns.js';
import { botProviders } from './bot/providers.js';
import { ConnectionController } from './connection/connection.controller.js';
import { InnerConnectionController } from './connection/inner-connection.controller.js';
import { connectionProviders } from './connection/providers.js';
import { OnCrispWebhooks } from './inbox/on-crisp-webhooks.js';
import { OnHandovers } from './inbox/on-handovers.js';
import { inboxProviders } from './inbox/providers.js';
import { InnerAnswersController } from './inner/inner-answers.controller.js';
import { InnerPlaygroundController } from './inner/inner-playground.controller.js';
import { InnerRequests } from './inner/inner-requests.js';
import { InnerSourcesController } from './inner/inner-sources.controller.js';
import { InnerUsageController } from './inner/inner-usage.controller.js';
import { InnerConversationsController } from './inner-conversations/inner-conversations.controller.js';
import { Knowledge } from './knowledge/knowledge.js';
import { KnowledgeDatabase } from './knowledge/knowledge-database.js';
import { quotaProviders } from './quota/providers.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { Privacy } from './privacy/privacy.js';
import { UsageController } from './quota/usage.controller.js';
import { Receipts } from './receipts/receipts.js';
import { SignalsController } from './signals/signals.controller.js';
import { sourcesProviders } from './sources/providers.js';
import { SourcesController } from './sources/sources.controller.js';

const NAME = 'ai-auto-reply';
const POOL_SIZE = 16;

@Module({})
export class AutoReplyModule {
  static with(config: Config, logger: Logger, health: Health): DynamicModule {
    const onPoolError = (err: Error): void => logger.warn({ err }, 'a connection to Postgres broke');
    return {
      module: AutoReplyModule,
      imports: [
        HealthModule.with(health),
        persistenceModule({
          url: config.DATABASE_URL,
          schema: SCHEMA,
          applicationName: `${NAME}-${config.INSTANCE_ID}`,
          poolSize: POOL_SIZE,
          onPoolError,
        }),
      ],
      controllers: [
        OnCrispWebhooks,
        OnHandovers,
        OnBotTurns,
        AskController,
        AnswersController,
        ConnectionController,
        UsageController,
        SourcesController,
        InnerAnswersController,
        SignalsController,
        InnerConnectionController,
        InnerPlaygroundController,
        InnerSourcesController,
        InnerUsageController,
        PrivacyController,
        InnerConversationsController,
      ],
      providers: [
        ...providersOf(config, logger),
        ...knowledgeProviders(config, logger),
        ...connectionProviders(config),
        ...quotaProviders(logger),
        ...sourcesProviders(config, logger),
        ...inboxProviders(config, logger),
        ...botProviders(config, logger),
        InnerRequests,
        { provide: APP_FILTER, useClass: TellRefusals },
      ],
    };
  }
}

function providersOf(config: Config, logger: Logger): FactoryProvider[] {
  const kafka = kafkaConfigFrom(config, NAME);
  return [
    provide(
      SettingsStore,
      [],
      () =>
        new SettingsStore({
          kafka,
          keys: { crisp: config.SETTINGS_KEY_CRISP, models: config.SETTINGS_KEY_MODELS },
          log: logger,
          onProblem: (problem) => logger.warn({ problem }, 'a setting is broken'),
        }),
    ),
    provide(
      Privacy,
      [DataSource, SettingsStore, CrispConnections],
      (dataSource: DataSource, settings: SettingsStore, crisp: CrispConnections) => new Privacy(dataSource, settings, crisp),
    ),
    provide(InnerDoor, [], () => new InnerDoor(config.PASS_KEY)),
    provide(GatheringProducer, [], () => new GatheringProducer(createKafka(kafka, logger))),
    provide(LanesServer, [GatheringProducer], (producer: GatheringProducer) => lanes(config, kafka, producer, logger)),
    provide(
      Outbox,
      [DataSource, GatheringProducer],
      (dataSource: DataSource, producer: GatheringProducer) =>
        new Outbox({ dataSource, producer, instanceId: config.INSTANCE_ID, log: logger }),
    ),
    provide(CrispConnections, [SettingsStore], (settings: SettingsStore) => new CrispConnections(settings)),
    provide(Receipts, [DataSource], (dataSource: DataSource) => new Receipts(dataSource)),
    provide(ReadAnswers, [Receipts], (receipts: Receipts) => new ReadAnswers(receipts)),
  ];
}

/** What bots know, and the one way to an answer from it. */
function knowledgeProviders(config: Config, logger: Logger): FactoryProvider[] {
  return [
    provide(KnowledgeDatabase, [], () => {
      const database = new KnowledgeDatabase({
        url: config.KNOWLEDGE_DATABASE_URL ?? config.DATABASE_URL,
        schema: config.KNOWLEDGE_SCHEMA,
        poolSize: config.KNOWLEDGE_POOL,
        log: logger,
      });
      gauge(METRICS.knowledgeOpen, (shown) => shown.set(database.isOpen ? 1 : 0));
      return database;
    }),
    {
      provide: Knowledge,
      inject: [KnowledgeDatabase],
      useFactory: (database: KnowledgeDatabase) => Knowledge.open(database, { directory: config.EMBEDDINGS_DIR, log: logger }),
    },
    provide(
      Asking,
      [Knowledge, SettingsStore],
      (knowledge: Knowledge, settings: SettingsStore) =>
        new Asking({
          retrieve: (scope, text, signal) => knowledge.retriever.search(scope, { text, signal }),
          answer,
          open: (sealed) => settings.open(sealed),
        }),
    ),
    provide(TryOut, [Asking], (asking: Asking) => new TryOut(asking)),
  ];
}

function lanes(config: Config, kafka: KafkaConfig, producer: GatheringProducer, logger: Logger): LanesServer {
  return new LanesServer({
    kafka: createKafka(kafka, logger),
    groupId: groupOnTheWire(NAME, config.KAFKA_TOPIC_PREFIX),
    producer,
    isTransient,
    log: logger,
    observer: countRecords(),
  });
}
