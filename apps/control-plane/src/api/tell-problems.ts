import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Problem } from '@baton/control-api';
import { isTransient } from '@baton/persistence';
import type { FastifyReply } from 'fastify';
import { ApiRefusal, problemOf } from './problem.js';

/** Every refusal has one form, and none tells what happened inside; what is our own fault stands in the log, by its kind. */
@Catch()
export class TellProblems implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.problem(error);
    if (problem.retryAfter !== undefined) void reply.header('retry-after', String(problem.retryAfter));
    void reply.code(problem.status).header('cache-control', 'no-store').type('application/problem+json').send(JSON.stringify(problem));
  }

  private problem(error: unknown): Problem {
    if (error instanceof ApiRefusal) return problemOf(error.code, error.detail, error.details);
    if (isTransient(error)) return problemOf('not-ready', 'The database does not answer. Try again in a moment.', { retryAfter: 2 });
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
    if (status === 404) return problemOf('not-found', 'There is nothing at this address.');
    if (status === 413) return problemOf('too-large', 'The body is larger than this operation takes.');
    if (status === 415) return problemOf('unsupported-media-type', 'The body must be application/json.');
    if (typeof status === 'number' && status >= 400 && status < 500) return problemOf('invalid-request', 'The body must be JSON.');
    this.log.error(
      `a request could not be answered: ${error instanceof Error ? `${error.name} ${error.stack?.split('\n')[1]?.trim()}` : 'unknown'}`,
    );
    return problemOf('failed', 'The request could not be answered. It stands in the log of the control plane.');
  }
}
