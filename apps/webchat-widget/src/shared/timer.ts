/** One timer: set again it forgets what it was set to before. */
export class Timer {
  private id: ReturnType<typeof setTimeout> | undefined;

  set(ms: number, action: () => void): void {
    this.stop();
    this.id = setTimeout(action, ms);
  }

  stop(): void {
    clearTimeout(this.id);
  }
}
