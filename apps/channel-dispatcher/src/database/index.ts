import { effectsMigrations } from '@baton/effects';
import { messagingMigrations } from '@baton/messaging';
import { AddErasures1768200000000 } from './add-erasures.migration.js';
import { AddMessengerArrivals1768000000000 } from './add-messenger-arrivals.migration.js';
import { AddMessengerProfiles1767800000000 } from './add-messenger-profiles.migration.js';
import { AddPersonaUse1768100000000 } from './add-persona-use.migration.js';
import { ConversationEntity } from './conversation.entity.js';
import { CountMessengerUnavailable1767900000000 } from './count-messenger-unavailable.migration.js';
import { CreateDispatcherTables1767610000000 } from './create-dispatcher-tables.migration.js';
import { CreateHostedFiles1767700000000 } from './create-hosted-files.migration.js';
import { CreateMessengerTables1767620000000 } from './create-messenger-tables.migration.js';
import { HeldDeliveryEntity } from './held-delivery.entity.js';
import { HostedFileEntity } from './hosted-file.entity.js';
import { LogLineEntity } from './log-line.entity.js';
import { MessengerElsewhereEntity } from './messenger-elsewhere.entity.js';
import { MessengerMessageEntity } from './messenger-message.entity.js';
import { MessengerPageEntity } from './messenger-page.entity.js';
import { MessengerPartEntity } from './messenger-part.entity.js';
import { MessengerPersonaEntity } from './messenger-persona.entity.js';
import { MessengerThreadEntity } from './messenger-thread.entity.js';
import { PresenceEntity } from './presence.entity.js';
import { ReplicaEntity } from './replica.entity.js';

export const SCHEMA = 'dispatcher';
export const entities = [
  ConversationEntity,
  LogLineEntity,
  HeldDeliveryEntity,
  ReplicaEntity,
  PresenceEntity,
  MessengerThreadEntity,
  MessengerMessageEntity,
  MessengerPartEntity,
  MessengerElsewhereEntity,
  MessengerPageEntity,
  MessengerPersonaEntity,
  HostedFileEntity,
];
export const migrations = [
  ...messagingMigrations,
  ...effectsMigrations,
  CreateDispatcherTables1767610000000,
  CreateMessengerTables1767620000000,
  CreateHostedFiles1767700000000,
  AddMessengerProfiles1767800000000,
  CountMessengerUnavailable1767900000000,
  AddMessengerArrivals1768000000000,
  AddPersonaUse1768100000000,
  AddErasures1768200000000,
];
