import { MAX_USER_DATA } from '@baton/contracts';
import type { UserData } from '@baton/contracts';

/** How the visitor can be reached is never what gives way. */
const CONTACT = ['name', 'email', 'phone'];

/**
 * What is known of a visitor after a bot has learned more: its news win. All of it together is no larger than what a bot may say at
 * once; where it would be, what was known before gives way to the news, but never his name and addresses.
 */
export function learnUserData(known: UserData, news: UserData): UserData {
  const merged = { ...known, ...news };
  if (sizeOf(merged) <= MAX_USER_DATA) return merged;
  const contact = Object.fromEntries(Object.entries(merged).filter(([key]) => CONTACT.includes(key)));
  const kept: Record<string, UserData[string]> = { ...contact };
  let size = sizeOf(kept);
  for (const [key, value] of [...Object.entries(news), ...Object.entries(known).reverse()]) {
    if (Object.hasOwn(kept, key)) continue;
    size += sizeOf({ [key]: value });
    if (size > MAX_USER_DATA) break;
    kept[key] = value;
  }
  return kept;
}

const sizeOf = (data: UserData): number => JSON.stringify(data).length;
