import { Audit1790000200000 } from '../audit/audit.migration.js';
import { CreateConnections1767600030000 } from '../connect/connections.migration.js';
import { Documents1790000000000 } from '../documents/documents.migration.js';
import { People1790000100000 } from '../sign-in/people.migration.js';

/** In the order in which they run. */
export const migrations = [CreateConnections1767600030000, Documents1790000000000, People1790000100000, Audit1790000200000];
