import { isTransient } from '@baton/persistence';
import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DoorRefusal } from './door-refusal.js';
import type { DoorCode } from './door-refusal.js';

const CODES: Readonly<Record<number, DoorCode>> = { 404: 'not-found', 413: 'too-large', 503: 'try-later' };

/** Every refusal has the one form of the doors, whoever made it, and none repeats what was asked or tells what happened inside. */
@Catch()
export class TellRefusals implements ExceptionFilter {
  private readonly log = new Logger(TellRefusals.name);

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    tellRefusal(error, host.switchToHttp().getResponse<FastifyReply>(), this.log);
  }
}

/** Answers with what became of a request; what nobody foresaw is told in the log. */
export function tellRefusal(error: unknown, reply: FastifyReply, log?: Pick<Logger, 'error'>): void {
  if (error instanceof DoorRefusal) return void reply.code(error.getStatus()).send(error.getResponse());
  const status = statusOf(error);
  if (status === 500) log?.error(error, 'a request ended in an error that nobody foresaw');
  if (status === 503) reply.header('retry-after', '2');
  const code = status === 500 ? 'failed' : (CODES[status] ?? 'bad-request');
  void reply.code(status).send({ error: { code } });
}

function statusOf(error: unknown): number {
  if (isTransient(error)) return 503;
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
