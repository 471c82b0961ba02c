import { gauge, METRICS } from '@baton/telemetry';
import type { FilesStore } from './files.store.js';

const AT_ONCE = 50;
const ROUNDS = 200;

/** Deletes files past their time and watches how much is kept. */
export class TidyFiles {
  private bytes = 0;

  constructor(
    private readonly store: FilesStore,
    /** Of all files together; beyond it visitors are asked to come again later. */
    private readonly maxTotalBytes: number,
  ) {
    gauge(METRICS.filesStored, (stored) => stored.set(this.bytes));
  }

  get isFull(): boolean {
    return this.bytes >= this.maxTotalBytes;
  }

  async run(now: Date): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      if ((await this.store.deleteExpired(now, AT_ONCE)) < AT_ONCE) break;
    }
    this.bytes = await this.store.allBytes();
  }
}
