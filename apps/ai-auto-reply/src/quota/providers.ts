import { Outbox } from '@baton/messaging';
import { SettingsStore } from '@baton/settings';
import { counter, provide } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';
import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { QuotaKeeper } from './quota-keeper.js';
import { Quota } from './quota.js';
import { UsageReader } from './usage-reader.js';

/** The ledger of answers, what looks after it, and what reads it. */
export function quotaProviders(logger: Logger): FactoryProvider[] {
  return [
    provide(Quota, [SettingsStore], (plans: SettingsStore) => quotaOf(plans, logger)),
    provide(QuotaKeeper, [DataSource, SettingsStore, Outbox], (dataSource: DataSource, plans: SettingsStore, outbox: Outbox) =>
      keeperOf({ dataSource, plans, outbox }, logger),
    ),
    provide(UsageReader, [DataSource, SettingsStore], (dataSource: DataSource, plans: SettingsStore) => new UsageReader(dataSource, plans)),
  ];
}

function quotaOf(plans: SettingsStore, logger: Logger): Quota {
  const ends = counter('baton_quota_turned_away_total', 'Questions without an answer because the plan was at its end.');
  const late = counter(
    'baton_quota_late_total',
    'Answers counted although their reservation had been given back: they were posted after all.',
  );
  return new Quota({
    plans,
    observer: {
      onEnd: () => ends.inc(),
      onLate: () => late.inc(),
      onUnknown: (entryId) => logger.error({ entryId }, 'an answer was said that nobody reserved: it is not counted'),
    },
  });
}

function keeperOf(
  needs: { readonly dataSource: DataSource; readonly plans: SettingsStore; readonly outbox: Outbox },
  logger: Logger,
): QuotaKeeper {
  const warnings = counter('baton_quota_warnings_total', 'Workspaces that came near the end of their month.');
  const keeper = new QuotaKeeper(needs);
  keeper.onWarning((warning) => {
    warnings.inc();
    logger.warn(warning, 'a workspace comes near the end of its answers of this month');
  });
  return keeper;
}
