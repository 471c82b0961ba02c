import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { DatabaseClient } from './database-client.js';

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`, with TLS as libpq has it: `?sslmode=verify-full&sslrootcert=/path`. */
  readonly url: string;
  /** The service's own schema; every statement finds its tables there first. */
  readonly schema: string;
  /** Shown in `pg_stat_activity`, so that a long transaction can be told to its service. */
  readonly applicationName: string;
  readonly entities?: DataSourceOptions['entities'];
  readonly migrations?: DataSourceOptions['migrations'];
  /** Connections at most; a transaction that waits for one longer than 5 s fails as transient. Default 10. */
  readonly poolSize?: number;
  /** A connection whose statement gets no answer for so long is ended, in ms; 0: it may take as long as it takes. Default 20 s. */
  readonly answerWithinMs?: number;
  /** Told when an idle connection broke; the pool replaces it by itself. */
  readonly onPoolError?: (error: Error) => void;
}

/** A connection that takes longer is not coming; the caller retries with back-off. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Nothing a service asks for takes this long: what does is stuck behind a lock and gets an error instead. */
const STATEMENT_TIMEOUT_MS = 15_000;
/** A transaction left open by a stuck process must not hold its row locks for ever. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
/** Postgres itself ends a statement earlier; who says nothing for so long is gone, and no FIN told us. */
const ANSWER_WITHIN_MS = STATEMENT_TIMEOUT_MS + 5_000;

/**
 * A data source for a service's schema; it connects at `initialize()` and creates nothing.
 * Statements are never logged: they carry people's words.
 */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource(dataSourceOptions(options));
}

export function dataSourceOptions(options: DatabaseOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    schema: checkedSchema(options.schema),
    entities: options.entities ?? [],
    migrations: options.migrations ?? [],
    migrationsTableName: 'migrations',
    applicationName: options.applicationName,
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    installExtensions: false,
    logging: false,
    logger: SILENT,
    poolErrorHandler: options.onPoolError ?? (() => undefined),
    extra: {
      Client: DatabaseClient,
      answerWithinMs: options.answerWithinMs ?? ANSWER_WITHIN_MS,
      options: `-c search_path=${options.schema},public`,
      keepAlive: true,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    },
  };
}

/** Errors are thrown to whoever asked; TypeORM's own lines would carry statements, and with them people's words. */
const SILENT: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** Schema names go into statements as they are, so only plain ones are taken. */
export function checkedSchema(schema: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema))
    throw new Error(`"${schema}" is no schema name: a to z, 0 to 9 and _, starting with a letter`);
  return schema;
}
