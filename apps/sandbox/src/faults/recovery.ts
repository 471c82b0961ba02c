/** When words were said and when they arrived, in ms since 1970. */
export interface Passage {
  readonly saidAt: number;
  /** Absent: never. */
  readonly arrivedAt?: number;
}

/** From when until when something was broken. */
export interface Outage {
  readonly from: number;
  readonly until: number;
}

/** Collects the passages of a run; a word that is told of again keeps its first time. */
export class Arrivals {
  private readonly said = new Map<string, number>();
  private readonly arrived = new Map<string, number>();
  private readonly excused = new Set<string>();

  /** Its speaker began to say it, and it was taken. */
  wasSaid(word: string, at: number): void {
    this.said.set(word, at);
  }

  hasArrived(word: string, at: number): void {
    this.arrived.set(word, Math.min(at, this.arrived.get(word) ?? Infinity));
  }

  /** The platform itself told of it late: its time says nothing. */
  excuse(word: string): void {
    this.excused.add(word);
  }

  passages(): Passage[] {
    return [...this.said]
      .filter(([word]) => !this.excused.has(word))
      .map(([word, saidAt]) => {
        const arrivedAt = this.arrived.get(word);
        return { saidAt, ...(arrivedAt === undefined ? {} : { arrivedAt }) };
      });
  }
}

/**
 * How long words take when nothing is broken: as long as the slowest of those that arrived before the first outage, and never less than
 * `floorMs`, for there are few of them.
 */
export function usualMs(passages: readonly Passage[], outages: readonly Outage[], floorMs: number): number {
  const first = Math.min(...outages.map(({ from }) => from));
  const before = passages.flatMap(({ saidAt, arrivedAt }) => (arrivedAt !== undefined && arrivedAt < first ? [arrivedAt - saidAt] : []));
  return Math.max(floorMs, ...before);
}

/**
 * Seconds from the end of each outage until everything was as before: the last of the words that took longer than usual, and were said before the
 * next outage, had arrived. 0 when none was late after the end; Infinity when one never arrived.
 */
export function secondsToRecover(passages: readonly Passage[], outages: readonly Outage[], usual: number): number[] {
  return outages.map(({ from, until }, index) => {
    const next = outages[index + 1]?.from ?? Infinity;
    const late = passages.filter(({ saidAt, arrivedAt = Infinity }) => saidAt < next && arrivedAt > from && arrivedAt - saidAt > usual);
    return Math.max(0, ...late.map(({ arrivedAt = Infinity }) => arrivedAt - until)) / 1_000;
  });
}
