import type { CrispWebhook, CrispWebhookExtensions } from '@baton/contracts';
import { verifyHookSecret, verifyPluginHook } from '@baton/crisp/hooks';
import { botSettingId, pluginSettingId } from '@baton/settings';
import type { Received } from '../http/answering.js';
import { refusal } from '../http/refusal.js';
import type { LastAccepted } from '../last-accepted.js';
import { Repeats } from '../rate/repeats.js';
import { notKnown } from '../settings/not-known.js';
import { storeHooks } from '../store/store-hooks.js';
import type { HookSink } from '../store/store-hooks.js';
import { endHook, traceHook } from '../store/trace-hook.js';
import { PLUGIN_HOOK_PATH, WEBSITE_HOOK_PATH } from './crisp-routes.js';
import type { HookDoors, Settings } from './hook-doors.js';
import { hookId } from './hook-id.js';
import { hookRecord } from './hook-record.js';
import { readHook } from './read-hook.js';

export interface SignatureHeaders {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** Crisp does not say how long it waits for an answer; an honest 503 after this is better than silence. */
const STORE_WITHIN_MS = 5_000;

const UNAUTHORIZED = refusal('hook.unauthorized');
const OVER_RATE = refusal('bot.over-rate');
const REPEATED = refusal('hook.repeated');
const WRONG_WEBSITE = refusal('hook.wrong-website', 'website_id');

/**
 * Takes the web hooks of Crisp. The order of the questions is the same for both kinds: do we know this URL, does the sender know the secret,
 * is it not too much, of the address or of the bot, is it a hook, is it of the right website. Only then it goes to Kafka, and only when Kafka has it, it is accepted.
 */
export class ReceiveCrispHook {
  constructor(
    private readonly settings: Settings,
    private readonly doors: HookDoors,
    private readonly sink: HookSink,
    private readonly last: LastAccepted,
    private readonly now: () => number,
    private readonly repeats = new Repeats(),
  ) {}

  /** A hook of one website: unsigned by Crisp, so its URL carries a secret. */
  async ofWebsite(botId: string, secret: string | undefined, rawBody: Buffer, address = ''): Promise<Received> {
    const door = this.doors.ofBot(botId);
    if (!door) return notKnown(this.settings, botSettingId(botId), 'bot.unknown', this.now());
    if (!verifyHookSecret(secret, door.secrets)) return UNAUTHORIZED;
    const now = this.now();
    if (this.repeats.isTooMuch(rawBody, address, now)) return REPEATED;
    if (!door.rate.take(now)) return OVER_RATE;
    const read = readHook(rawBody);
    if ('refusal' in read) return read.refusal;
    if (read.hook.website_id !== door.websiteId) return WRONG_WEBSITE;
    return this.store(read.hook, rawBody, { botid: botId }, [botId], now);
  }

  /** A hook of a plugin: signed, and one URL for all websites that installed it, which may be none of ours. */
  async ofPlugin(pluginId: string, signed: SignatureHeaders, rawBody: Buffer, address = ''): Promise<Received> {
    const door = this.doors.ofPlugin(pluginId);
    if (!door) return notKnown(this.settings, pluginSettingId(pluginId), 'plugin.unknown', this.now());
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
    if (this.repeats.isTooMuch(rawBody, address, now)) return REPEATED;
    if (!door.rate.take(now)) return OVER_RATE;
    const read = readHook(rawBody);
    if ('refusal' in read) return read.refusal;
    // While settings are not current a bot of this website may exist that we have not heard of: its hook is kept.
    const bots = this.settings.botsOfWebsite(read.hook.website_id);
    if (bots.length === 0 && this.settings.isFresh(new Date(now))) return 'ignored';
    const botIds = bots.map(({ botId }) => botId);
    return this.store(read.hook, rawBody, { pluginid: pluginId }, botIds, now);
  }

  private async store(
    hook: CrispWebhook,
    rawBody: Buffer,
    cameBy: CrispWebhookExtensions,
    botIds: readonly string[],
    now: number,
  ): Promise<Received> {
    const id = hookId(hook, rawBody);
    const step = traceHook(cameBy.botid === undefined ? PLUGIN_HOOK_PATH : WEBSITE_HOOK_PATH, id, now, { 'baton.hook': hook.event });
    const record = hookRecord(hook, rawBody, { id, time: new Date(now), cameBy, traceparent: step.traceparent });
    const stored = await step.within(() => storeHooks(this.sink, [record], STORE_WITHIN_MS));
    endHook(step, stored);
    if (stored !== 'accepted') return stored;
    this.repeats.stored(rawBody);
    for (const botId of botIds) this.last.note('crisp', botId, now);
    return stored;
  }
}
