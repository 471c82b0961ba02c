import { effectsMigrations } from '@baton/effects';
import { messagingMigrations } from '@baton/messaging';
import { ConversationEntity } from './conversation.entity.js';
import { CreateDispatcherTables1767610000000 } from './create-dispatcher-tables.migration.js';
import { CreateHostedFiles1767700000000 } from './create-hosted-files.migration.js';
import { HeldDeliveryEntity } from './held-delivery.entity.js';
import { LogLineEntity } from './log-line.entity.js';
import { PresenceEntity } from './presence.entity.js';
import { ReplicaEntity } from './replica.entity.js';

export const SCHEMA = 'dispatcher';
export const entities = [ConversationEntity, LogLineEntity, HeldDeliveryEntity, ReplicaEntity, PresenceEntity];
export const migrations = [
  ...messagingMigrations,
  ...effectsMigrations,
  CreateDispatcherTables1767610000000,
  CreateHostedFiles1767700000000,
];
