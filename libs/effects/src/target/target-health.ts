import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll, type CircuitBreakerPolicy } from 'cockatiel';
import type { EffectOutcome } from '../effect.js';

export interface BreakerOptions {
  /** Failed calls in a row that open it. */
  readonly failures: number;
  /** Milliseconds until one call may try again. */
  readonly halfOpenAfterMs: number;
}

interface Health {
  readonly breaker: CircuitBreakerPolicy;
  running: number;
  /** Faults since the last call that went well. */
  faults: number;
  /** Milliseconds since the epoch, of the breaker's own clock. */
  probeAt: number;
}

/** Carries a failed call's outcome past the breaker, which counts what is thrown. */
class Fault extends Error {
  constructor(readonly outcome: EffectOutcome) {
    super('fault');
  }
}

/** Which targets may be called, and how often at once. A sick one gets a single call at a time, every now and then. */
export class TargetHealth {
  private readonly targets = new Map<string, Health>();

  constructor(
    private readonly options: BreakerOptions,
    private readonly perTarget: number,
  ) {}

  /** How many more calls may be begun now. */
  room(target: string): number {
    const health = this.targets.get(target);
    if (health === undefined) return this.perTarget;
    if (health.breaker.state === CircuitState.Closed) return this.perTarget - health.running;
    return health.running === 0 && Date.now() >= health.probeAt ? 1 : 0;
  }

  /** Milliseconds until a sick target may be tried; 0 for a well one. */
  wait(target: string): number {
    const health = this.targets.get(target);
    return health === undefined || health.breaker.state === CircuitState.Closed ? 0 : Math.max(0, health.probeAt - Date.now());
  }

  isWell(target: string): boolean {
    return (this.targets.get(target)?.breaker.state ?? CircuitState.Closed) === CircuitState.Closed;
  }

  get sick(): string[] {
    return [...this.targets.keys()].filter((target) => !this.isWell(target));
  }

  begin(target: string): void {
    this.of(target).running += 1;
  }

  end(target: string): void {
    const health = this.of(target);
    health.running -= 1;
    if (health.running === 0 && health.faults === 0 && this.isWell(target)) this.targets.delete(target);
  }

  /** Runs a call unless the target is sick. A retry counts as its fault, unless the outcome says that it is well. */
  async guarded(target: string, call: () => Promise<EffectOutcome>): Promise<EffectOutcome | 'sick'> {
    const health = this.of(target);
    try {
      return await health.breaker.execute(async () => {
        const outcome = await call();
        if ('retry' in outcome && outcome.retry.targetIsWell !== true) throw new Fault(outcome);
        health.faults = 0;
        return outcome;
      });
    } catch (error) {
      if (error instanceof Fault) {
        health.faults += 1;
        return error.outcome;
      }
      if (error instanceof BrokenCircuitError) return 'sick';
      throw error;
    }
  }

  private of(target: string): Health {
    const known = this.targets.get(target);
    if (known !== undefined) return known;
    const { failures, halfOpenAfterMs } = this.options;
    const breaker = circuitBreaker(handleAll, { halfOpenAfter: halfOpenAfterMs, breaker: new ConsecutiveBreaker(failures) });
    const health: Health = { breaker, running: 0, faults: 0, probeAt: 0 };
    breaker.onBreak(() => {
      health.probeAt = Date.now() + halfOpenAfterMs;
    });
    this.targets.set(target, health);
    return health;
  }
}
