import { type ChildService, freePort, spawnService } from '@baton/testing';
import type { SupervisedProcess } from '../../platform/supervised-process.js';
import { cpuUs, rssMiB } from '../process-usage.js';
import { fetchMetrics } from '../steady/service-metrics.js';

interface Replica {
  readonly url: string;
  readonly pid: () => number;
  readonly child: ChildService | undefined;
}

const READY_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 500;
/** A share of fewer messages is chance. */
const FEWEST_MESSAGES = 16;
const SHARE_WITHIN_MS = 60_000;

/** The replicas of one service: the first belongs to the platform, the others come and go. */
export class Replicas {
  private readonly all: Replica[];
  private started = 1;

  constructor(private readonly first: SupervisedProcess) {
    this.all = [{ url: first.url, pid: () => first.pid ?? 0, child: undefined }];
  }

  get count(): number {
    return this.all.length;
  }

  readonly urls = (): readonly string[] => this.all.map(({ url }) => url);

  /** CPU of all that run now, in microseconds. */
  cpuUs(): number {
    return this.all.reduce((sum, { pid }) => sum + cpuUs(pid()), 0);
  }

  /** Resident memory of one, the mean of all. */
  rssMiB(): number {
    return this.all.reduce((sum, { pid }) => sum + rssMiB(pid()), 0) / this.count;
  }

  /** Starts one more; resolves when it is ready. */
  async add(): Promise<void> {
    const { plan } = this.first;
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const name = `${plan.name}-scaled-${(this.started += 1)}`;
    const child = spawnService({
      ...{ name, entry: plan.entry, nodeArgs: plan.nodeArgs ?? [] },
      env: { ...plan.env, HTTP_PORT: String(port), INSTANCE_ID: name },
    });
    this.all.push({ url, pid: () => child.pid, child });
    await child.ready(`${url}/health/ready`, READY_WITHIN_MS);
  }

  /** Ends the newest. */
  async remove(): Promise<void> {
    const last = this.all.at(-1);
    if (!last?.child) return;
    this.all.pop();
    await last.child.kill('SIGTERM');
  }

  /** Whether the newest handles half of its fair share or more, as soon as it does, false after a minute. */
  async sharing(messagesPerSecond: number): Promise<boolean> {
    const everyMs = Math.max(LOOK_EVERY_MS, (FEWEST_MESSAGES / messagesPerSecond) * 1_000);
    const deadline = performance.now() + SHARE_WITHIN_MS;
    let before = await this.handled();
    while (performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      const now = await this.handled();
      const grown = now.map((value, index) => value - before[index]!);
      before = now;
      if (hasItsShare(grown)) return true;
    }
    return false;
  }

  async stop(): Promise<void> {
    while (this.count > 1) await this.remove();
  }

  private handled(): Promise<number[]> {
    return Promise.all(this.all.map(async ({ url }) => (await fetchMetrics(url)).handled));
  }
}

/** Whether the last one of these did at least half of what each would do if all did the same. */
export function hasItsShare(handled: readonly number[]): boolean {
  const sum = handled.reduce((total, value) => total + value, 0);
  return sum > 0 && handled.at(-1)! >= sum / handled.length / 2;
}
