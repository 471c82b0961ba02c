/** The `origin` under which a service of ours writes into Crisp; it comes back in the web hook. */
export function OUR_ORIGIN(service: string): string {
  return `urn:baton:${service}:0`;
}

const OUR_ORIGINS = /^urn:baton:[a-z0-9-]+:\d+$/;
/** The property that marks a message of ours; its value names what caused it. */
export const OUR_PROPERTY = 'baton';

/**
 * Crisp sends every message of ours back as a web hook, sometimes before it answers our call. Either mark is enough: the
 * origin, or our property. (The third, a fingerprint stored before the call, is known to the caller only.)
 */
export function isOurs(message: {
  readonly origin?: string | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | null | undefined;
}): boolean {
  return OUR_ORIGINS.test(message.origin ?? '') || message.properties?.[OUR_PROPERTY] !== undefined;
}

/**
 * A fingerprint in Crisp's own form: milliseconds times 100 plus two random digits. It is a number on the wire and stays a
 * safe integer until the year 4823. `random` gives a number from 0 up to 1.
 */
export function newFingerprint(now: Date | number, random: () => number = Math.random): number {
  return Number(now) * 100 + Math.floor(random() * 100);
}
