import type { FastifyInstance } from 'fastify';
import { answering } from '../http/answering.js';
import { bodyOf, onlyTakes, textOf } from '../http/take-request.js';
import type { AddressOf } from '../http/take-request.js';
import type { ReceiveCrispHook } from './receive-hook.js';

export const WEBSITE_HOOK_PATH = '/api/integrations/livechat/crisp/webhook/:botId';
export const PLUGIN_HOOK_PATH = '/api/integrations/livechat/crisp/plugin/:pluginId';

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
export function crispRoutes(server: FastifyInstance, receive: ReceiveCrispHook, addressOf: AddressOf): void {
  const answer = answering('crisp');

  server.post<WebsiteHook>(WEBSITE_HOOK_PATH, (request, reply) => {
    const received = receive.ofWebsite(request.params.botId, textOf(request.query['key']), bodyOf(request), addressOf(request));
    return answer(received, reply);
  });

  server.post<PluginHook>(PLUGIN_HOOK_PATH, (request, reply) => {
    const { headers } = request;
    const signed = { timestamp: textOf(headers['x-crisp-request-timestamp']), signature: textOf(headers['x-crisp-signature']) };
    return answer(receive.ofPlugin(request.params.pluginId, signed, bodyOf(request), addressOf(request)), reply);
  });

  for (const url of [WEBSITE_HOOK_PATH, PLUGIN_HOOK_PATH]) onlyTakes(server, url, ['POST']);
}
