import type { OutgoingRecord } from '@baton/contracts';
import { isVerifyToken, messengerEventId, readMessengerHook, verifyMessengerHook } from '@baton/messenger/hooks';
import type { LeftOut, MessengerElement } from '@baton/messenger/hooks';
import { botSettingId } from '@baton/settings';
import { counter, METRICS } from '@baton/telemetry';
import type { Logger, Step } from '@baton/telemetry';
import type { Received } from '../http/answering.js';
import { refusal } from '../http/refusal.js';
import type { Refusal } from '../http/refusal.js';
import type { LastAccepted } from '../last-accepted.js';
import { Repeats } from '../rate/repeats.js';
import { notKnown } from '../settings/not-known.js';
import { storeHooks } from '../store/store-hooks.js';
import type { HookSink } from '../store/store-hooks.js';
import { endHook, traceHook } from '../store/trace-hook.js';
import { elementRecord } from './element-record.js';
import { MESSENGER_HOOK_PATH } from './messenger-routes.js';
import type { MessengerDoor, MessengerDoors, MessengerSettings } from './messenger-doors.js';

/** What Meta asks with when somebody saves the web hook's address; a parameter that is missing or repeated is undefined. */
export interface Verification {
  readonly mode: string | undefined;
  readonly token: string | undefined;
  readonly challenge: string | undefined;
}

export interface ReceiveMessengerParts {
  readonly settings: MessengerSettings;
  readonly doors: MessengerDoors;
  readonly sink: HookSink;
  readonly last: LastAccepted;
  readonly logger: Logger;
  /** What was stored; shared with the other doors. */
  readonly repeats?: Repeats;
  /** In milliseconds. */
  readonly now: () => number;
}

/** Meta counts an answer after 5 s as none; ours needs time for the way there and back. */
const STORE_WITHIN_MS = 3_500;
/** Meta sends digits. What is said back must not be able to be more than a word, whoever asks. */
const CHALLENGE = /^[\w.-]{1,256}$/;

const UNAUTHORIZED = refusal('hook.unauthorized');
const FORBIDDEN = refusal('hook.forbidden');
const OVER_RATE = refusal('bot.over-rate');
const REPEATED = refusal('hook.repeated');
const NOT_CURRENT = refusal('settings.not-current');

/** Takes the web hooks of Meta: one URL per bot, though Meta may speak there of all pages of the same app. */
export class ReceiveMessengerHook {
  private readonly elements = counter(METRICS.messengerElements);

  private readonly repeats: Repeats;

  constructor(private readonly parts: ReceiveMessengerParts) {
    this.repeats = parts.repeats ?? new Repeats();
  }

  /** Proves to Meta that the address is ours: gives the challenge to send back. Asks nobody but the settings held in memory. */
  verify(botId: string, { mode, token, challenge }: Verification): { readonly challenge: string } | Refusal {
    const door = this.parts.doors.ofBot(botId);
    if (!door) return notKnown(this.parts.settings, botSettingId(botId), 'hook.forbidden', this.parts.now());
    const ours = door.verifyToken !== undefined && isVerifyToken(token, door.verifyToken);
    if (!ours || mode !== 'subscribe' || challenge === undefined || !CHALLENGE.test(challenge)) return FORBIDDEN;
    return { challenge };
  }

  /**
   * Do we know this URL, did Meta sign these bytes, is it not too much, is it a hook; then all that it says goes to Kafka at once, in order.
   * What is about nobody, or about a page of nobody's, is counted and takes nothing with it.
   */
  async receive(botId: string, signature: string | undefined, rawBody: Buffer, address = ''): Promise<Received> {
    const door = this.parts.doors.ofBot(botId);
    if (!door) return notKnown(this.parts.settings, botSettingId(botId), 'bot.unknown', this.parts.now());
    if (!verifyMessengerHook(signature, door.secrets, rawBody)) return UNAUTHORIZED;
    const now = this.parts.now();
    if (this.repeats.isTooMuch(rawBody, address, now)) return REPEATED;
    if (!door.rate.take(now)) return OVER_RATE;
    const read = readMessengerHook(rawBody, now);
    if ('problem' in read) {
      const { code, field, message } = read.problem;
      return refusal(code, field, field === undefined ? undefined : message);
    }
    for (const left of read.leftOut) this.tellLeftOut(botId, left);

    const { records, owners, steps } = this.recordsOf(read.webhooks, botId, door, new Date(now));
    const stored = records.length === 0 ? 'ignored' : await storeHooks(this.parts.sink, records, STORE_WITHIN_MS);
    for (const step of steps) endHook(step, stored);
    if (stored === 'accepted') {
      this.repeats.stored(rawBody);
      this.elements.inc({ outcome: 'accepted' }, records.length);
      for (const owner of owners) this.parts.last.note('messenger', owner, now);
    }
    const unknown = read.webhooks.length - records.length;
    if (typeof stored !== 'string' || unknown === 0) return stored;
    // While settings are not current a bot of this page may exist that we have not heard of: Meta sends again, what is stored keeps its id.
    if (!this.parts.settings.isFresh(new Date(now))) return NOT_CURRENT;
    this.elements.inc({ outcome: 'unknown-page' }, unknown);
    return stored;
  }

  private recordsOf(elements: readonly MessengerElement[], botId: string, door: MessengerDoor, time: Date) {
    const records: OutgoingRecord[] = [];
    const steps: Step[] = [];
    const owners = new Set<string>();
    for (const element of elements) {
      const owner = element.pageId === door.pageId ? botId : this.neighbourOf(door, element.pageId);
      if (owner === undefined) continue;
      owners.add(owner);
      const id = messengerEventId(element);
      const step = traceHook(MESSENGER_HOOK_PATH, id, time.getTime(), { 'baton.bot.id': owner });
      steps.push(step);
      records.push(elementRecord(owner, element, { id, time, traceparent: step.traceparent }));
    }
    return { records, owners, steps };
  }

  /** The bot of another page of the same app; whoever knows the secret of one workspace speaks for no other. */
  private neighbourOf(door: MessengerDoor, pageId: string): string | undefined {
    return this.parts.settings.botOfPage(pageId, door.workspaceId)?.botId;
  }

  private tellLeftOut(botId: string, { reason, count, shape }: LeftOut): void {
    this.elements.inc({ outcome: reason }, count);
    this.parts.logger.warn({ botId, reason, count, shape }, 'elements of a web hook of Messenger were left out');
  }
}
