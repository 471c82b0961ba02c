import type { Kafka, KafkaAdmin, PartitionOffset } from '@baton/messaging/kafka';
import type { LagSeen } from '../alarms/snapshot.js';

const OURS: ReadonlySet<string> = new Set(['escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply', 'control-plane.dead-letters']);
/** Groups that are looked at beside our own, such as those of bots. */
const MAX_GROUPS = 40;

/** A pace is told over so long at least, where there were looks (ms): what one batch brings says little. */
const PACE_OVER = 60_000;

/** How much a group had handled of a topic at a moment (ms). */
export interface Progress {
  readonly at: number;
  readonly done: bigint;
}

/** How far consumer groups are behind, with one client that stays connected. */
export class WatchLag {
  private admin: KafkaAdmin | undefined;
  /** When each group last handled something of a topic, or had nothing to do (ms). */
  private readonly moved = new Map<string, Progress>();
  /** How far each was at the looks of the last minute. */
  private readonly progress = new Map<string, readonly Progress[]>();

  constructor(
    private readonly kafka: Kafka,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns null while Kafka cannot be asked */
  async look(): Promise<LagSeen[] | null> {
    try {
      return await this.lookWith(await this.connected());
    } catch {
      await this.stop();
      return null;
    }
  }

  async stop(): Promise<void> {
    const { admin } = this;
    this.admin = undefined;
    await admin?.disconnect().catch(() => undefined);
  }

  private async connected(): Promise<KafkaAdmin> {
    if (this.admin) return this.admin;
    const admin = this.kafka.admin();
    await admin.connect();
    return (this.admin = admin);
  }

  private async lookWith(admin: KafkaAdmin): Promise<LagSeen[]> {
    const prefix = `${this.kafka.config.topicPrefix}.`;
    const groups = (await admin.groups())
      .filter((group) => group.startsWith(prefix) && !group.includes('.reader-'))
      .sort((a, b) => Number(OURS.has(b.slice(prefix.length))) - Number(OURS.has(a.slice(prefix.length))))
      .slice(0, MAX_GROUPS);
    const committed = await Promise.all(groups.map(async (group) => ({ group, offsets: await admin.committedOf(group) })));
    const topics = [...new Set(committed.flatMap(({ offsets }) => offsets.map(({ topic }) => topic)))].filter((topic) =>
      topic.startsWith(prefix),
    );
    const ends = new Map<string, Map<number, { begin: bigint; end: bigint }>>();
    for (const topic of topics)
      ends.set(topic, new Map((await admin.bounds(topic)).map(({ partition, begin, end }) => [partition, { begin, end }])));
    return committed.flatMap(({ group, offsets }) =>
      [...Map.groupBy(offsets, ({ topic }) => topic)].flatMap(([topic, of]): LagSeen[] => {
        const bounds = ends.get(topic);
        if (!bounds) return [];
        const { done, lag } = lagOf(of, bounds);
        const name = group.slice(prefix.length);
        const plain = topic.slice(prefix.length).replace(/\.v\d+$/, '');
        const key = `${name} ${plain}`;
        const seconds = lagSecondsOf(lag, this.lately(key, done));
        return [
          {
            ...{ group: name, topic: plain, isOurs: OURS.has(name), lag, stuckMs: this.stuckMs(key, done, lag) },
            ...(seconds !== undefined && { lagSeconds: seconds }),
          },
        ];
      }),
    );
  }

  /** How far it was at this look and those before, the oldest first: as many as a pace wants. */
  private lately(key: string, done: bigint): readonly Progress[] {
    const at = this.now();
    const all = [...(this.progress.get(key) ?? []), { at, done }];
    const from = all.findLastIndex((one) => at - one.at >= PACE_OVER);
    const kept = all.slice(Math.max(0, from));
    this.progress.set(key, kept);
    return kept;
  }

  private stuckMs(name: string, done: bigint, lag: number): number {
    const before = this.moved.get(name);
    const now = this.now();
    if (lag === 0 || before?.done !== done) this.moved.set(name, { done, at: now });
    return lag === 0 || !before || before.done !== done ? 0 : now - before.at;
  }
}

/**
 * How long a group needs for what waits, at the pace of the looks that are given, in seconds; undefined where one look tells no pace. Whoever
 * handles less than one record a second is told to handle one: else a single record of a quiet night would be hours of work.
 */
export function lagSecondsOf(lag: number, lately: readonly Progress[]): number | undefined {
  if (lag === 0) return 0;
  const [first, last] = [lately[0], lately.at(-1)];
  if (!first || !last || last.at <= first.at) return undefined;
  const perSecond = (Number(last.done - first.done) * 1_000) / (last.at - first.at);
  return lag / Math.max(1, perSecond);
}

/** What a group has handled, and what it has not. What was deleted before it came to it is no work any more. */
export function lagOf(
  offsets: readonly PartitionOffset[],
  bounds: ReadonlyMap<number, { readonly begin: bigint; readonly end: bigint }>,
): { readonly done: bigint; readonly lag: number } {
  let done = 0n;
  let lag = 0n;
  for (const { partition, offset } of offsets) {
    const found = bounds.get(partition);
    if (!found) continue;
    const at = offset < found.begin ? found.begin : offset;
    done += at;
    if (found.end > at) lag += found.end - at;
  }
  return { done, lag: Number(lag) };
}
