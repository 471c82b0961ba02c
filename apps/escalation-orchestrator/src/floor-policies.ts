import type { BotSettings } from '@baton/contracts';
import type { SettingsStore } from '@baton/settings';
import { floorPolicyOf } from './floor/policy.js';
import type { FloorPolicy } from './floor/policy.js';

/** The rule's view of each bot, made once per version of its settings. */
export function floorPolicies(settings: Pick<SettingsStore, 'bot'>): (botId: string) => FloorPolicy | undefined {
  const policies = new WeakMap<BotSettings, FloorPolicy>();
  return (botId) => {
    const bot = settings.bot(botId);
    if (!bot) return undefined;
    let policy = policies.get(bot);
    if (!policy) policies.set(bot, (policy = floorPolicyOf(bot)));
    return policy;
  };
}
