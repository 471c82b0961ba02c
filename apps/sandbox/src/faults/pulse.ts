import type { LogFrame } from '@baton/contracts';

const LOOK_EVERY_MS = 50;

/** Looks at all screens again and again: when something new is there, and for how long nothing of an agent was. */
export class Pulse {
  /** Of the time between {@link start} and {@link stop}, in seconds. */
  longestSilence = 0;
  private isCounting = false;
  private last = 0;
  private readonly timer: NodeJS.Timeout;
  /** How far each screen was read. */
  private readonly read = new Map<object, number>();

  constructor(
    private readonly screens: readonly { readonly log: readonly LogFrame[] }[],
    private readonly onText: (text: string, at: number) => void,
  ) {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  start(): void {
    this.last = performance.now();
    this.isCounting = true;
  }

  stop(): void {
    this.isCounting = false;
  }

  /** Looks no more. */
  end(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = performance.now();
    if (this.somebodySawAnAgent()) this.last = now;
    if (this.isCounting) this.longestSilence = Math.max(this.longestSilence, (now - this.last) / 1_000);
  }

  private somebodySawAnAgent(): boolean {
    let isNew = false;
    for (const screen of this.screens) {
      for (const frame of screen.log.slice(this.read.get(screen) ?? 0)) {
        if (frame.t !== 'message' || frame.author.kind !== 'agent') continue;
        isNew = true;
        if (frame.body.type === 'text') this.onText(frame.body.text, Date.now());
      }
      this.read.set(screen, screen.log.length);
    }
    return isNew;
  }
}
