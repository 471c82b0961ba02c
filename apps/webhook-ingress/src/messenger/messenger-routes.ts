import type { FastifyInstance } from 'fastify';
import { answering, outcomesOf } from '../http/answering.js';
import { sendRefusal } from '../http/send-refusal.js';
import { bodyOf, onlyTakes, textOf } from '../http/take-request.js';
import type { AddressOf } from '../http/take-request.js';
import type { ReceiveMessengerHook } from './receive-hook.js';

export const MESSENGER_HOOK_PATH = '/api/integrations/messenger/webhook/:botId';

/** Meta gathers up to a thousand events. */
export const MAX_MESSENGER_BODY_BYTES = 1_024 * 1_024;
const PLAIN_TEXT = 'text/plain; charset=utf-8';

interface Hook {
  Params: { botId: string };
  Querystring: Record<string, unknown>;
}

/** The address that Meta calls: GET when somebody saves it, POST for what happens. It stands on Fastify itself, as Crisp's do. */
export function messengerRoutes(server: FastifyInstance, receive: ReceiveMessengerHook, addressOf: AddressOf): void {
  const count = outcomesOf('messenger');
  const answer = answering('messenger', 'EVENT_RECEIVED');

  server.get<Hook>(MESSENGER_HOOK_PATH, async (request, reply) => {
    const { query, params } = request;
    const [mode, token, challenge] = ['hub.mode', 'hub.verify_token', 'hub.challenge'].map((name) => textOf(query[name]));
    const answered = receive.verify(params.botId, { mode, token, challenge });
    if (!('challenge' in answered)) {
      count(answered.body.code);
      return sendRefusal(reply, answered);
    }
    count('verified');
    return reply.headers({ 'content-type': PLAIN_TEXT, 'x-content-type-options': 'nosniff' }).send(answered.challenge);
  });

  server.post<Hook>(MESSENGER_HOOK_PATH, { bodyLimit: MAX_MESSENGER_BODY_BYTES }, (request, reply) => {
    const signature = textOf(request.headers['x-hub-signature-256']);
    return answer(receive.receive(request.params.botId, signature, bodyOf(request), addressOf(request)), reply);
  });

  onlyTakes(server, MESSENGER_HOOK_PATH, ['GET', 'POST']);
}
