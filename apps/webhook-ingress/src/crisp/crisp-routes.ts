import { counter, METRICS } from '@baton/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendRefusal } from '../http/send-refusal.js';
import { refusal } from '../http/refusal.js';
import type { Received, ReceiveCrispHook } from './receive-hook.js';

export const WEBSITE_HOOK_PATH = '/api/integrations/livechat/crisp/webhook/:botId';
export const PLUGIN_HOOK_PATH = '/api/integrations/livechat/crisp/plugin/:pluginId';

const NO_BODY = Buffer.alloc(0);
const OTHER_METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

interface WebsiteHook {
  Params: { botId: string };
  Querystring: Record<string, unknown>;
}

interface PluginHook {
  Params: { pluginId: string };
}

/**
 * The two addresses that Crisp calls. They stand on Fastify itself, not on a controller: every web hook passes here, and what Nest puts
 * around a controller would make each a tenth dearer (docs/decisions/0002).
 */
export function crispRoutes(server: FastifyInstance, receive: ReceiveCrispHook): void {
  const answer = answering();

  server.post<WebsiteHook>(WEBSITE_HOOK_PATH, (request, reply) => {
    const { key } = request.query;
    const received = receive.ofWebsite(request.params.botId, typeof key === 'string' ? key : undefined, bodyOf(request));
    return answer(received, reply);
  });

  server.post<PluginHook>(PLUGIN_HOOK_PATH, (request, reply) => {
    const { headers } = request;
    const signed = { timestamp: textOf(headers['x-crisp-request-timestamp']), signature: textOf(headers['x-crisp-signature']) };
    return answer(receive.ofPlugin(request.params.pluginId, signed, bodyOf(request)), reply);
  });

  for (const url of [WEBSITE_HOOK_PATH, PLUGIN_HOOK_PATH]) {
    server.route({
      method: OTHER_METHODS,
      url,
      // Before the body is looked at: whatever it is, it is not taken.
      onRequest: async (_request, reply) => sendRefusal(reply.header('allow', 'POST'), refusal('http.method')),
      handler: () => undefined,
    });
  }
}

function answering(): (received: Promise<Received>, reply: FastifyReply) => Promise<FastifyReply> {
  const outcomes = counter(METRICS.webhooks, 'Web hooks answered, by outcome: accepted, ignored, or the code of the refusal', ['outcome']);
  const accepted = outcomes.labels('accepted');
  return async (received, reply) => {
    const outcome = await received;
    if (outcome === 'accepted') {
      accepted.inc();
      return reply.send();
    }
    if (outcome === 'ignored') {
      outcomes.inc({ outcome });
      return reply.send();
    }
    outcomes.inc({ outcome: outcome.body.code });
    return sendRefusal(reply, outcome);
  };
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : NO_BODY;
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
