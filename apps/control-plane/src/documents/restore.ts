import { purposeOf } from '@baton/settings';
import type { Json } from './difference.js';

/** Lists of what opens doors today, which no way back changes. */
const TODAYS = ['apiKeyHashes'] as const;

/** What a secret is the secret of, by their names in the same part: with another one of it a secret opens nothing, or is told to a stranger. */
const OF: Readonly<Record<string, readonly string[]>> = {
  tokenKey: ['tokenId', 'apiUrl'],
  hookSecrets: ['websiteId'],
  pageToken: ['pageId', 'graphUrl'],
  appSecrets: ['appId'],
  proofSecret: ['appId', 'graphUrl'],
  verifyToken: ['appId'],
  apiKey: ['baseUrl'],
};

/**
 * The body of an old version as it may hold again. Of secrets those of today stay where both have one of the same thing: the old one may
 * have been changed because somebody knew it. The keys of the bot stay as they are today.
 * @param today what holds, or held last
 */
export function restoredBody<B extends object>(old: B, today: B | null): B {
  if (today === null) return old;
  const restored = within(old as Json, today as Json) as Record<string, Json>;
  for (const name of TODAYS) if (name in today) restored[name] = (today as Record<string, Json>)[name]!;
  return restored as B;
}

function within(old: Json, today: Json | undefined): Json {
  if (isSecret(old)) return isSecret(today) ? today : old;
  if (Array.isArray(old)) {
    if (old.some(isSecret)) return Array.isArray(today) && today.some(isSecret) ? today : old;
    return old.map((one: Json) => within(one, undefined));
  }
  if (typeof old !== 'object' || old === null) return old;
  const now = typeof today === 'object' && today !== null && !Array.isArray(today) ? (today as { readonly [name: string]: Json }) : {};
  const was = old as { readonly [name: string]: Json };
  const isOfTheSame = (name: string) => !Object.hasOwn(OF, name) || OF[name]!.every((of) => was[of] === now[of]);
  return Object.fromEntries(
    Object.entries(was).map(([name, inner]) => [
      name,
      within(inner, Object.hasOwn(now, name) && isOfTheSame(name) ? now[name] : undefined),
    ]),
  );
}

const isSecret = (value: unknown): value is string => typeof value === 'string' && purposeOf(value) !== undefined;
