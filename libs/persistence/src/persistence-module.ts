import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { isTlsTrouble } from './database-client.js';
import { dataSourceOptions, type DatabaseOptions } from './data-source.js';

/** A starting service waits half a minute for Postgres, then gives up and lets whoever started it decide. */
const RETRY_DELAY_MS = 500;
const RETRY_ATTEMPTS = 60;

/** The service's data source as a Nest module: inject `DataSource`, or repositories by `TypeOrmModule.forFeature`. */
export function persistenceModule(options: DatabaseOptions): DynamicModule {
  return TypeOrmModule.forRoot({
    ...dataSourceOptions(options),
    retryAttempts: RETRY_ATTEMPTS,
    retryDelay: RETRY_DELAY_MS,
    toRetry: (error: unknown) => !isTlsTrouble(error),
  });
}
