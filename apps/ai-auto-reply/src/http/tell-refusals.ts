import { isTransient } from '@baton/persistence';
import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Refusal } from './refusal.js';

/** The same may succeed a little later. */
const PASSING: ReadonlySet<number> = new Set([429, 503]);

/** Every refusal has one form, whoever made it, and none tells what happened inside. */
@Catch()
export class TellRefusals implements ExceptionFilter {
  private readonly log = new Logger(TellRefusals.name);

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const told = error instanceof Refusal ? error : refusalOf(error);
    if (told.getStatus() === 500) this.log.error(error, 'a request ended in an error that nobody foresaw');
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (PASSING.has(told.getStatus())) reply.header('retry-after', String(Math.ceil(told.backInMs / 1_000)));
    void reply.code(told.getStatus()).send(told.getResponse());
  }
}

function refusalOf(error: unknown): Refusal {
  if (isTransient(error)) return new Refusal('not-ready', 'try again in a moment');
  switch (error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode) {
    case 400:
      return new Refusal('invalid-request', 'the body must be a JSON object');
    case 404:
      return new Refusal('not-found', 'there is nothing at this address');
    case 413:
      return new Refusal('too-large', 'the body is too large');
    case 415:
      return new Refusal('unsupported-media-type', 'the body must be application/json');
    default:
      return new Refusal('failed', 'the request could not be answered');
  }
}
