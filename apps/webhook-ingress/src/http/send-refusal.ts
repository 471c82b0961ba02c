import type { FastifyReply } from 'fastify';
import type { Refusal } from './refusal.js';

export function sendRefusal(reply: FastifyReply, { status, retryAfterSeconds, body }: Refusal): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  return reply.code(status).send(body);
}
