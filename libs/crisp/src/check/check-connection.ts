import { findingsOf } from './findings.js';
import type { ConnectionFindings, WayBack } from './findings.js';
import { probeConnection } from './probe-connection.js';
import type { ConnectionToCheck } from './probe-connection.js';

/**
 * Asks Crisp what a connection can do and says what is missing; changes nothing there.
 * Crisp's refusals and silence are findings, not errors.
 */
export async function checkConnection(connection: ConnectionToCheck, wayBack: WayBack): Promise<ConnectionFindings> {
  return findingsOf(await probeConnection(connection), wayBack);
}
