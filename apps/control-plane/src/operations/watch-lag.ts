import type { Kafka, KafkaAdmin, PartitionOffset } from '@baton/messaging/kafka';
import type { LagSeen } from '../alarms/snapshot.js';

const OURS: ReadonlySet<string> = new Set(['escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply', 'control-plane.dead-letters']);
/** Groups that are looked at beside our own, such as those of bots. */
const MAX_GROUPS = 40;

/** How far consumer groups are behind, with one client that stays connected. */
export class WatchLag {
  private admin: KafkaAdmin | undefined;
  /** When each group last handled something of a topic, or had nothing to do (ms). */
  private readonly moved = new Map<string, { readonly done: bigint; readonly at: number }>();

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
        return [{ group: name, topic: plain, isOurs: OURS.has(name), lag, stuckMs: this.stuckMs(`${name} ${plain}`, done, lag) }];
      }),
    );
  }

  private stuckMs(name: string, done: bigint, lag: number): number {
    const before = this.moved.get(name);
    const now = this.now();
    if (lag === 0 || before?.done !== done) this.moved.set(name, { done, at: now });
    return lag === 0 || !before || before.done !== done ? 0 : now - before.at;
  }
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
