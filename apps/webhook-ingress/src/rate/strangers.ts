import { addressOf, Lock } from '@baton/telemetry';
import type { Rate } from '@baton/telemetry';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { refusal } from '../http/refusal.js';
import { sendRefusal } from '../http/send-refusal.js';

/** Refused requests of one address that cost it nothing. */
export const REFUSALS_OF_ADDRESS: Rate = { perSecond: 20, burst: 200 };
/** To check whether so many bytes are signed costs less than to keep out, with a stranger, the platform behind the same address. */
const STILL_READ_BYTES = 65_536;

const OVER_RATE = refusal('address.over-rate');

/**
 * Reads no more large bodies of an address that was refused too often. Small ones of a declared length are still looked at: nobody who knows
 * the secret is kept out by one who does not, even when both come through the same proxy or the same platform.
 */
export function keepStrangersOut(hooks: FastifyInstance, trustedProxies: number, now: () => number): void {
  const refused = new Lock(REFUSALS_OF_ADDRESS);
  hooks.addHook('onRequest', (request, reply, done) => {
    const length = Number(request.headers['content-length'] ?? Infinity);
    const isLarge = request.method === 'POST' && !(length <= STILL_READ_BYTES);
    if (isLarge && refused.waitMs(addressOf(request, trustedProxies), now()) > 0) return void letGo(reply);
    done();
  });
  hooks.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    if (statusCode >= 400 && statusCode < 500 && statusCode !== 429) refused.fail(addressOf(request, trustedProxies), now());
    done();
  });
}

/** What still comes of the body is nobody's any more. */
function letGo(reply: FastifyReply): FastifyReply {
  return sendRefusal(reply.header('connection', 'close'), OVER_RATE);
}
