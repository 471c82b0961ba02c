import { gauge, METRICS } from '@baton/telemetry';
import type { Metric } from '@baton/telemetry';
import type { AlarmsStore } from '../alarms/alarms.store.js';
import { CODES, severityOf } from '../alarms/catalog.js';
import { hooksOf } from '../alarms/rules.js';
import { isTaken } from '../alarms/token-verdict.js';
import type { LooksStore } from './looks.store.js';

/** What was seen longer ago is not known any more, and not shown (ms). */
export const KNOWN_FOR = 120_000;

/**
 * Shows the last look as metrics: the same on every replica. Where nobody can look any more only its age is shown: old figures would say
 * that all is well.
 */
export class ShowGauges {
  private readonly shown: { reset(): void }[] = [];
  private readonly alarm = this.ofLook(METRICS.alarm);
  private readonly ready = this.ofLook(METRICS.serviceReady);
  private readonly lag = this.ofLook(METRICS.consumerLag);
  private readonly lagSeconds = this.ofLook(METRICS.consumerLagSeconds);
  private readonly letters = this.ofLook(METRICS.deadLettersOpen);
  private readonly tokens = this.ofLook(METRICS.crispTokenTaken);
  private readonly quota = this.ofLook(METRICS.crispQuotaUsed);
  private readonly hooks = this.ofLook(METRICS.crispHookAge);
  private readonly effects = this.ofLook(METRICS.effectsOpen);
  private readonly doubt = this.ofLook(METRICS.effectsInDoubt);
  /** When the look that is shown was taken; until the first one, when this began (ms). */
  private seenAt: number;

  constructor(
    private readonly looks: Pick<LooksStore, 'last'>,
    private readonly alarms: Pick<AlarmsStore, 'open'>,
    private readonly now: () => number = Date.now,
  ) {
    this.seenAt = now();
    gauge(METRICS.lookAge, (of) => of.set(this.age() / 1_000));
  }

  async show(): Promise<void> {
    const [snapshot, open] = await Promise.all([this.looks.last(), this.alarms.open()]);
    for (const one of this.shown) one.reset();
    for (const code of CODES) {
      const loud = open.filter((one) => one.code === code && (one.mutedUntil === null || one.mutedUntil.getTime() <= this.now()));
      this.alarm.set({ code, severity: severityOf(code) }, loud.length);
    }
    if (!snapshot) return;
    this.seenAt = Date.parse(snapshot.at);
    for (const { name, state } of snapshot.services) if (state !== 'unknown') this.ready.set({ service: name }, state === 'ready' ? 1 : 0);
    for (const { group, topic, isOurs, lag, lagSeconds } of snapshot.lag ?? []) {
      if (!isOurs) continue;
      this.lag.set({ group, topic }, lag);
      if (lagSeconds !== undefined) this.lagSeconds.set({ group, topic }, lagSeconds);
    }
    for (const { botId, state } of snapshot.tokens) {
      const taken = isTaken(state);
      if (taken !== undefined) this.tokens.set({ bot: botId }, taken ? 1 : 0);
    }
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

  private age(): number {
    return Math.max(0, this.now() - this.seenAt);
  }

  private ofLook<Label extends string>(metric: Metric<'gauge', Label>) {
    const made = gauge(metric, (of) => {
      if (this.age() > KNOWN_FOR) of.reset();
    });
    this.shown.push(made);
    return made;
  }
}
