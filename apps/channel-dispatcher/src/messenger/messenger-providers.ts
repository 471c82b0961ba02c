import { Effects } from '@baton/effects';
import { Outbox } from '@baton/messaging';
import { SettingsStore } from '@baton/settings';
import { gauge, provide, METRICS } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../config.js';
import { HostedFiles } from '../files/hosted-files.js';
import { LogStore } from '../log/log.store.js';
import { PostMessages } from '../visitor/post-messages.js';
import { Hear } from './in/hear.js';
import { ProfileKind } from './in/profile-kind.js';
import { ThreadsStore } from './in/threads.store.js';
import { MessengerPages } from './messenger-pages.js';
import { MessengerOutward } from './out/messenger-outward.js';
import { PagesStore } from './out/pages.store.js';
import { Personas } from './out/personas.js';
import { SendKind } from './out/send-kind.js';
import { SendsStore } from './out/sends.store.js';
import { TellWaiting } from './out/tell-waiting.js';
import { MessengerSigns } from './signs.js';
import { TidyMessenger } from './tidy-messenger.js';
import { WatchPages } from './watch-pages.js';

const SECOND = 1_000;

/** Both roads of Messenger. */
export function messengerProviders(config: Config, logger: Logger): FactoryProvider[] {
  return [
    provide(MessengerPages, [SettingsStore], (settings: SettingsStore) => new MessengerPages(settings)),
    provide(SendsStore, [DataSource], (dataSource: DataSource) => new SendsStore(dataSource)),
    provide(PagesStore, [DataSource], (dataSource: DataSource) => new PagesStore(dataSource)),
    provide(Personas, [DataSource], (dataSource: DataSource) => new Personas(dataSource)),
    provide(
      SendKind,
      [SendsStore, PagesStore, MessengerPages, Personas, Outbox],
      (store: SendsStore, pagesStore: PagesStore, pages: MessengerPages, personas: Personas, outbox: Outbox) =>
        new SendKind({
          store,
          pagesStore,
          pages,
          personas,
          outbox,
          logger,
          echoPatienceMs: config.MESSENGER_ECHO_SECONDS * SECOND,
          probeEveryMs: config.MESSENGER_PROBE_SECONDS * SECOND,
        }),
    ),
    provide(
      ProfileKind,
      [PagesStore, MessengerPages, Outbox],
      (pagesStore: PagesStore, pages: MessengerPages, outbox: Outbox) =>
        new ProfileKind({ pages, pagesStore, threads: new ThreadsStore(), outbox }),
    ),
    provide(
      MessengerOutward,
      [SendsStore, Effects, MessengerPages],
      (store: SendsStore, effects: Effects, pages: MessengerPages) => new MessengerOutward(store, effects, pages),
    ),
    provide(MessengerSigns, [MessengerPages], (pages: MessengerPages) => new MessengerSigns(pages)),
    provide(
      Hear,
      [DataSource, LogStore, SendsStore, PostMessages, HostedFiles, Outbox, Effects],
      (
        dataSource: DataSource,
        log: LogStore,
        sends: SendsStore,
        posts: PostMessages,
        files: HostedFiles,
        outbox: Outbox,
        effects: Effects,
      ) => new Hear({ dataSource, log, threads: new ThreadsStore(), sends, posts, files, outbox, effects }),
    ),
    provide(
      WatchPages,
      [PagesStore, MessengerSigns, SettingsStore, DataSource, Outbox],
      (store: PagesStore, signs: MessengerSigns, settings: SettingsStore, dataSource: DataSource, outbox: Outbox) => {
        const isOurs = (pageId: string): boolean => settings.botOfPage(pageId) !== undefined;
        const watch = new WatchPages({ store, signs, tell: new TellWaiting(dataSource, outbox), isOurs });
        gauge(METRICS.messengerPagesStopped, (of) => of.set(watch.stopped.length));
        return watch;
      },
    ),
    provide(
      TidyMessenger,
      [DataSource, Effects, Personas, MessengerPages],
      (dataSource: DataSource, effects: Effects, personas: Personas, pages: MessengerPages) =>
        new TidyMessenger(dataSource, effects, personas, pages),
    ),
  ];
}
