import { Audit1790000200000 } from '../audit/audit.migration.js';
import { BotKeys1790000310000 } from '../bot-keys/bot-keys.migration.js';
import { Connect1790000300000 } from '../connect/connect.migration.js';
import { CreateConnections1767600030000 } from '../connect/connections.migration.js';
import { Alarms1790000500100 } from '../alarms/alarms.migration.js';
import { DeadLetters1790000500000 } from '../dead-letters/dead-letters.migration.js';
import { Documents1790000000000 } from '../documents/documents.migration.js';
import { History1790000210000 } from '../documents/history.migration.js';
import { Members1790000110000 } from '../members/members.migration.js';
import { PrivacyRequests1790000600000 } from '../privacy/privacy-requests.migration.js';
import { People1790000100000 } from '../sign-in/people.migration.js';

/** In the order in which they run. */
export const migrations = [
  CreateConnections1767600030000,
  Documents1790000000000,
  People1790000100000,
  Members1790000110000,
  Audit1790000200000,
  History1790000210000,
  Connect1790000300000,
  BotKeys1790000310000,
  DeadLetters1790000500000,
  Alarms1790000500100,
  PrivacyRequests1790000600000,
];
