import type { BotSettings } from '@baton/contracts';
import type { SettingsStore } from '@baton/settings';
import { floorPolicyOf } from './floor/policy.js';
import type { FloorPolicy } from './floor/policy.js';

/** What the rule must know of a bot, and of one of its conversations; undefined when there is no such bot. */
export type PolicyOf = (botId: string, conversationId?: string) => FloorPolicy | undefined;

/** The rule's view of each bot, made once per version of its settings; what is switched off is looked up each time. */
export function floorPolicies(settings: Pick<SettingsStore, 'bot' | 'isStopped'>, now: () => Date = () => new Date()): PolicyOf {
  const policies = new WeakMap<BotSettings, FloorPolicy>();
  return (botId, conversationId) => {
    const bot = settings.bot(botId);
    if (!bot) return undefined;
    let policy = policies.get(bot);
    if (!policy) policies.set(bot, (policy = floorPolicyOf(bot)));
    const { workspaceId } = bot;
    const isStopped = settings.isStopped({ workspaceId, botId, websiteId: policy.websiteId, conversationId, now: now() });
    return isStopped ? { ...policy, stopped: true } : policy;
  };
}
