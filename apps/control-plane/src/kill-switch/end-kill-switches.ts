import type { Logger } from '@baton/telemetry';
import type { KillSwitches } from './kill-switches.js';

const EVERY_MS = 10_000;

/** Takes kill switches away that have ended; that they have, every service sees by itself. */
export class EndKillSwitches {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;

  constructor(
    private readonly switches: Pick<KillSwitches, 'removeEnded'>,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.working ??= this.switches
        .removeEnded()
        .then(() => undefined)
        .catch((err: unknown) => this.log.warn({ err }, 'kill switches that have ended could not be taken away yet'))
        .finally(() => (this.working = undefined));
    }, EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }
}
