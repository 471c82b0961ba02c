import { Outbox } from '@baton/messaging';
import { SettingsStore } from '@baton/settings';
import { counter, provide, METRICS } from '@baton/telemetry';
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
  const ends = counter(METRICS.quotaTurnedAway);
  const late = counter(METRICS.quotaLate);
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
  const warnings = counter(METRICS.quotaWarnings);
  const keeper = new QuotaKeeper(needs);
  keeper.onWarning((warning) => {
    warnings.inc();
    logger.warn(warning, 'a workspace comes near the end of its answers of this month');
  });
  return keeper;
}
