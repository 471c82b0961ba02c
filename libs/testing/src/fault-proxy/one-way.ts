import type { Socket } from 'node:net';

/** What a network does to everything that goes over it. */
export interface Weather {
  /** Nothing arrives, and nobody is told. */
  readonly isBlackHole: boolean;
  /** Milliseconds that everything takes longer, each way. */
  readonly latencyMs: number;
  /** Of each connection, each way; Infinity: as fast as it goes. */
  readonly bytesPerSecond: number;
}

export const FAIR: Weather = { isBlackHole: false, latencyMs: 0, bytesPerSecond: Infinity };

/** More than this waits with the sender, as it would in front of a slow link. */
const MOST_ON_ITS_WAY = 256 * 1024;

interface OnItsWay {
  readonly dueAt: number;
  /** Absent: the sender's last word (FIN). */
  readonly bytes?: Buffer;
}

/** What one side of a connection says to the other, in order, as late as the weather has it. */
export class OneWay {
  private readonly queue: OnItsWay[] = [];
  private waiting = 0;
  private freeAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private isMute = false;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly weather: () => Weather,
    private readonly onArrival: (bytes: number) => void = () => undefined,
  ) {
    from.on('data', (bytes: Buffer) => this.take(bytes));
    from.on('end', () => this.take(undefined));
    to.on('drain', () => this.go());
  }

  /** Bytes that were said and have not arrived yet. */
  get onItsWay(): number {
    return this.waiting;
  }

  /** From now on everything said vanishes, for good. */
  mute(): void {
    this.isMute = true;
    this.queue.length = 0;
    this.waiting = 0;
    clearTimeout(this.timer);
    this.from.resume();
  }

  /** The weather changed. */
  go(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isMute || this.weather().isBlackHole || this.to.destroyed) return;
    const now = performance.now();
    while (this.queue.length > 0 && !this.to.writableNeedDrain) {
      const { dueAt, bytes } = this.queue[0]!;
      if (dueAt > now) {
        this.timer = setTimeout(() => this.go(), dueAt - now);
        break;
      }
      this.queue.shift();
      if (bytes === undefined) this.to.end();
      else {
        this.waiting -= bytes.length;
        this.to.write(bytes);
        this.onArrival(bytes.length);
      }
    }
    if (this.waiting < MOST_ON_ITS_WAY) this.from.resume();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.queue.length = 0;
  }

  private take(bytes: Buffer | undefined): void {
    if (this.isMute) return;
    const { latencyMs, bytesPerSecond } = this.weather();
    const length = bytes?.length ?? 0;
    const now = performance.now();
    this.freeAt = Math.max(now, this.freeAt) + (length / bytesPerSecond) * 1_000;
    this.queue.push({ dueAt: this.freeAt + latencyMs, ...(bytes && { bytes }) });
    this.waiting += length;
    if (this.waiting >= MOST_ON_ITS_WAY) this.from.pause();
    this.go();
  }
}
