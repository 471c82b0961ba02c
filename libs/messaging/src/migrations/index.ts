import type { MigrationInterface } from 'typeorm';

/** The tables of inbox and outbox, for the service's own schema. */
export const messagingMigrations: (new () => MigrationInterface)[] = [];
