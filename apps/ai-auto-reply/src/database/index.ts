import { effectsMigrations } from '@baton/effects';
import { messagingMigrations } from '@baton/messaging';
import { botMigrations } from '../bot/talks.migration.js';
import { connectionMigrations } from '../connection/connection.migration.js';
import { CatchUps1767690160000 } from '../inbox/catch-up/catch-ups.migration.js';
import { InboxSessions1767690060000 } from '../inbox/sessions.migration.js';
import { quotaMigrations } from '../quota/quota.migration.js';
import { Receipts1767690000000 } from '../receipts/receipts.migration.js';
import { sourcesMigrations } from '../sources/sources.migration.js';

/** The service's own schema in the main database. */
export const SCHEMA = 'ai_auto_reply';
export const migrations = [
  ...messagingMigrations,
  ...effectsMigrations,
  ...quotaMigrations,
  ...connectionMigrations,
  Receipts1767690000000,
  InboxSessions1767690060000,
  CatchUps1767690160000,
  ...botMigrations,
  ...sourcesMigrations,
];
