import { setTimeout as pause } from 'node:timers/promises';

/** Rung by one, heard by another: what was rung while nobody listened is heard at once. */
export class Bell {
  private rung = false;
  private wake = new AbortController();

  ring(): void {
    this.rung = true;
    this.wake.abort();
  }

  /** Resolves when it is rung, or after so long (ms). */
  async heard(withinMs: number): Promise<void> {
    if (!this.rung) {
      this.wake = new AbortController();
      await pause(withinMs, undefined, { signal: this.wake.signal }).catch(() => undefined);
    }
    this.rung = false;
  }
}
