export { digestOf, type MigrationsOf, shapeOf, shapeProblems, upgradeProblems } from './judge-migrations.js';
export { type Objection, objectionsTo } from './judge-statement.js';
export {
  compareVersions,
  previousTables,
  type ReleasedSchema,
  type ReleasedTables,
  RELEASES_DIRECTORY,
  releasedVersions,
} from './released.js';
export { type ColumnShape, readShape, type SchemaShape, type TableShape, whatIsMissing } from './schema-shape.js';
export { type Declared, type MigrationClass, readMigration, splitStatements } from './statements.js';
