import { CrispConnectionSchema } from '@baton/contracts';
import type { Setting } from '@baton/settings';
import type { StoredConnection } from './connection-store.js';
import { validAt } from './hook-secrets.js';

/**
 * The settings of the file, with the connections that were made over the API laid over the bots that the file does not connect itself.
 * A connection of a bot that the file does not have (any more) waits for it.
 */
export function withConnections(settings: readonly Setting[], connections: readonly StoredConnection[], now: Date): Setting[] {
  const ofBot = new Map(connections.map((connection) => [connection.botId, connection]));
  return settings.map((setting) => {
    if (setting.type !== 'settings.bot' || setting.bot.crisp) return setting;
    const stored = ofBot.get(setting.bot.botId);
    return stored ? { ...setting, bot: { ...setting.bot, crisp: connectionOf(stored, now) } } : setting;
  });
}

function connectionOf({ websiteId, tier, apiUrl, tokenId, tokenKey, hookSecrets }: StoredConnection, now: Date) {
  const secrets = validAt(hookSecrets, now).map(({ sealed }) => sealed);
  return CrispConnectionSchema.parse({ websiteId, tier, apiUrl, tokenId, tokenKey, hookSecrets: secrets });
}
