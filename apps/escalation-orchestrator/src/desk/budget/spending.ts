import type { AnswerHeard, CrispConnections } from '@baton/crisp';
import { counter, gauge, METRICS } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import { CallCounts } from './call-counts.js';
import { NO_QUIET, quietAfter } from './quiet-time.js';
import type { QuietTime } from './quiet-time.js';
import { forecastOf, whyNotSpend } from './what-may-be-spent.js';
import type { Account, Purpose, WhyNot } from './what-may-be-spent.js';

/** Between two times that replicas tell each other what they spent (ms). */
const SHARE_EVERY = 5_000;

export interface SpendingParts {
  readonly dataSource: DataSource;
  readonly connections: Pick<CrispConnections, 'of' | 'callsPerDay'>;
  readonly log: Logger;
  /** ms */
  readonly now: () => number;
}

/** What the calls of a day are spent for: each token has so many, and what matters least goes without first. */
export class Spending {
  private readonly counts: CallCounts;
  private readonly quiet = new Map<string, QuietTime>();
  private readonly calls = counter(METRICS.crispCalls);
  private readonly left = counter(METRICS.signsDropped);
  private timer: NodeJS.Timeout | undefined;
  private sharing: Promise<void> | undefined;

  constructor(private readonly parts: SpendingParts) {
    this.counts = new CallCounts(parts.dataSource, parts.now);
  }

  /** Crisp answered a call with this token. */
  heard(tokenId: string, { limited }: AnswerHeard): void {
    this.calls.inc({ outcome: limited ? 'limited' : 'answered' });
    this.counts.add(tokenId);
    const quiet = quietAfter(this.quiet.get(tokenId) ?? NO_QUIET, limited, this.parts.now());
    if (quiet === NO_QUIET) this.quiet.delete(tokenId);
    else this.quiet.set(tokenId, quiet);
  }

  /** Why a call at this website is left out now; undefined when it is made. */
  whyNot(purpose: Purpose, at: { readonly websiteId: string; readonly botId: string }): WhyNot | undefined {
    const { connections, now } = this.parts;
    const settings = connections.of(at.websiteId, at.botId)?.settings;
    if (!settings) return undefined;
    const { tokenId, callsPerDay: perDay } = settings;
    const quietUntil = this.quiet.get(tokenId)?.until ?? 0;
    return whyNotSpend(purpose, { used: this.counts.today(tokenId), perDay, quietUntil }, now());
  }

  /** How it stands with the calls of this token today, by all replicas. */
  accountOf(tokenId: string): Account {
    return {
      used: this.counts.today(tokenId),
      perDay: this.parts.connections.callsPerDay().get(tokenId),
      quietUntil: this.quiet.get(tokenId)?.until ?? 0,
    };
  }

  /** Somebody else made calls with this token. */
  madeElsewhere(tokenId: string, calls: number): void {
    for (let made = 0; made < calls; made++) this.counts.add(tokenId);
  }

  /** A sign was not given. */
  leftOut(reason: string, count = 1): void {
    this.left.inc({ reason }, count);
  }

  start(): void {
    gauge(METRICS.crispQuota, (of) => of.set(this.highest((used, perDay) => used / perDay)));
    gauge(METRICS.crispForecast, (of) => of.set(this.highest((used, perDay) => forecastOf(used, perDay, this.parts.now()))));
    this.timer = setInterval(() => {
      this.sharing ??= this.share().finally(() => (this.sharing = undefined));
    }, SHARE_EVERY);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sharing;
    await this.share();
  }

  private async share(): Promise<void> {
    try {
      await this.counts.share();
    } catch (error) {
      this.parts.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'calls to Crisp could not be counted and are later');
    }
  }

  private highest(part: (used: number, perDay: number) => number): number {
    return Math.max(0, ...[...this.parts.connections.callsPerDay()].map(([tokenId, perDay]) => part(this.counts.today(tokenId), perDay)));
  }
}
