/** Bounds of what a process has taken from Kafka and not finished. */
export interface PressureLimits {
  /** In all partitions together. */
  readonly records: number;
  readonly bytes: number;
  /** The share of the bounds that one partition may take, so that its backlog leaves room for the others. */
  readonly partitionShare: number;
}

export interface Load {
  records: number;
  bytes: number;
}

/**
 * Whether reading a partition should be paused or resumed, by its own load and the load of all. Between the bound and its half nothing
 * changes, so that what is left bridges the wait for the next fetch.
 */
export function pressureOn(
  partition: Readonly<Load>,
  all: Readonly<Load>,
  paused: boolean,
  limits: PressureLimits,
): 'pause' | 'resume' | 'stay' {
  const own = Math.max(partition.records / limits.records, partition.bytes / limits.bytes) / limits.partitionShare;
  const whole = Math.max(all.records / limits.records, all.bytes / limits.bytes);
  const fill = Math.max(own, whole);
  if (!paused) return fill >= 1 ? 'pause' : 'stay';
  return fill <= 0.5 ? 'resume' : 'stay';
}
