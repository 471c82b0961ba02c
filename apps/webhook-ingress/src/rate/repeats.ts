import { hash } from 'node:crypto';
import { Rates } from '@baton/telemetry';
import type { Rate } from '@baton/telemetry';

/** Repeats that are taken from one address: platforms repeat themselves when an answer was lost, but not all day long. */
export const REPEATS_OF_ADDRESS: Rate = { perSecond: 50, burst: 500 };
/** Bodies of each of two generations: minutes of a busy day, 4 MiB at most. */
const GENERATION = 20_000;

/**
 * Knows the newest web hooks that this replica stored. Whoever got hold of one that is rightly signed may send it again and again: it has no
 * second effect, because its readers know its id, but each would cost Kafka, the readers, and what its bot may be told in a second. So one
 * address repeats itself at this rate at most; what another replica stored or what is older is known to the readers alone.
 */
export class Repeats {
  private newer = new Set<string>();
  private older = new Set<string>();
  private readonly rates: Rates;

  constructor(
    rate = REPEATS_OF_ADDRESS,
    private readonly generation = GENERATION,
  ) {
    this.rates = new Rates(rate);
  }

  /** Whether this body was stored before and its sender repeats himself too fast. @param now in milliseconds */
  isTooMuch(rawBody: Buffer, address: string, now: number): boolean {
    const name = nameOf(rawBody);
    return (this.newer.has(name) || this.older.has(name)) && this.rates.take(address, now) > 0;
  }

  stored(rawBody: Buffer): void {
    this.newer.add(nameOf(rawBody));
    if (this.newer.size < this.generation) return;
    this.older = this.newer;
    this.newer = new Set();
  }
}

const nameOf = (rawBody: Buffer): string => hash('sha256', rawBody, 'base64');
