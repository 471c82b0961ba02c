import { gauge, METRICS } from '@baton/telemetry';
import type { AlarmsStore } from '../alarms/alarms.store.js';
import { CODES, severityOf } from '../alarms/catalog.js';
import { hooksOf } from '../alarms/rules.js';
import type { LooksStore } from './looks.store.js';

/** Shows the last look as metrics: the same on every replica. */
export class ShowGauges {
  private readonly alarm = gauge(METRICS.alarm);
  private readonly ready = gauge(METRICS.serviceReady);
  private readonly lag = gauge(METRICS.consumerLag);
  private readonly letters = gauge(METRICS.deadLettersOpen);
  private readonly tokens = gauge(METRICS.crispTokenTaken);
  private readonly quota = gauge(METRICS.crispQuotaUsed);
  private readonly hooks = gauge(METRICS.crispHookAge);
  private readonly effects = gauge(METRICS.effectsOpen);
  private readonly doubt = gauge(METRICS.effectsInDoubt);

  constructor(
    private readonly looks: LooksStore,
    private readonly alarms: AlarmsStore,
    private readonly now: () => number = Date.now,
  ) {}

  async show(): Promise<void> {
    const [snapshot, open] = await Promise.all([this.looks.last(), this.alarms.open()]);
    for (const code of CODES) {
      const loud = open.filter((one) => one.code === code && (one.mutedUntil === null || one.mutedUntil.getTime() <= this.now()));
      this.alarm.set({ code, severity: severityOf(code) }, loud.length);
    }
    if (!snapshot) return;
    for (const one of [this.ready, this.lag, this.letters, this.tokens, this.quota, this.hooks, this.effects, this.doubt]) one.reset();
    for (const { name, state } of snapshot.services) if (state !== 'unknown') this.ready.set({ service: name }, state === 'ready' ? 1 : 0);
    for (const { group, topic, isOurs, lag } of snapshot.lag ?? []) if (isOurs) this.lag.set({ group, topic }, lag);
    for (const { botId, state } of snapshot.tokens) this.tokens.set({ bot: botId }, state === 'taken' ? 1 : 0);
    this.letters.set({ workspace: '' }, snapshot.unownedDeadLetters);
    for (const { workspaceId, deadLettersOpen, signals } of snapshot.workspaces) {
      this.letters.set({ workspace: workspaceId }, deadLettersOpen);
      for (const { websiteIds, used, limit } of signals.orchestrator?.quotas ?? [])
        if (limit !== null) for (const website of websiteIds) this.quota.set({ website }, used / limit);
      for (const [website, { lastHookAt }] of hooksOf(signals))
        if (lastHookAt !== null) this.hooks.set({ website }, (this.now() - lastHookAt) / 1_000);
      for (const { targets } of Object.values(signals))
        for (const { target, open: waiting, inDoubt } of targets) {
          const kind = target.split(':')[0]!;
          this.effects.inc({ kind }, waiting);
          this.doubt.inc({ kind }, inDoubt);
        }
    }
  }
}
