import type { Socket } from 'node:net';
import { types } from 'node:util';
import pg from 'pg';

export interface DatabaseClientConfig extends pg.ClientConfig {
  /** A connection on which nothing moves for so long while a statement waits for its answer is ended, in ms; without it the wait has no end. */
  readonly answerWithinMs?: number;
}

/** What pg keeps to itself. */
interface Inside {
  readonly connection: { readonly stream: Socket };
  /** False while a statement waits for its answer. */
  readonly readyForQuery: boolean;
}

/**
 * A connection to Postgres. Its TLS is what the URL says (`sslmode`, `sslrootcert`, `sslcert`, `sslkey`); the files are read anew by each
 * connection. Between the moment a connection stands and the moment somebody listens to it, a restarting Postgres can already have ended
 * it, and an error that nobody hears ends the process: here it is heard, and whoever uses the connection next is told by its statement.
 */
export class DatabaseClient extends pg.Client {
  constructor(config?: string | DatabaseClientConfig) {
    super(config);
    this.on('error', () => undefined);
    const answerWithinMs = typeof config === 'object' ? (config.answerWithinMs ?? 0) : 0;
    if (answerWithinMs > 0) this.once('connect', () => this.endWhenMute(answerWithinMs));
  }

  /** A statement on a half-open connection would wait for ever: its server is gone, and nobody told. */
  private endWhenMute(answerWithinMs: number): void {
    const { connection } = this as unknown as Inside;
    connection.stream.setTimeout(answerWithinMs, () => {
      if ((this as unknown as Inside).readyForQuery) return;
      connection.stream.destroy(new Error(`Connection terminated: Postgres did not answer for ${answerWithinMs / 1_000} s`));
    });
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: ((error: Error) => void) | ((error: null, client: pg.Client) => void)): void;
  override connect(callback?: ((error: Error) => void) | ((error: null, client: pg.Client) => void)): Promise<pg.Client> | void {
    if (callback === undefined) return super.connect().catch((error: unknown) => Promise.reject(explained(error)));
    const told = callback as (error: unknown, client?: pg.Client) => void;
    super.connect(((error: unknown, client?: pg.Client) => told(explained(error), client)) as typeof callback);
  }
}

/** Whether Postgres' certificate was not trusted or TLS was not to be had: it will not be a moment later, either. */
export function isTlsTrouble(error: unknown): error is Error {
  return types.isNativeError(error) && (TLS_CODES.has(codeOf(error)) || NO_TLS.test(error.message) || EXPLAINED.test(error.message));
}

/** Of Node and OpenSSL: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const TLS_CODES = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'INVALID_CA',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const NO_TLS = /does not support SSL/;
const EXPLAINED = /^Postgres (shows a certificate|speaks no TLS)/;

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The same error with a sentence that says what to look at; the URL itself stands in none. */
function explained<T>(error: T): T {
  if (!isTlsTrouble(error) || EXPLAINED.test(error.message)) return error;
  error.message = NO_TLS.test(error.message)
    ? 'Postgres speaks no TLS, but sslmode of its URL asks for it'
    : `Postgres shows a certificate that is not trusted (${error.message}): its URL must name the authority and the right host, ?sslmode=verify-full&sslrootcert=<file>`;
  return error;
}
