import type { MigrationInterface } from 'typeorm';
export const effectsMigrations: (new () => MigrationInterface)[] = [];
