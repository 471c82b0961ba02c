import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Level, type Logger } from 'pino';
import { traceFields } from './tracing/log-fields.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly service: string;
  /** What an on-call does with each: `error` look now, `warn` look today, `info` nothing, `debug` and `trace` ask for it. */
  readonly level: Level | 'silent';
  /** Which replica. */
  readonly instance: string;
  /** Where the lines go; standard output by default. */
  readonly destination?: DestinationStream;
}

/** Secrets and people's words never reach a log, not even inside an error's fields. */
const NEVER_LOGGED = [
  'text',
  'note',
  'handover_note',
  'question',
  'body',
  'payload',
  'password',
  'secret',
  'token',
  'authorization',
  'cookie',
  'email',
  'phone',
  'query',
  'parameters',
  'detail',
];

/** One JSON object a line: time in ISO 8601, level as a word, service, instance, the trace that is worked on, then what the caller says. */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.service, instance: options.instance },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: traceFields,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: NEVER_LOGGED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[not logged]' },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

/** The same logger as Nest wants it; Nest's own start-up chatter goes to `debug`. */
export function nestLogger(logger: Logger): LoggerService {
  const write = (level: Level, message: unknown, rest: readonly unknown[]): void => {
    const context = rest.length > 0 && typeof rest[rest.length - 1] === 'string' ? (rest[rest.length - 1] as string) : undefined;
    const fields = context === undefined ? {} : { context };
    if (message instanceof Error) logger[level]({ ...fields, err: message }, message.message);
    else logger[level](fields, typeof message === 'string' ? message : JSON.stringify(message));
  };
  return {
    log: (message, ...rest) => write('debug', message, rest),
    error: (message, ...rest) => write('error', message, rest),
    warn: (message, ...rest) => write('warn', message, rest),
    debug: (message, ...rest) => write('debug', message, rest),
    verbose: (message, ...rest) => write('trace', message, rest),
    fatal: (message, ...rest) => write('fatal', message, rest),
  };
}
