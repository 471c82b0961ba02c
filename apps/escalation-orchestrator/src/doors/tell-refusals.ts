import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isTransient } from '@baton/persistence';

const CODES: Readonly<Record<number, readonly [string, string]>> = {
  400: ['invalid-request', 'the body must be a JSON object'],
  404: ['not-found', 'there is nothing at this address'],
  413: ['too-large', 'the body must not be larger than 1 MiB'],
  415: ['unsupported-media-type', 'the body must be application/json'],
};

/** Every refusal has one form, and none tells what happened inside; what is our own fault stands in the log, by its kind. */
@Catch()
export class TellRefusals implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const status = statusOf(error);
    if (status === 500) this.log.error(`a request could not be answered: ${error instanceof Error ? error.name : 'unknown'}`);
    const [code, message] =
      CODES[status] ?? (status === 503 ? ['not-ready', 'try again in a moment'] : ['failed', 'the request could not be answered']);
    if (status === 503) reply.header('retry-after', '1');
    void reply.code(status).send({ error: { code, message } });
  }
}

function statusOf(error: unknown): number {
  if (isTransient(error)) return 503;
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
