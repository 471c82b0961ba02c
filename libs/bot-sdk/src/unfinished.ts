/** Which records of a partition are still in work: what may be committed ends before the oldest of them. */
export class Unfinished {
  private readonly partitions = new Map<number, { open: Set<bigint>; next: bigint; committed: bigint }>();

  /** Records are taken in the order of their offsets. */
  take(partition: number, offset: string): void {
    const at = BigInt(offset);
    const known = this.partitions.get(partition);
    if (known) {
      known.open.add(at);
      known.next = at + 1n;
    } else {
      this.partitions.set(partition, { open: new Set([at]), next: at + 1n, committed: -1n });
    }
  }

  done(partition: number, offset: string): void {
    this.partitions.get(partition)?.open.delete(BigInt(offset));
  }

  /** Where each partition may be committed to and was not yet. A set keeps its order, so the first open record is the oldest. */
  toCommit(): { partition: number; offset: string }[] {
    const due: { partition: number; offset: string }[] = [];
    for (const [partition, { open, next, committed }] of this.partitions) {
      const [oldest] = open;
      const offset = oldest ?? next;
      if (offset > committed) due.push({ partition, offset: String(offset) });
    }
    return due;
  }

  committed(partition: number, offset: string): void {
    const known = this.partitions.get(partition);
    if (known) known.committed = BigInt(offset);
  }
}
