import { flattenUserData, masked, sharedUserData, UserDataSchema } from '@baton/contracts';
import type { SharingSettings } from '@baton/contracts';

export const EXAMPLE_DATA = JSON.stringify(
  {
    name: 'Ada Park',
    email: 'ada@example.com',
    plan: 'gold',
    apiToken: 'tok_51HxT',
    order: { id: 1234, note: 'paid with 4111 1111 1111 1111', iban: 'DE89 3704 0044 0532 0130 00' },
  },
  null,
  2,
);
export const EXAMPLE_WORDS = 'My card is 4111 1111 1111 1111, refund to DE89 3704 0044 0532 0130 00 please.';

/** What stands in Crisp of an example, by the very rules that are at work. */
export function whatCrispGets(sharing: SharingSettings, data: string, words: string): { readonly text: string; readonly wrong?: string } {
  let known: unknown;
  try {
    known = JSON.parse(data);
  } catch {
    return { text: '', wrong: 'This is no JSON yet.' };
  }
  const parsed = UserDataSchema.safeParse(known);
  if (!parsed.success) return { text: '', wrong: 'This must be a JSON object such as {"name": "Ada"}.' };
  const { data: rest, ...contact } = flattenUserData(sharedUserData(parsed.data, sharing));
  const lines = [...Object.entries(contact), ...Object.entries(rest)].map(([key, value]) => `${key}: ${String(value)}`);
  return { text: [...(lines.length > 0 ? lines : ['(nothing of what the bot knows)']), '', `“${masked(words, sharing.mask)}”`].join('\n') };
}
