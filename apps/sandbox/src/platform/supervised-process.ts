import { type ChildService, spawnService } from '@baton/testing';

export interface ProcessPlan {
  readonly name: string;
  /** The JavaScript file to run. */
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  /** Options for Node itself. */
  readonly nodeArgs?: readonly string[];
  /** Where it is reached; absent for a process without a port. */
  readonly url?: string;
  /** Answers 2xx when it is ready; absent: it is ready when it says so (see `readyLine`). */
  readonly readyUrl?: string;
  readonly readyLine?: RegExp;
  readonly onLine?: (line: string) => void;
  /** Told when it ended by itself and when it is tried again. */
  readonly onTrouble?: (sentence: string) => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** Who ran so long is not crash-looping: twice what a service takes to start. */
const STEADY_MS = 3_000;
const READY_WITHIN_MS = 60_000;

/** A process that is started again whenever it ends: at once when it ran well or was killed from here, else with longer and longer pauses. */
export class SupervisedProcess {
  private child: ChildService | undefined;
  private wanted = false;
  private startedAt = 0;
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private sawReadyLine = false;
  private tellReadyLine: () => void = () => undefined;
  /** How often it was started. */
  starts = 0;

  constructor(
    readonly plan: ProcessPlan,
    private readonly now: () => number = Date.now,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  /** Where it is reached. */
  get url(): string {
    return this.plan.url ?? '';
  }

  get pid(): number | undefined {
    return this.child?.running ? this.child.pid : undefined;
  }

  get running(): boolean {
    return this.child?.running ?? false;
  }

  /** Resolves when it is ready. Does nothing more when it runs already. */
  async start(): Promise<void> {
    this.wanted = true;
    if (!this.running) this.spawn();
    await this.ready();
  }

  /** Resolves when it answers that it is ready, also after a restart. */
  async ready(withinMs = READY_WITHIN_MS): Promise<void> {
    const { readyUrl, readyLine, name } = this.plan;
    if (readyUrl) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const { child } = this;
        try {
          if (child) return await child.ready(readyUrl, Math.max(1, deadline - Date.now()));
        } catch (error) {
          // A process that ended is started again by the supervision; only the deadline ends the wait.
          if (Date.now() >= deadline || !this.wanted || child?.running || this.failures > 2) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    if (readyLine && !this.sawReadyLine) {
      await new Promise<void>((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error(`${name} was not ready within ${withinMs} ms`)), withinMs);
        this.tellReadyLine = () => {
          clearTimeout(limit);
          resolve();
        };
      });
    }
  }

  /** Ends it without a chance to tidy up; the supervision starts it again, at once, for it did nothing wrong. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (!this.child?.running) return;
    this.failures = 0;
    await this.child.kill(signal);
  }

  /** A clean stop and a start. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends it for good (until `start`); a process that does not end within 10 s is killed. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; signal: NodeJS.Signals | null } | undefined> {
    this.wanted = false;
    clearTimeout(this.timer);
    const { child } = this;
    if (!child?.running) return undefined;
    const patience = setTimeout(() => void child.kill('SIGKILL'), 10_000).unref();
    const end = await child.kill(signal);
    clearTimeout(patience);
    return end;
  }

  private spawn(): void {
    const { name, entry, env, nodeArgs = [], readyLine, onLine } = this.plan;
    this.sawReadyLine = false;
    this.startedAt = this.now();
    this.starts += 1;
    const child = spawnService({
      name,
      entry,
      env,
      nodeArgs,
      onLine: (line) => {
        onLine?.(line);
        if (!readyLine?.test(line)) return;
        this.sawReadyLine = true;
        this.tellReadyLine();
      },
    });
    this.child = child;
    void child.exited.then((end) => this.afterExit(child, end));
  }

  private afterExit(child: ChildService, { code, signal }: { code: number | null; signal: NodeJS.Signals | null }): void {
    if (!this.wanted || this.child !== child) return;
    if (this.now() - this.startedAt > STEADY_MS) this.failures = 0;
    const pause = this.failures === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures);
    this.failures += 1;
    const why = signal ?? `code ${code}`;
    this.plan.onTrouble?.(`${this.name} ended (${why}); it is started again ${pause === 0 ? 'at once' : `in ${pause / 1_000} s`}`);
    this.timer = setTimeout(() => this.wanted && this.spawn(), pause);
  }
}
