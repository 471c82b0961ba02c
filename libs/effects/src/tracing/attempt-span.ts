import { context, propagation, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { Verdict } from '../attempt/verdict.js';
import type { BegunEffect } from '../store/begun.js';

/** The traceparent of what is being worked on, for plans that name none. */
export function activeTraceparent(): string | undefined {
  return traceparentIn(context.active());
}

/** One attempt, as a trace shows it. */
export interface TracedAttempt {
  /** The effect, with this attempt's own traceparent: what it leads to was caused by the attempt. */
  readonly effect: BegunEffect;
  /** Runs the attempt, so that its calls and log lines belong to it, and tells the trace how it ended. */
  run(attempt: () => Promise<Verdict>): Promise<Verdict>;
}

/**
 * A span under the one that planned the effect, however long ago and in whichever process that was: the row carries its context. While
 * nobody records, the trace of the plan goes on into the attempt's log lines and what follows from it.
 */
export function traceAttempt(effect: BegunEffect): TracedAttempt {
  const cause = propagation.extract(ROOT_CONTEXT, { traceparent: effect.traceparent });
  const { id, kind, attempts, inDoubt } = effect;
  const attributes = {
    'baton.effect.id': id,
    'baton.effect.kind': kind,
    'baton.effect.attempt': attempts,
    'baton.effect.in_doubt': inDoubt,
  };
  const span = trace.getTracer('@baton/effects').startSpan(`effect ${kind}`, { attributes }, cause);
  const within = trace.setSpan(ROOT_CONTEXT, span);
  const traceparent = traceparentIn(within);
  return {
    effect: traceparent === undefined ? effect : { ...effect, traceparent },
    run: async (attempt) => {
      const verdict = await context.with(within, attempt);
      const outcome = outcomeOf(verdict);
      span.setAttribute('baton.effect.outcome', outcome.is);
      if (outcome.reason !== undefined) {
        span.setAttribute('error.type', outcome.reason);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
      return verdict;
    },
  };
}

function outcomeOf(verdict: Verdict): { is: 'done' | 'refused' | 'retry'; reason?: string } {
  if (!('end' in verdict)) return { is: 'retry', reason: verdict.reason };
  return 'done' in verdict.end ? { is: 'done' } : { is: 'refused', reason: verdict.end.refused };
}

function traceparentIn(of: Context): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(of, carrier);
  return carrier.traceparent;
}
