import { HandoverSettingsSchema } from '@baton/contracts';
import type { FloorPolicy } from '../floor/policy.js';

/** A value was to be set that no policy has, or that the settings do not take. */
export class WrongOverride extends Error {
  override readonly name = 'WrongOverride';
}

/**
 * A policy of then as this build reads it: what this build asks for beyond is as in settings that do not name it.
 * @param set other values by the path of their field, such as `handover.timers.silenceSeconds`
 * @throws WrongOverride
 */
export function policyAgain(kept: object, set: Readonly<Record<string, unknown>>): FloorPolicy {
  const changed = structuredClone(kept) as Record<string, unknown>;
  for (const [path, value] of Object.entries(set)) setAt(changed, path, value);
  const handover = HandoverSettingsSchema.safeParse(changed['handover'] ?? {});
  if (!handover.success) {
    const [issue] = handover.error.issues;
    throw new WrongOverride(`handover.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is wrong'}`);
  }
  return { ...(changed as unknown as FloorPolicy), handover: handover.data };
}

function setAt(policy: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop()!;
  let at = policy;
  for (const name of names) {
    if (!Object.hasOwn(at, name) || typeof at[name] !== 'object' || at[name] === null) at[name] = {};
    at = at[name] as Record<string, unknown>;
  }
  at[last] = value;
}
