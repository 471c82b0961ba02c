import { effectsMigrations } from '@baton/effects';
import { messagingMigrations } from '@baton/messaging';
import { Receipts1767690000000 } from '../receipts/receipts.migration.js';

/** The service's own schema in the main database. */
export const SCHEMA = 'ai_auto_reply';
export const migrations = [...messagingMigrations, ...effectsMigrations, Receipts1767690000000];
