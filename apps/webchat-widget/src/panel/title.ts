/** The title of the page with the number in front. */
export function withCount(title: string, count: number): string {
  return count > 0 ? `(${count > 9 ? '9+' : count}) ${title}` : title;
}

/** Shows in the tab's title that something is unread: now and then, and restored exactly. */
export class TitleSign {
  private timer: ReturnType<typeof setInterval> | undefined;
  private original = '';
  private ours: string | undefined;

  show(count: number): void {
    if (count === 0) {
      this.clear();
      return;
    }
    this.set(count);
    clearInterval(this.timer);
    this.timer = setInterval(() => (this.ours === undefined ? this.set(count) : this.restore()), 1_000);
  }

  clear(): void {
    clearInterval(this.timer);
    this.restore();
  }

  private set(count: number): void {
    this.restore();
    this.original = document.title;
    document.title = this.ours = withCount(this.original, count);
  }

  /** A title that the page changed meanwhile is the page's. */
  private restore(): void {
    if (this.ours !== undefined && document.title === this.ours) document.title = this.original;
    this.ours = undefined;
  }
}
