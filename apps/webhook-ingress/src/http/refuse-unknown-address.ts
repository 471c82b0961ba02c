import { Catch, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { refusal } from './refusal.js';
import { sendRefusal } from './send-refusal.js';

/** What nobody serves is refused in the same form as everything else. */
@Catch(NotFoundException)
export class RefuseUnknownAddress implements ExceptionFilter {
  catch(_exception: NotFoundException, host: ArgumentsHost): void {
    void sendRefusal(host.switchToHttp().getResponse<FastifyReply>(), refusal('http.not-found'));
  }
}
