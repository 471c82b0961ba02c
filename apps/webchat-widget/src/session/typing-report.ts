import { Timer } from '../shared/timer.js';

/** That the visitor types is told at most this often: agents see each sign for about six seconds, and the server lets one pass in four. */
export const TYPING_EVERY_MS = 4_500;
/** After so long without a key he has stopped. */
const STOPPED_MS = 5_000;

/** Tells the other side that the visitor types, sparingly, and that he stopped. */
export class TypingReport {
  private toldAt = -Infinity;
  private readonly timer = new Timer();

  constructor(private readonly tell: (typing: boolean) => void) {}

  /** `now` in ms. */
  typed(hasText: boolean, now: number): void {
    if (!hasText) {
      this.ended();
      return;
    }
    if (now - this.toldAt >= TYPING_EVERY_MS) {
      this.toldAt = now;
      this.tell(true);
    }
    this.timer.set(STOPPED_MS, () => this.ended());
  }

  ended(): void {
    this.stop();
    if (this.toldAt === -Infinity) return;
    this.toldAt = -Infinity;
    this.tell(false);
  }

  stop(): void {
    this.timer.stop();
  }
}
