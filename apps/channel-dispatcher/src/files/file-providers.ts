import { Effects } from '@baton/effects';
import { Outbox } from '@baton/messaging';
import { SettingsStore } from '@baton/settings';
import { counter, provide, METRICS } from '@baton/telemetry';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../config.js';
import { ForgetIdle } from '../log/forget-idle.js';
import { LogStore } from '../log/log.store.js';
import { MessengerOutward } from '../messenger/out/messenger-outward.js';
import { FetchEffect } from './fetch-effect.js';
import { FileLinks } from './file-links.js';
import { FileLimits } from './file-limits.js';
import { FilesStore } from './files.store.js';
import { HostedFiles } from './hosted-files.js';
import { Places } from './places.js';
import { TellVisitor } from './tell-visitor.js';
import { TidyFiles } from './tidy-files.js';

const MB = 1_048_576;
const DAY_MS = 86_400_000;
const FETCH_MS = 20_000;
/** Files of channels that are held in memory at once. */
const MAX_FETCHES = 6;

/** Everything of hosted files but their doors, and what is deleted by its age. */
export function fileProviders(config: Config): FactoryProvider[] {
  const maxBytes = config.FILES_MAX_MB * MB;
  const allowed = config.FILES_TYPES;
  const maxPerConversation = config.FILES_PER_VISITOR_MB * MB;
  const fetching = { maxBytes, timeoutMs: FETCH_MS, allowLoopback: config.FILES_FROM_LOOPBACK === 'on' };
  return [
    provide(FileLimits, [], () => new FileLimits(maxBytes)),
    provide(FilesStore, [DataSource], (dataSource: DataSource) => new FilesStore(dataSource)),
    provide(TidyFiles, [FilesStore], (store: FilesStore) => new TidyFiles(store, config.FILES_TOTAL_MB * MB)),
    provide(FetchEffect, [FilesStore, TidyFiles], (store: FilesStore, tidy: TidyFiles) => {
      const fetched = counter(METRICS.filesFetched);
      const onEnd = (outcome: string): void => fetched.inc({ outcome });
      const limits = { maxPerConversation, isFull: () => tidy.isFull };
      return new FetchEffect({ store, fetching, allowed, ...limits, places: new Places(MAX_FETCHES), onEnd });
    }),
    provide(
      HostedFiles,
      [FilesStore, Effects],
      (store: FilesStore, effects: Effects) =>
        new HostedFiles({
          store,
          effects,
          allowed,
          links: new FileLinks(config.PUBLIC_URL, config.WEBCHAT_TOKEN_KEY),
          keepMs: config.FILES_KEEP_DAYS * DAY_MS,
          maxPerConversation,
        }),
    ),
    provide(
      TellVisitor,
      [FetchEffect, LogStore, MessengerOutward, Outbox, SettingsStore],
      (fetchEffect: FetchEffect, log: LogStore, messenger: MessengerOutward, outbox: Outbox, bots: SettingsStore) => {
        const outward = new Map([['messenger', messenger]]);
        const tell = new TellVisitor({ log, outward, outbox, bots, instance: config.INSTANCE_ID, maxBytes });
        // Set here and not given: what sends the words needs the effects, and they need what fetches.
        fetchEffect.onRefused = (manager, file, reason) => tell.tell(manager, file, reason);
        return tell;
      },
    ),
    provide(ForgetIdle, [DataSource], (dataSource: DataSource) => new ForgetIdle(dataSource, config.LOG_RETENTION_DAYS)),
  ];
}
