/** A secret of a web hook's URL, sealed. */
export interface HookSecret {
  readonly sealed: string;
  /** When it stops being taken, ISO 8601; absent for the one in use. */
  readonly endsAt?: string;
}

/** A new secret in front; the one in use before is taken on until `oldEndsAt`, and one that was on its way out is taken no more. */
export function rotated(secrets: readonly HookSecret[], sealed: string, oldEndsAt: Date): HookSecret[] {
  const inUse = secrets.find(({ endsAt }) => endsAt === undefined);
  return [{ sealed }, ...(inUse ? [{ sealed: inUse.sealed, endsAt: oldEndsAt.toISOString() }] : [])];
}

/** Those that are taken at this time. */
export function validAt(secrets: readonly HookSecret[], now: Date): HookSecret[] {
  return secrets.filter(({ endsAt }) => endsAt === undefined || new Date(endsAt) > now);
}
