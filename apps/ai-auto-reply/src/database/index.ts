import { effectsMigrations } from '@baton/effects';
import { messagingMigrations } from '@baton/messaging';

/** The service's own schema in the main database. */
export const SCHEMA = 'ai_auto_reply';
export const migrations = [...messagingMigrations, ...effectsMigrations];
