import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/** Postgres codes after which the same work may succeed: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const TRANSIENT_CODES = new Set([
  '40001', // serialization failure
  '40P01', // deadlock: the other one went on
  '55P03', // a lock was not to be had in time
  '57014', // statement time-out
  '57P01', // the server is shutting down
  '57P02', // another backend crashed, all were ended
  '57P03', // starting up or recovering
  '25P03', // idle too long inside a transaction
]);

/** Connection trouble, and too little of a resource (connections, memory, disk). */
const TRANSIENT_CLASSES = ['08', '53'];

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** `pg`, its pool, and TypeORM before a data source is open, tell these by text only. */
const TRANSIENT_MESSAGES = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client was closed and is not queryable',
  'Client has encountered a connection error and is not queryable',
  'Driver not Connected',
];

/** Whether the same work may well succeed a little later: Postgres is away, restarting, out of connections, or chose another transaction. */
export function isTransient(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = causeOf(cause), depth += 1) {
    if (isTransientItself(cause)) return true;
  }
  return false;
}

function isTransientItself(error: Error): boolean {
  // TypeORM lets go of a connection that broke in the middle of a transaction and answers the next statement with these.
  if (error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (TRANSIENT_CODES.has(code) || NETWORK_CODES.has(code)) return true;
  if (code.length === 5 && TRANSIENT_CLASSES.includes(code.slice(0, 2))) return true;
  return TRANSIENT_MESSAGES.some((message) => error.message.startsWith(message));
}

function causeOf(error: Error): unknown {
  if ('driverError' in error && error.driverError instanceof Error) return error.driverError;
  // Several addresses of one host were tried and all refused.
  if (error instanceof AggregateError) return error.errors[0];
  return error.cause;
}
