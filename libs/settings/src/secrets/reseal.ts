import { isSealedAnew, open, purposeOf, seal, sealedIn } from './seal.js';
import type { SecretKeys } from './seal.js';

/** A value of JSON with other strings in the place of some. */
export function withStrings<T>(value: T, replace: (text: string) => string): T {
  const within = (inner: unknown): unknown => {
    if (typeof inner === 'string') return replace(inner);
    if (Array.isArray(inner)) return inner.map(within);
    if (inner === null || typeof inner !== 'object') return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, within(one)]));
  };
  return within(value) as T;
}

/**
 * The same value with the sealed forms that are known where the secrets are the same: sealing again changes how a secret looks, and would
 * be taken for another one.
 * @throws SecretError where something in the value does not open
 */
export function keepSealed<T>(settingId: string, known: readonly unknown[], value: T, keys: SecretKeys): T {
  const nameOf = (sealed: string, secret: string): string => `${purposeOf(sealed)} ${secret}`;
  const kept = new Map<string, string>();
  for (const sealed of sealedIn(known)) {
    const secret = openOrNothing(settingId, keys, sealed);
    if (secret !== undefined && !kept.has(nameOf(sealed, secret))) kept.set(nameOf(sealed, secret), sealed);
  }
  return withStrings(value, (text) =>
    purposeOf(text) === undefined ? text : (kept.get(nameOf(text, open(settingId, keys, text))) ?? text),
  );
}

/**
 * What has to take the place of each secret in these values so that the first keys of the rings open all of them; the same secret gets one
 * new form. What no key opens is left as it is.
 */
export function resealed(settingId: string, values: readonly unknown[], keys: SecretKeys): ReadonlyMap<string, string> {
  const anew = new Map<string, string>();
  for (const sealed of new Set(sealedIn(values))) {
    const purpose = purposeOf(sealed);
    const ring = purpose && keys[purpose];
    if (ring === undefined || isSealedAnew(settingId, keys, sealed)) continue;
    const secret = openOrNothing(settingId, keys, sealed);
    if (secret !== undefined) anew.set(sealed, seal({ purpose: purpose!, settingId }, ring, secret));
  }
  return anew;
}

function openOrNothing(settingId: string, keys: SecretKeys, sealed: string): string | undefined {
  try {
    return open(settingId, keys, sealed);
  } catch {
    return undefined;
  }
}
