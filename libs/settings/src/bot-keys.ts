import { createHash, timingSafeEqual } from 'node:crypto';
import type { BotSettings } from '@baton/contracts';

/** The bot whose key this is; every bot's keys are compared, in constant time each. */
export function botOfKey(authorization: string | undefined, bots: Iterable<BotSettings>): BotSettings | null {
  const key = /^Bearer ([\x21-\x7e]{8,512})$/i.exec(authorization ?? '')?.[1];
  if (key === undefined) return null;
  const hash = createHash('sha256').update(key).digest();
  let owner: BotSettings | null = null;
  for (const bot of bots) {
    for (const known of bot.apiKeyHashes) {
      if (timingSafeEqual(hash, Buffer.from(known, 'hex'))) owner = bot;
    }
  }
  return owner;
}
