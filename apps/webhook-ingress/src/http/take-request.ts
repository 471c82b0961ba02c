import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusal } from './refusal.js';
import { sendRefusal } from './send-refusal.js';

/** The client's address, as limits count it. */
export type AddressOf = (request: FastifyRequest) => string;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const NO_BODY = Buffer.alloc(0);

/** Refuses every other method at this address, before the body is looked at: whatever it is, it is not taken. */
export function onlyTakes(server: FastifyInstance, url: string, allowed: readonly string[]): void {
  server.route({
    method: METHODS.filter((method) => !allowed.includes(method)),
    url,
    onRequest: async (_request, reply) => sendRefusal(reply.header('allow', allowed.join(', ')), refusal('http.method')),
    handler: () => undefined,
  });
}

export function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : NO_BODY;
}

/** What is said once; of what is repeated nobody knows which was meant. */
export function textOf(said: unknown): string | undefined {
  return typeof said === 'string' ? said : undefined;
}
