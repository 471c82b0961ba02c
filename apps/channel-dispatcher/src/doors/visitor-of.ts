import { conversationIdOf } from '@baton/contracts';
import type { FastifyRequest } from 'fastify';
import type { VisitorTokens } from '../visitor/visitor-tokens.js';
import { DoorRefusal } from './door-refusal.js';

export interface KnownVisitor {
  readonly visitorId: string;
  readonly conversationId: string;
}

/**
 * Who asks, by the token in `Authorization: Bearer …`.
 * @throws DoorRefusal when there is none, or none that is good
 */
export async function visitorOf(tokens: VisitorTokens, botId: string, request: FastifyRequest): Promise<KnownVisitor> {
  const token = /^Bearer (\S{1,2048})$/i.exec(request.headers.authorization ?? '')?.[1];
  const checked = token === undefined ? undefined : await tokens.check(botId, token, new Date());
  if (!checked) throw new DoorRefusal('not-authorized');
  if ('refused' in checked) throw new DoorRefusal(checked.refused);
  const { visitorId } = checked;
  return { visitorId, conversationId: conversationIdOf({ botId, channel: 'webchat', address: visitorId }) };
}
