import type { DataSource } from 'typeorm';
import type { Effects } from '@baton/effects';
import { counter, histogram, METRICS, ROAD_SECONDS, watchEffects } from '@baton/telemetry';
import type { Alarms } from './alarms.js';
import type { DeskWork, PromiseChange } from './floor/actions.js';
import type { JudgeObserver } from './judge/judge.js';
import type { HandoverNews } from './judge/writings.js';
import { CountHandovers } from './outcomes/count-handovers.js';
import { CountPromises } from './promises/count-promises.js';

/** Work that carries what a visitor said. */
const OF_WORDS: readonly DeskWork['kind'][] = ['post-visitor-words'];
/** A word that never comes is later than the last bound of the histogram (seconds). */
const NEVER = 2 * Math.max(...ROAD_SECONDS);

/** What the service counts. */
export class Observations implements JudgeObserver {
  private readonly facts = counter(METRICS.factsJudged);
  private readonly passedOver = counter(METRICS.factsIgnored);
  private readonly floors = counter(METRICS.floorChanges);
  private readonly found = counter(METRICS.missedWebhooks);

  private readonly repeats = counter(METRICS.recordsRepeated);
  private readonly rejections = counter(METRICS.botAnswersRejected);
  private readonly visitorWord = histogram(METRICS.visitorWord);
  private readonly handovers = new CountHandovers();
  private readonly promises = new CountPromises();

  constructor(private readonly alarms: Alarms) {}

  decided(kind: string): void {
    this.facts.inc({ kind });
  }

  ignored(reason: string): void {
    this.passedOver.inc({ reason });
  }

  floorMoved(from: string, to: string): void {
    this.floors.inc({ from, to });
  }

  repeated(times: number): void {
    this.repeats.inc(times);
  }

  knowsBot(botId: string): void {
    this.handovers.knows(botId);
  }

  handedOver(news: HandoverNews): void {
    this.handovers.heard(news);
  }

  rejected(reason: string): void {
    this.rejections.inc({ reason });
  }

  /** A visitor's word stands in Crisp. @param tookMs since he said it */
  wordPosted(tookMs: number): void {
    this.visitorWord.observe(Math.max(0, tookMs) / 1_000);
  }

  /** A visitor's word will never stand in Crisp, though its conversation does. */
  wordGivenUp(): void {
    this.visitorWord.observe(NEVER);
  }

  promised(change: PromiseChange, at: number): void {
    this.promises.changed(change, at);
  }

  alarmed(alarm: Parameters<Alarms['ring']>[0]): void {
    this.alarms.ring(alarm);
  }

  foundMissed(kind: string): void {
    this.found.inc({ kind });
  }

  /** Shows whose Crisp is sick, and how long the oldest effect of all, and the oldest word, has been waiting. */
  watch(effects: Effects, dataSource: DataSource): void {
    watchEffects(effects, dataSource, OF_WORDS);
  }
}
