import { Effects } from '@baton/effects';
import { groupOnTheWire } from '@baton/contracts';
import { createKafka, GatheringProducer, kafkaConfigFrom, LanesServer, Outbox } from '@baton/messaging';
import type { KafkaConfig } from '@baton/messaging';
import { InnerDoor } from '@baton/passes';
import { isTransient, persistenceModule } from '@baton/persistence';
import { SettingsStore } from '@baton/settings';
import { countRecords, gauge, HealthModule, METRICS, provide, Rates } from '@baton/telemetry';
import type { Health, Logger } from '@baton/telemetry';
import { Module } from '@nestjs/common';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Deliver } from './arrivals/deliver.js';
import { GiveUpGaps } from './arrivals/give-up-gaps.js';
import { OnDeliveries } from './arrivals/on-deliveries.js';
import type { Config } from './config.js';
import { entities, SCHEMA } from './database/index.js';
import { botRate } from './doors/doors.js';
import { TellRefusals } from './doors/tell-refusals.js';
import { WebchatDoor } from './doors/webchat-door.js';
import { WebchatController } from './doors/webchat.controller.js';
import { WidgetFiles } from './doors/widget-files.js';
import { WidgetController } from './doors/widget.controller.js';
import { FETCH_FILE, FetchEffect } from './files/fetch-effect.js';
import { fileProviders } from './files/file-providers.js';
import { FilesController } from './files/files.controller.js';
import { HostedFiles } from './files/hosted-files.js';
import { UploadsController } from './files/uploads.controller.js';
import { InnerConversationsController } from './inner/conversations/inner-conversations.controller.js';
import { LogStore } from './log/log.store.js';
import { OnMessengerWebhooks } from './messenger/in/on-messenger-webhooks.js';
import { MessengerPages } from './messenger/messenger-pages.js';
import { messengerProviders } from './messenger/messenger-providers.js';
import { MessengerOutward } from './messenger/out/messenger-outward.js';
import { PROFILE, ProfileKind } from './messenger/in/profile-kind.js';
import { SendKind } from './messenger/out/send-kind.js';
import { SEND } from './messenger/out/send-plan.js';
import { effectsOf } from './outside.js';
import { Presence } from './presence/presence.js';
import { PresenceStore } from './presence/presence.store.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { Privacy } from './privacy/privacy.js';
import { CatchUp } from './push/catch-up.js';
import { Notices } from './push/notices.js';
import { Push } from './push/push.js';
import { Rooms } from './push/rooms.js';
import { Receipts } from './receipts/receipts.js';
import { SignalsController } from './signals/signals.controller.js';
import { SocketGateway } from './sockets/socket-gateway.js';
import { PostMessages } from './visitor/post-messages.js';
import { TellTyping } from './visitor/tell-typing.js';
import { VisitorTokens } from './visitor/visitor-tokens.js';

const NAME = 'channel-dispatcher';
/** Messages of one visitor: the pace of a fast typist, and an outbox that empties after a reconnect. */
const SENDS = { perSecond: 5, burst: 10 };
/** Pages of his log for one visitor: scrolling up fast. */
const PAGES = { perSecond: 2, burst: 20 };
/** Files of one visitor, and of all visitors at one client address. */
const UPLOADS = { perSecond: 0.2, burst: 10 };
const UPLOADS_OF_ADDRESS = { perSecond: 2, burst: 60 };
const POOL_SIZE = 10;

@Module({})
export class DispatcherModule {
  static with(config: Config, logger: Logger, health: Health): DynamicModule {
    const database = { url: config.DATABASE_URL, schema: SCHEMA, applicationName: `dispatcher-${config.INSTANCE_ID}` };
    return {
      module: DispatcherModule,
      imports: [
        HealthModule.with(health),
        persistenceModule({
          ...database,
          entities,
          poolSize: POOL_SIZE,
          onPoolError: (err) => logger.warn({ err }, 'a connection to Postgres broke'),
        }),
      ],
      controllers: [
        OnDeliveries,
        OnMessengerWebhooks,
        WebchatController,
        UploadsController,
        FilesController,
        WidgetController,
        InnerConversationsController,
        SignalsController,
        PrivacyController,
      ],
      providers: [...providersOf(config, logger), { provide: APP_FILTER, useClass: TellRefusals }],
    };
  }
}

function providersOf(config: Config, logger: Logger): FactoryProvider[] {
  const instance = config.INSTANCE_ID;
  const kafka = kafkaConfigFrom(config, NAME);
  const ownOrigin = new URL(config.PUBLIC_URL).origin;
  const visitorRates = { perSecond: config.NEW_VISITORS_PER_MINUTE / 60, burst: config.NEW_VISITORS_PER_MINUTE };

  return [
    provide(
      SettingsStore,
      [],
      () =>
        new SettingsStore({
          kafka,
          keys: { messenger: config.SETTINGS_KEY_MESSENGER },
          log: logger,
          onProblem: (problem) => logger.warn({ problem }, 'a setting is broken'),
        }),
    ),
    provide(Privacy, [DataSource, SettingsStore], (dataSource: DataSource, settings: SettingsStore) => new Privacy(dataSource, settings)),
    provide(InnerDoor, [], () => new InnerDoor(config.PASS_KEY)),
    provide(GatheringProducer, [], () => new GatheringProducer(createKafka(kafka, logger))),
    provide(LanesServer, [GatheringProducer], (producer: GatheringProducer) => lanes(config, kafka, producer, logger)),
    provide(
      Outbox,
      [DataSource, GatheringProducer],
      (dataSource: DataSource, producer: GatheringProducer) => new Outbox({ dataSource, producer, instanceId: instance, log: logger }),
    ),

    provide(
      Effects,
      [DataSource, FetchEffect, SendKind, ProfileKind, MessengerPages],
      (dataSource: DataSource, fetchEffect: FetchEffect, send: SendKind, profile: ProfileKind, pages: MessengerPages) =>
        effectsOf({
          dataSource,
          instanceId: instance,
          kinds: { [FETCH_FILE]: fetchEffect, [SEND]: send, [PROFILE]: profile },
          budgets: (target) => pages.budgetOf(target),
          logger,
        }),
    ),

    ...fileProviders(config),
    ...messengerProviders(config, logger),
    provide(LogStore, [DataSource], (dataSource: DataSource) => new LogStore(dataSource)),
    provide(PresenceStore, [DataSource], (dataSource: DataSource) => new PresenceStore(dataSource, instance)),

    provide(Rooms, [], () => new Rooms()),
    provide(CatchUp, [LogStore, Rooms], (store: LogStore, rooms: Rooms) => new CatchUp(store, rooms, logger)),
    provide(
      Notices,
      [DataSource, Rooms, CatchUp],
      (dataSource: DataSource, rooms: Rooms, catchUp: CatchUp) =>
        new Notices({ url: config.DATABASE_URL, instance, dataSource, rooms, catchUp, logger }),
    ),
    provide(Push, [Rooms, CatchUp, Notices], (rooms: Rooms, catchUp: CatchUp, notices: Notices) => new Push(rooms, catchUp, notices)),

    provide(
      Deliver,
      [DataSource, LogStore, Outbox, MessengerOutward],
      (dataSource: DataSource, store: LogStore, outbox: Outbox, messenger: MessengerOutward) =>
        new Deliver(dataSource, store, outbox, instance, new Map([['messenger', messenger]])),
    ),
    provide(GiveUpGaps, [LogStore, Deliver, Push], (store: LogStore, deliver: Deliver, push: Push) => new GiveUpGaps(store, deliver, push)),
    provide(
      PostMessages,
      [DataSource, LogStore, Outbox, Push],
      (dataSource: DataSource, store: LogStore, outbox: Outbox, push: Push) =>
        new PostMessages(dataSource, store, outbox, push, instance, isTransient),
    ),
    provide(Receipts, [DataSource, Outbox], (dataSource: DataSource, outbox: Outbox) => new Receipts(dataSource, outbox, logger)),
    provide(
      Presence,
      [DataSource, PresenceStore, LogStore, Outbox, Rooms],
      (dataSource: DataSource, store: PresenceStore, log: LogStore, outbox: Outbox, rooms: Rooms) =>
        new Presence({ dataSource, store, log, outbox, rooms, instance, logger, isTransient }),
    ),

    provide(TellTyping, [GatheringProducer], (producer: GatheringProducer) => new TellTyping(producer)),
    provide(VisitorTokens, [], () => new VisitorTokens(config.WEBCHAT_TOKEN_KEY)),
    provide(WidgetFiles, [], () => new WidgetFiles(config.WIDGET_DIR)),
    provide(
      WebchatDoor,
      [SettingsStore],
      (bots: SettingsStore) =>
        new WebchatDoor({
          bots,
          ownOrigin,
          trustedHops: config.TRUSTED_PROXIES,
          botRates: new Rates(botRate(config.REQUESTS_PER_ADDRESS)),
          visitorRates: new Rates(visitorRates),
          historyRates: new Rates(PAGES),
          uploadRates: new Rates(UPLOADS),
          addressUploadRates: new Rates(UPLOADS_OF_ADDRESS),
        }),
    ),
    provide(
      SocketGateway,
      [SettingsStore, VisitorTokens, Rooms, Presence, CatchUp, PostMessages, Receipts, TellTyping, HostedFiles],
      (
        bots: SettingsStore,
        tokens: VisitorTokens,
        rooms: Rooms,
        presence: Presence,
        catchUp: CatchUp,
        posts: PostMessages,
        receipts: Receipts,
        typing: TellTyping,
        files: HostedFiles,
      ) => {
        const gateway = new SocketGateway({
          bots,
          parts: { tokens, rooms, presence, catchUp, posts, receipts, typing, files, sendRates: new Rates(SENDS), logger },
          ownOrigin,
          maxSockets: config.MAX_SOCKETS,
          maxSocketsPerAddress: config.MAX_SOCKETS_PER_ADDRESS,
          trustedHops: config.TRUSTED_PROXIES,
        });
        gauge(METRICS.sockets, (sockets) => sockets.set(gateway.size));
        return gateway;
      },
    ),
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
