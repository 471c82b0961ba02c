import { z } from 'zod';

/** What of a visitor goes to Crisp. Keys that sound like secrets (password, token, card, IBAN, …) never do. */
export const SharingSettingsSchema = z.object({
  /** Everything else that the bot knows of him, or only these keys: `email`, `order` with all below it, `order.id`. */
  fields: z.union([z.literal('all-but-secrets'), z.array(z.string().trim().min(1).max(128)).max(100)]).default('all-but-secrets'),
  /** Numbers that are made unreadable, but for their end, in what he and the bot say; in the history behind the link, too. */
  mask: z.object({ cards: z.boolean().default(false), ibans: z.boolean().default(false) }).prefault({}),
});
export type SharingSettings = z.output<typeof SharingSettingsSchema>;
