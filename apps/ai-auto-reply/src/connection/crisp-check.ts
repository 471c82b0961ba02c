import type { BotSettings } from '@baton/contracts';
import { checkConnection, hookEventsOf } from '@baton/crisp';
import type { ConnectionFindings } from '@baton/crisp';
import { Refusal } from '../http/refusal.js';
import type { HooksSeen } from './hooks-seen.js';

/** What is known of a bot's connection to Crisp, both ways. */
export interface CheckedConnection extends ConnectionFindings {
  readonly websiteId: string;
  readonly hook: {
    /** To be copied into Crisp, behind it the secret that was shown when it was made; null where nobody said under which address we are reached. */
    readonly address: string | null;
    /** To be ticked for it. */
    readonly events: readonly string[];
    /** To be ticked where a plugin has a signed web hook of its own instead; null for a website token. */
    readonly eventsOfPlugin: readonly string[] | null;
    /** When the first came, ISO 8601; null when none did. */
    readonly seenSince: string | null;
    readonly lastSeen: string | null;
    readonly count: number;
  };
}

/** What is asked of the settings; `SettingsStore` answers it. */
interface Secrets {
  /** @throws when this service cannot open it */
  open(sealed: string): string;
}

/** A check makes about a dozen calls of the token's daily ones: so often at most for one bot (ms). */
const LEAST_PAUSE_MS = 5_000;

/** Checks the connection of a bot's settings, live. */
export class CrispCheck {
  private readonly checkedAt = new Map<string, number>();

  constructor(
    private readonly o: {
      readonly secrets: Secrets;
      readonly hooksSeen: Pick<HooksSeen, 'of'>;
      /** Under which address Crisp reaches the ingress; without a slash at its end. */
      readonly ingressUrl?: string | undefined;
      readonly now?: () => number;
    },
  ) {}

  /** @throws Refusal where there is nothing to check, or when it was asked a moment ago */
  async run(bot: BotSettings): Promise<CheckedConnection> {
    const { crisp, botId } = bot;
    if (!crisp) throw new Refusal('not-found', 'this bot is not connected to Crisp');
    this.pause(botId);
    const seen = await this.o.hooksSeen.of(crisp.websiteId, botId);
    const { websiteId, tier, apiUrl, tokenId } = crisp;
    const findings = await checkConnection(
      { websiteId, tier, apiUrl, tokenId, tokenKey: this.keyOf(crisp.tokenKey) },
      { hasSecret: crisp.hookSecrets.length > 0, hookSeenSince: seen.since },
    );
    const path = `/api/integrations/livechat/crisp/webhook/${botId}`;
    return {
      ...findings,
      websiteId,
      hook: {
        address: this.o.ingressUrl === undefined ? null : `${this.o.ingressUrl}${path}`,
        events: hookEventsOf('website'),
        eventsOfPlugin: tier === 'plugin' ? hookEventsOf('plugin') : null,
        seenSince: seen.since?.toISOString() ?? null,
        lastSeen: seen.last?.toISOString() ?? null,
        count: seen.count,
      },
    };
  }

  private pause(botId: string): void {
    const now = this.o.now?.() ?? Date.now();
    const before = this.checkedAt.get(botId);
    if (before !== undefined && now - before < LEAST_PAUSE_MS)
      throw new Refusal('too-many-requests', 'this connection was checked a moment ago');
    this.checkedAt.set(botId, now);
  }

  private keyOf(sealed: string): string {
    try {
      return this.o.secrets.open(sealed);
    } catch {
      throw new Refusal('not-ready', 'the key of this connection was sealed with another settings key than ours');
    }
  }
}
