/** A sign that somebody writes is seen for twenty seconds in every channel. */
const AGAIN_MS = 8_000;
/** Who works longer says so once more. */
const LONGEST_MS = 30_000;

/** Tells again and again that the bot works on a turn, until it ends or has been told for half a minute. */
export class Typing {
  private timer: NodeJS.Timeout | undefined;
  private until = 0;
  private isShown = false;

  /** @param tell best effort; must not throw */
  constructor(
    private readonly tell: (typing: boolean) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Begins, or begins anew. */
  begin(): void {
    this.until = this.now() + LONGEST_MS;
    this.isShown = true;
    this.tell(true);
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      if (this.now() >= this.until) clearInterval(this.timer);
      else this.tell(true);
    }, AGAIN_MS).unref();
  }

  /** Ends; an answer takes the sign away by itself. */
  end({ answered }: { answered: boolean }): void {
    clearInterval(this.timer);
    if (this.isShown && !answered) this.tell(false);
    this.isShown = false;
  }
}
