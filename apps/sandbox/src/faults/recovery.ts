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

/** How soon one sort of words took its usual time again. */
export interface Recovery {
  /** Whose words. */
  readonly whose: string;
  /** How long they take when nothing is broken, in seconds: what came back sooner is not told from what was never away. */
  readonly usual: number;
  /** Of each outage, from its end, see {@link secondsToRecover}. */
  readonly seconds: readonly number[];
}

/** Collects the passages of a run; a word that is told of again keeps its first time. */
export class Arrivals {
  private readonly said = new Map<string, { by: string; at: number }>();
  private readonly arrived = new Map<string, number>();
  private readonly excused = new Set<string>();

  /** Its speaker began to say it, and it was taken. */
  wasSaid(by: string, word: string, at: number): void {
    this.said.set(word, { by, at });
  }

  hasArrived(word: string, at: number): void {
    this.arrived.set(word, Math.min(at, this.arrived.get(word) ?? Infinity));
  }

  /** The platform itself told of it late: its time says nothing. */
  excuse(word: string): void {
    this.excused.add(word);
  }

  passages(of: string): Passage[] {
    return [...this.said]
      .filter(([word, { by }]) => by === of && !this.excused.has(word))
      .map(([word, { at: saidAt }]) => {
        const arrivedAt = this.arrived.get(word);
        return { saidAt, ...(arrivedAt === undefined ? {} : { arrivedAt }) };
      });
  }
}

/** @param floorMs nobody calls a word late that took less: what its platform itself takes is in here */
export function recoveryOf(whose: string, passages: readonly Passage[], outages: readonly Outage[], floorMs: number): Recovery {
  const usual = usualMs(passages, outages, floorMs);
  return { whose, usual: usual / 1_000, seconds: secondsToRecover(passages, outages, usual) };
}

/** The slowest of all; Infinity when a word never arrived. */
export function slowest(recovered: readonly Recovery[]): number {
  return Math.max(0, ...recovered.flatMap(({ seconds }) => seconds));
}

/** For people: `4.6 s`, `< 7 s` where nothing was late, `never`; of each sort of words. */
export function inWords(recovered: readonly Recovery[]): string {
  return recovered
    .map(({ usual, seconds }) => {
      const most = Math.max(0, ...seconds);
      if (most === 0) return `< ${Math.ceil(usual)} s`;
      return Number.isFinite(most) ? `${most.toFixed(1)} s` : 'never';
    })
    .join(' / ');
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
