import { Catch, HttpException, Logger, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { refusal } from './refusal.js';
import type { RefusalCode } from './refusal.js';
import { sendRefusal } from './send-refusal.js';

/** What nobody serves is refused in the same form as everything else; who breaks off on the way is no error of ours. */
@Catch()
export class RefuseUnknownAddress implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const code = codeOf(error);
    if (code === 'internal') this.log.error(error, 'a request ended in an error that nobody foresaw');
    void sendRefusal(host.switchToHttp().getResponse<FastifyReply>(), refusal(code));
  }
}

function codeOf(error: unknown): RefusalCode {
  if (error instanceof NotFoundException) return 'http.not-found';
  // What Fastify itself refuses there, an empty body that says it is JSON for example, comes as Nest's own.
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status < 500 ? 'http.malformed' : 'internal';
}
