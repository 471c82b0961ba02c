import { counter, histogram, METRICS } from '@baton/telemetry';
import type { FastifyReply } from 'fastify';
import { REFUSAL_CODES } from './refusal.js';
import type { Refusal } from './refusal.js';
import { sendRefusal } from './send-refusal.js';

/** A verified hook was stored (`accepted`), or is for nobody of ours and was let go (`ignored`); both are 2xx to the sender. */
export type Received = 'accepted' | 'ignored' | Refusal;

export type Platform = 'crisp' | 'messenger';

/** Counts what becomes of this platform's web hooks: `accepted`, `ignored`, `verified`, or the code of a refusal. */
export function outcomesOf(platform: Platform): (outcome: string) => void {
  const outcomes = counter(METRICS.webhooks);
  // Each stands there from the start: a first refusal must look like a rise.
  for (const outcome of ['ignored', 'verified', ...REFUSAL_CODES]) outcomes.inc({ platform, outcome }, 0);
  const accepted = outcomes.labels(platform, 'accepted');
  return (outcome) => (outcome === 'accepted' ? accepted.inc() : outcomes.inc({ platform, outcome }));
}

/** The way to answer this platform's web hooks. @param thanks the body of a 200 */
export function answering(
  platform: Platform,
  thanks?: string,
): (received: Promise<Received>, reply: FastifyReply) => Promise<FastifyReply> {
  const count = outcomesOf(platform);
  const took = histogram(METRICS.webhookSeconds).labels(platform);
  return async (received, reply) => {
    const outcome = await received;
    took.observe(reply.elapsedTime / 1_000);
    if (typeof outcome === 'string') {
      count(outcome);
      return reply.send(thanks);
    }
    count(outcome.body.code);
    return sendRefusal(reply, outcome);
  };
}
