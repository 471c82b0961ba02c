import type { BotSettings } from '@baton/contracts';
import { botOfKey } from '@baton/settings';
import type { SettingsStore } from '@baton/settings';
import { Rates } from '@baton/telemetry';
import type { Clock } from '../clock.js';
import type { Refusal } from './refusal.js';

/** Requests a second of one bot, at all doors together. */
const REQUESTS_PER_SECOND = 50;
/** Requests a second with a wrong key, of all callers together: guessing is slow, and an honest mistake does not hurt other bots. */
const WRONG_KEYS_PER_SECOND = 20;

const refusals = {
  unauthorized: { status: 401, error: { code: 'unauthorized', message: 'the Authorization header must hold a bearer key of a bot' } },
  tooFast: { status: 429, error: { code: 'too-many-requests', message: 'wait before the next request' } },
  notReady: { status: 503, error: { code: 'not-ready', message: 'settings are still being read' } },
} as const satisfies Record<string, Refusal>;

/** Who stands at a door: the bot whose key he shows. */
export class Callers {
  private readonly perBot = new Rates({ perSecond: REQUESTS_PER_SECOND, burst: REQUESTS_PER_SECOND });
  private readonly wrongKeys = new Rates({ perSecond: WRONG_KEYS_PER_SECOND, burst: WRONG_KEYS_PER_SECOND });

  constructor(
    private readonly settings: Pick<SettingsStore, 'caughtUp' | 'bots'>,
    private readonly now: Clock,
  ) {}

  /** The bot of this `Authorization` header, or why nobody is let in. Each call is one of the bot's requests of this second. */
  of(authorization: string | undefined): BotSettings | Refusal {
    if (!this.settings.caughtUp) return refusals.notReady;
    const now = this.now();
    const bot = botOfKey(authorization, this.settings.bots());
    if (!bot) return this.wrongKeys.take('all', now) > 0 ? refusals.tooFast : refusals.unauthorized;
    return this.perBot.take(bot.botId, now) > 0 ? refusals.tooFast : bot;
  }
}
