import type { CrispWebhook, CrispWebhookExtensions, OutgoingRecord } from '@baton/contracts';
import { verifyHookSecret, verifyPluginHook } from '@baton/crisp/hooks';
import { ProduceError } from '@baton/messaging/kafka';
import { botSettingId, pluginSettingId } from '@baton/settings';
import { refusal } from '../http/refusal.js';
import type { Refusal } from '../http/refusal.js';
import type { HookDoors, Settings } from './hook-doors.js';
import { hookRecord } from './hook-record.js';
import { readHook } from './read-hook.js';

/** A verified hook was stored (`accepted`), or is of no website of ours and was let go (`ignored`); both are 2xx to Crisp. */
export type Received = 'accepted' | 'ignored' | Refusal;

/** Where hooks go; resolves when Kafka has acknowledged all of them. */
export interface HookSink {
  /** Whether Kafka answered when it was last asked. */
  readonly healthy: boolean;
  send(records: readonly OutgoingRecord[], options: { readonly deadlineMs: number }): Promise<void>;
}

export interface SignatureHeaders {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** Crisp does not say how long it waits for an answer; an honest 503 after this is better than silence. */
const STORE_WITHIN_MS = 5_000;
/** While Kafka is known to be away it gets one chance to be back, and the caller a quick word. */
const STORE_WHILE_AWAY_MS = 1_000;

const UNAUTHORIZED = refusal('hook.unauthorized');
const OVER_RATE = refusal('bot.over-rate');
const WRONG_WEBSITE = refusal('hook.wrong-website', 'website_id');
const KAFKA_AWAY = refusal('kafka.away');

/**
 * Takes the web hooks of Crisp. The order of the questions is the same for both kinds: do we know this URL, does the sender know the secret,
 * is it not too much, is it a hook, is it of the right website. Only then it goes to Kafka, and only when Kafka has it, it is accepted.
 */
export class ReceiveCrispHook {
  constructor(
    private readonly settings: Settings,
    private readonly doors: HookDoors,
    private readonly sink: HookSink,
    private readonly now: () => number,
  ) {}

  /** A hook of one website: unsigned by Crisp, so its URL carries a secret. */
  async ofWebsite(botId: string, secret: string | undefined, rawBody: Buffer): Promise<Received> {
    const door = this.doors.ofBot(botId);
    if (!door) return this.unknown(botSettingId(botId), 'bot.unknown');
    if (!verifyHookSecret(secret, door.secrets)) return UNAUTHORIZED;
    const now = this.now();
    if (!door.rate.take(now)) return OVER_RATE;
    const read = readHook(rawBody);
    if ('refusal' in read) return read.refusal;
    if (read.hook.website_id !== door.websiteId) return WRONG_WEBSITE;
    return this.store(read.hook, rawBody, { botid: botId }, now);
  }

  /** A hook of a plugin: signed, and one URL for all websites that installed it, which may be none of ours. */
  async ofPlugin(pluginId: string, signed: SignatureHeaders, rawBody: Buffer): Promise<Received> {
    const door = this.doors.ofPlugin(pluginId);
    if (!door) return this.unknown(pluginSettingId(pluginId), 'plugin.unknown');
    const now = this.now();
    const verdict = verifyPluginHook({
      secrets: door.secrets,
      timestampHeader: signed.timestamp,
      signatureHeader: signed.signature,
      rawBody,
      now,
      freshnessMs: door.freshnessMs,
    });
    if (verdict !== 'ok') return UNAUTHORIZED;
    if (!door.rate.take(now)) return OVER_RATE;
    const read = readHook(rawBody);
    if ('refusal' in read) return read.refusal;
    // While settings are not current a bot of this website may exist that we have not heard of: its hook is kept.
    if (this.settings.botsOfWebsite(read.hook.website_id).length === 0 && this.settings.isFresh(new Date(now))) return 'ignored';
    return this.store(read.hook, rawBody, { pluginid: pluginId }, now);
  }

  /** Not known is an answer only if we know all there is: else it may be known tomorrow, or its newest settings could not be read. */
  private unknown(settingId: string, code: 'bot.unknown' | 'plugin.unknown'): Refusal {
    const sure = this.settings.isFresh(new Date(this.now())) && !this.settings.isDoubtful(settingId);
    return refusal(sure ? code : 'settings.not-current');
  }

  private async store(hook: CrispWebhook, rawBody: Buffer, cameBy: CrispWebhookExtensions, now: number): Promise<Received> {
    const deadlineMs = this.sink.healthy ? STORE_WITHIN_MS : STORE_WHILE_AWAY_MS;
    try {
      await this.sink.send([hookRecord(hook, rawBody, cameBy, new Date(now))], { deadlineMs });
      return 'accepted';
    } catch (error) {
      // Also when Kafka refused the record: a hook within our bounds is not to blame for that, a topic that is missing or too tight is.
      if (error instanceof ProduceError) return KAFKA_AWAY;
      throw error;
    }
  }
}
