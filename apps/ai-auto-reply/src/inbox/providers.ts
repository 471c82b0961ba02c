import { CrispConnections } from '@baton/crisp';
import { Inbox, Outbox } from '@baton/messaging';
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
import { InboxJudge } from './inbox-judge.js';
import { InboxRoad } from './inbox-road.js';
import { Observations } from './observations.js';

/** The assistant in Crisp's inboxes. */
export function inboxProviders(config: Config, logger: Logger): FactoryProvider[] {
  return [
    provide(Observations, [], () => new Observations()),
    provide(
      InboxRoad,
      [DataSource, Outbox, SettingsStore, CrispConnections, Asking, MaySpeak, Quota, Receipts, Knowledge, Observations],
      (
        dataSource: DataSource,
        outbox: Outbox,
        settings: SettingsStore,
        connections: CrispConnections,
        asking: Asking,
        maySpeak: MaySpeak,
        quota: Quota,
        receipts: Receipts,
        knowledge: Knowledge,
        observations: Observations,
      ) =>
        new InboxRoad({
          dataSource,
          inbox: new Inbox('crisp-inbox'),
          outbox,
          settings,
          connections,
          asking,
          maySpeak,
          quota,
          receipts,
          stillLive: (scope, used) => knowledge.store.stillLive(scope, used),
          observations,
          log: logger,
          instanceId: config.INSTANCE_ID,
          answersAtOnce: config.ANSWERS_AT_ONCE,
          catchUpEveryMs: config.CATCH_UP_SECONDS * 1_000,
          forgetting: { sessionDays: config.SESSION_DAYS, receiptDays: config.RECEIPT_DAYS },
        }),
    ),
    provide(InboxJudge, [InboxRoad], (road: InboxRoad) => road.judge),
  ];
}
