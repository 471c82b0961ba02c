export { createDataSource, type DatabaseOptions } from './data-source.js';
export { DatabaseClient } from './database-client.js';
export { isTransient } from './is-transient.js';
export { persistenceModule } from './persistence-module.js';
export { runMigrations, type MigrationOptions, type MigrationPatience } from './run-migrations.js';
export { TableHeld } from './table-held.js';
