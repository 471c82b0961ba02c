import { type GroundKind, type GroundOptions, type RunningGround, startGround } from './grounds.js';

/** Starts one after the other: each wants the machine and free ports for itself. */
let lastStart: Promise<unknown> = Promise.resolve();

/** The ground on which one scenario after the other stands: another is started when one needs another. */
export class StandingGround {
  private kind: GroundKind | undefined;
  private standing: Promise<RunningGround> | undefined;
  private isClosed = false;

  constructor(
    private readonly options: GroundOptions,
    private readonly start: typeof startGround = startGround,
  ) {}

  async standOn(kind: GroundKind): Promise<RunningGround> {
    if (this.kind === kind && this.standing) return this.standing;
    await this.clear();
    if (this.isClosed) throw new Error('the run was ended');
    this.kind = kind;
    this.standing = lastStart.then(() => this.start(kind, this.options));
    lastStart = this.standing.catch(() => undefined);
    this.standing.catch(() => (this.standing = undefined));
    return this.standing;
  }

  /** Nobody knows what state it is in: the next one needs another, of whatever kind. */
  async discard(): Promise<void> {
    await this.clear();
  }

  /** For good: also what is only being started. */
  async stop(): Promise<void> {
    this.isClosed = true;
    await this.clear();
  }

  private async clear(): Promise<void> {
    const { standing } = this;
    const ground = await standing?.catch(() => undefined);
    if (this.standing === standing) this.standing = undefined;
    await (ground && once(ground));
  }
}

const stops = new WeakMap<RunningGround, Promise<void>>();

/** However many want it to stop, it is stopped once, and all wait for that. */
function once(ground: RunningGround): Promise<void> {
  let stop = stops.get(ground);
  if (!stop) stops.set(ground, (stop = ground.stop()));
  return stop;
}
