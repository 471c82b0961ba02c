import { HandoverSettingsSchema } from '@baton/contracts';
import type { FloorPolicy } from '../floor/policy.js';

/** A value was to be set that no policy has, or that the settings do not take. */
export class WrongOverride extends Error {
  override readonly name = 'WrongOverride';
}

/** What the rule takes from the bot's settings under a name of its own; all else of a policy says who the bot is. */
const TEXTS = ['botName', 'locale'];

/**
 * A policy of then as this build reads it: what this build asks for beyond is as in settings that do not name it.
 * @param set other values by the path of their field, such as `handover.timers.silenceSeconds`
 * @throws WrongOverride also for a path that no policy has: left out in silence, it would look as if it changed nothing
 */
export function policyAgain(kept: object, set: Readonly<Record<string, unknown>>): FloorPolicy {
  const changed = structuredClone(kept) as Record<string, unknown>;
  for (const [path, value] of Object.entries(set)) setAt(changed, path, value);
  const handover = HandoverSettingsSchema.safeParse(changed['handover'] ?? {});
  if (!handover.success) {
    const [issue] = handover.error.issues;
    throw new WrongOverride(`handover.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is wrong'}`);
  }
  const policy = { ...(changed as unknown as FloorPolicy), handover: handover.data };
  for (const [path, value] of Object.entries(set)) {
    const unknown = unknownIn(value, valueAt(policy, path), path);
    if (unknown !== undefined) throw new WrongOverride(`${unknown}: the settings have no such field`);
  }
  return policy;
}

function setAt(policy: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop()!;
  const top = names[0] ?? last;
  if (TEXTS.includes(path)) {
    if (typeof value !== 'string' || value === '') throw new WrongOverride(`${path}: say a text`);
  } else if (top !== 'handover') throw new WrongOverride(`${path}: only handover.…, ${TEXTS.join(' and ')} can be set`);
  let at = policy;
  for (const name of names) {
    if (!Object.hasOwn(at, name) || typeof at[name] !== 'object' || at[name] === null) at[name] = {};
    at = at[name] as Record<string, unknown>;
  }
  at[last] = value;
}

function valueAt(policy: object, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined), policy);
}

/** The path of something that was given and is not there after the settings were read: they leave out what they do not know. */
function unknownIn(given: unknown, read: unknown, path: string): string | undefined {
  if (read === undefined) return path;
  if (!isRecord(given) || !isRecord(read)) return undefined;
  for (const [name, value] of Object.entries(given)) {
    const unknown = unknownIn(value, read[name], `${path}.${name}`);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
