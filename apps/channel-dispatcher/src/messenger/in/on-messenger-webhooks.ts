import { setTimeout as pause } from 'node:timers/promises';
import { messengerWebhooks } from '@baton/contracts';
import type { MessengerWebhook, ReceivedEvent } from '@baton/contracts';
import { OnEvents } from '@baton/messaging';
import { readMessengerEvent, readMetadata } from '@baton/messenger';
import { SettingsStore } from '@baton/settings';
import { beginStep, counter, METRICS } from '@baton/telemetry';
import { Controller } from '@nestjs/common';
import { MessengerPages } from '../messenger-pages.js';
import { MessengerSigns } from '../signs.js';
import { isBotAnswering } from './bot-answering.js';
import { Hear } from './hear.js';
import { addressOf } from './what-happened.js';
import type { Happening } from './what-happened.js';

/** At a start the settings are moments away; who our app is decides what an echo means (ms). */
const SETTINGS_PATIENCE_MS = 10_000;

/** Events of Messenger from Kafka: into the logs, to the orchestrator, and into what is known of our sends. */
@Controller()
export class OnMessengerWebhooks {
  private readonly kinds = counter(METRICS.messengerEvents);
  private readonly twice = counter(METRICS.messengerSentTwice);

  constructor(
    private readonly hear: Hear,
    private readonly pages: MessengerPages,
    private readonly signs: MessengerSigns,
    private readonly settings: SettingsStore,
  ) {}

  @OnEvents(messengerWebhooks, { maxBatch: 200 })
  async take(events: readonly ReceivedEvent<typeof messengerWebhooks>[]): Promise<void> {
    await this.untilSettingsAreRead();
    const steps = events.map(({ data, traceparent }) =>
      beginStep('hear messenger', traceparent, { attributes: { 'baton.bot.id': data.botId } }),
    );
    const happenings = events.map(({ data }, i) => ({ ...this.happeningOf(data), traceparent: steps[i]!.traceparent }));
    const now = new Date();
    const { toBot, sentTwice } = await this.hear.hear(happenings, now).finally(() => steps.forEach((step) => step.end()));
    for (const { fact } of happenings) this.kinds.inc({ kind: fact.kind });
    if (sentTwice > 0) this.twice.inc(sentTwice);
    this.signs.heard(
      toBot.map(({ of, elsewhereAt }) => ({ of, isAnswering: isBotAnswering(this.settings.bot(of.botId), elsewhereAt, now) })),
    );
  }

  /** Without settings our own sends are still known by their mark; an echo without it is nobody's then. */
  private happeningOf(webhook: MessengerWebhook): Happening {
    const of = addressOf(webhook);
    const appId = this.pages.appIdOf(webhook.botId);
    const fact = readMessengerEvent(webhook, appId ?? ownAppIn(webhook) ?? '');
    if (appId === undefined && fact.kind === 'foreign-echo') return { of, fact: { ...fact, kind: 'unknown', says: 'message' } };
    return { of, fact };
  }

  private async untilSettingsAreRead(): Promise<void> {
    const until = performance.now() + SETTINGS_PATIENCE_MS;
    while (!this.settings.caughtUp && performance.now() < until) await pause(50);
  }
}

/** The app that an echo names, when the echo carries our mark. */
function ownAppIn({ event }: MessengerWebhook): string | undefined {
  const { metadata, app_id: appId } = Object(event['message']) as Readonly<Record<string, unknown>>;
  const isOurs = typeof metadata === 'string' && readMetadata(metadata) !== undefined;
  return isOurs && (typeof appId === 'string' || typeof appId === 'number') ? String(appId) : undefined;
}
