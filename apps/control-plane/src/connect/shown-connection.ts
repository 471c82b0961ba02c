import type { SeenHooks, ShownConnection } from '@baton/control-api';
import { hookEventsOf } from '@baton/crisp';
import type { LiveBot } from '../bots/live-bot.js';
import { fingerprintOf } from '../documents/secrets.js';
import type { LastCheck } from './last-checks.js';

const HOOK_PATH = '/api/integrations/livechat/crisp/webhook/';

export interface Around {
  /** Under which address Crisp reaches the ingress; without a slash at its end. */
  readonly ingressUrl: string | undefined;
  /** Of the web hook, only where it was just made. */
  readonly secret?: string | undefined;
  readonly oldSecretEndsAt: Date | undefined;
  readonly seen: SeenHooks | null;
  readonly lastCheck: LastCheck | undefined;
}

/** A connection as it may be shown. @param bot one that is connected */
export function shownConnection(bot: LiveBot, { ingressUrl, secret, oldSecretEndsAt, seen, lastCheck }: Around): ShownConnection {
  const crisp = bot.body.crisp!;
  const address = `${ingressUrl ?? ''}${HOOK_PATH}${bot.id}`;
  return {
    version: bot.version,
    changedAt: new Date(bot.changedAt).toISOString(),
    changedBy: bot.changedBy,
    botId: bot.id,
    websiteId: crisp.websiteId,
    tier: crisp.tier,
    apiUrl: crisp.apiUrl,
    tokenId: crisp.tokenId,
    tokenKey: { fingerprint: fingerprintOf(crisp.tokenKey) },
    operatorName: crisp.operatorName,
    callsPerSecond: crisp.callsPerSecond,
    callsPerDay: crisp.callsPerDay ?? null,
    hook: {
      address,
      url: secret === undefined ? null : `${address}?key=${secret}`,
      events: hookEventsOf('website'),
      eventsOfPlugin: crisp.tier === 'plugin' ? hookEventsOf('plugin') : null,
      secrets: crisp.hookSecrets.length,
      oldSecretEndsAt: oldSecretEndsAt?.toISOString() ?? null,
      seen,
    },
    lastCheck: lastCheck ? { at: new Date(lastCheck.at).toISOString(), findings: asOfNow(lastCheck, seen) } : null,
  };
}

/** A web hook that came after the check is no longer missing. */
function asOfNow({ findings }: LastCheck, seen: SeenHooks | null): LastCheck['findings'] {
  if (!seen?.since) return findings;
  return { ...findings, missing: findings.missing.filter(({ code }) => code !== 'no-hook-seen') };
}
