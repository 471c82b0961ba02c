const LINE = 'a record went to the dead letters';

/** Counts records that services put aside, by who could not read what and why, from what they log. */
export class Parked {
  private readonly counts = new Map<string, number>();

  /** Takes any line that a service logged. */
  read(service: string, line: string): void {
    if (!line.includes(LINE)) return;
    const field = (name: string): string => new RegExp(`"${name}":"([^"]*)"`).exec(line)?.[1] ?? '';
    const what = `${service}: ${field('topic')}: ${field('error') || field('reason')}`;
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  get(): ReadonlyMap<string, number> {
    return this.counts;
  }
}
