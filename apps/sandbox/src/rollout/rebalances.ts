/** Members of a group are told of one rebalance within this time. */
const TOGETHER_MS = 1_000;

/** Counts how often partitions of a group were given anew, from what its members log. */
export class Rebalances {
  private readonly last = new Map<string, number>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Takes any line that a service logged. */
  read(line: string): void {
    if (!line.includes('the group gave this member its partitions')) return;
    const group = /"group":"([^"]+)"/.exec(line)?.[1];
    if (group === undefined) return;
    const at = this.now();
    const isNew = at - (this.last.get(group) ?? -Infinity) > TOGETHER_MS;
    this.last.set(group, at);
    if (isNew) this.counts.set(group, (this.counts.get(group) ?? 0) + 1);
  }

  /** Of every group; names without the prefix. */
  get(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counts].map(([group, count]) => [group.slice(group.lastIndexOf('.') + 1), count]));
  }
}
