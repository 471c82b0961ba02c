import { effectsMigrations } from '@baton/effects';
import { messagingMigrations } from '@baton/messaging';
import { Conversations1767571200000 } from './conversations.migration.js';
import { CrispCalls1767571690000 } from './crisp-calls.migration.js';
import { Decisions1790000700000 } from './decisions.migration.js';
import { DeliveryTruth1767571320000 } from './delivery-truth.migration.js';
import { Doors1767571260000 } from './doors.migration.js';
import { Mailed1767571750000 } from './mailed.migration.js';
import { JudgedFacts1790000900000 } from './judged-facts.migration.js';
import { Outcomes1767571560000 } from './outcomes.migration.js';
import { Promises1767571380000 } from './promises.migration.js';
import { Ratings1767571620000 } from './ratings.migration.js';
import { WebsiteHooks1790000510000 } from '../signals/website-hooks.migration.js';
import { Waiting1767571500000 } from './waiting.migration.js';

/** The service's own schema in Postgres. */
export const SCHEMA = 'orchestrator';

export const migrations = [
  ...messagingMigrations,
  ...effectsMigrations,
  Conversations1767571200000,
  Doors1767571260000,
  DeliveryTruth1767571320000,
  Promises1767571380000,
  Waiting1767571500000,
  Outcomes1767571560000,
  Ratings1767571620000,
  CrispCalls1767571690000,
  Mailed1767571750000,
  Decisions1790000700000,
  WebsiteHooks1790000510000,
  JudgedFacts1790000900000,
];
