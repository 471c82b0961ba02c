import { isDeepStrictEqual } from 'node:util';
import type { HeldSettings } from './held-settings.js';
import { isSealedAnew, open, purposeOf, sealedIn, SecretError } from './secrets/seal.js';
import type { SecretKeys } from './secrets/seal.js';
import { settingIdOf } from './setting.js';
import type { Setting } from './setting.js';

export interface PublishPlan {
  /** What is new or another one than on the topic, with the revision it gets. */
  readonly changed: readonly { readonly settingId: string; readonly setting: Setting; readonly revision: number }[];
  /** What is on the topic and wanted no more. */
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** What must be written so that the topic says what is wanted, in the order of the ids. */
export function planPublishing(held: HeldSettings, wanted: readonly Setting[], keys: SecretKeys): PublishPlan {
  const byId = new Map(wanted.map((setting) => [settingIdOf(setting), setting]));
  const known = new Set([...[...held.all()].map(([settingId]) => settingId), ...held.doubtful]);
  const changed: { settingId: string; setting: Setting; revision: number }[] = [];
  const unchanged: string[] = [];
  for (const [settingId, setting] of [...byId].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = held.get(settingId);
    const same = before && !held.doubtful.has(settingId) && isSameSetting(settingId, before.setting, setting, keys);
    const isResealed = isAllAnew(settingId, setting, keys) && before && !isAllAnew(settingId, before.setting, keys);
    if (same && !isResealed) unchanged.push(settingId);
    else changed.push({ settingId, setting, revision: (before?.revision ?? 0) + 1 });
  }
  return { changed, unchanged, removed: [...known].filter((settingId) => !byId.has(settingId)).sort() };
}

/** The newest keys sealed all its secrets. */
function isAllAnew(settingId: string, setting: Setting, keys: SecretKeys): boolean {
  return sealedIn(setting).every((sealed) => isSealedAnew(settingId, keys, sealed));
}

/**
 * Whether two settings of one id say the same. The same secret looks different each time it is sealed; what counts is what it opens to.
 * What was sealed with a key that is not at hand is another one.
 */
export function isSameSetting(settingId: string, a: Setting, b: Setting, keys: SecretKeys): boolean {
  try {
    return isDeepStrictEqual(revealed(settingId, a, keys), revealed(settingId, b, keys));
  } catch (error) {
    if (error instanceof SecretError) return false; // sealed with a key that we no longer have: it has to be written anew
    throw error;
  }
}

function revealed(settingId: string, value: unknown, keys: SecretKeys): unknown {
  if (typeof value === 'string') return purposeOf(value) !== undefined ? open(settingId, keys, value) : value;
  if (Array.isArray(value)) return value.map((inner) => revealed(settingId, inner, keys));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revealed(settingId, inner, keys)]));
}
