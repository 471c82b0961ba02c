import { effectsMigrations } from '@baton/effects';
import { messagingMigrations } from '@baton/messaging';
import { connectionMigrations } from '../connection/connection.migration.js';
import { quotaMigrations } from '../quota/quota.migration.js';

/** The service's own schema in the main database. */
export const SCHEMA = 'ai_auto_reply';
export const migrations = [...messagingMigrations, ...effectsMigrations, ...quotaMigrations, ...connectionMigrations];
