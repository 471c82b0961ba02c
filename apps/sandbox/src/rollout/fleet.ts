import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChildService, eventually, freePort, spawnService } from '@baton/testing';
import { at, type Ground, GROUNDED, type GroundedPlan } from '../platform/services.js';
import type { Ports } from '../platform/ports.js';
import { type Answers, Balancer } from './balancer.js';
import { STOP_WITHIN_MS } from './report.js';
import type { Build } from './build.js';

export type Rolled = 'ingress' | 'orchestrator' | 'dispatcher' | 'ai' | 'control-plane';

/** What is replaced, and how many of each run. The control plane is one, as small installations have it. */
export const FLEETS: readonly { readonly name: Rolled; readonly replicas: number }[] = [
  { name: 'control-plane', replicas: 1 },
  { name: 'ingress', replicas: 2 },
  { name: 'orchestrator', replicas: 2 },
  { name: 'ai', replicas: 2 },
  { name: 'dispatcher', replicas: 2 },
];

export interface FleetOptions {
  readonly name: Rolled;
  readonly replicas: number;
  /** What the services of a build are told of their surroundings. */
  readonly groundOf: (build: Build) => Ground;
  /** Told each line that a replica writes. */
  readonly onLine: (service: Rolled, line: string) => void;
  /** Told what should not have happened. */
  readonly onTrouble: (sentence: string) => void;
}

/** Milliseconds from SIGTERM to the end of a process. */
export type Stops = readonly number[];

/** A service that does not wait by itself is taken out of the balancer so long before it is told to end. */
const PRE_STOP_MS = 1_500;
/** In Kubernetes a pod that was told to end leaves its Service within about a second, whether or not a probe was answered. */
const LEFT_OUT_AFTER_MS = 1_000;
const READY_WITHIN_MS = 60_000;
/** As Kubernetes' own grace, which nothing should come near. */
const KILLED_AFTER_MS = 30_000;
/** The pause of a stop as it is by default; everybody comes from one address here; a word whose hook was lost is found soon. */
const AS_IN_PRODUCTION = {
  SHUTDOWN_DELAY_MS: undefined,
  NEW_VISITORS_PER_MINUTE: '100000',
  REQUESTS_PER_ADDRESS: '100000',
  CATCH_UP_SECONDS: '10',
};
const NODE_ARGS = ['--max-semi-space-size=8', '--max-old-space-size=192'];

interface Replica {
  readonly build: Build;
  readonly child: ChildService;
  readonly url: string;
  isStopping: boolean;
  /** Steps of its stop that took long, as it told them. */
  readonly slowSteps: string[];
}

/** The replicas of one service behind their balancer; replaces them one by one, a new one first, as a rolling update with `maxUnavailable: 0`. */
export class Fleet {
  private readonly balancer: Balancer;
  private readonly plan: GroundedPlan;
  private replicas: Replica[] = [];
  private readonly stops: number[] = [];
  private started = 0;

  constructor(private readonly options: FleetOptions) {
    this.balancer = new Balancer(options.name);
    this.plan = GROUNDED[options.name]!;
  }

  get name(): Rolled {
    return this.options.name;
  }

  answers(): Answers {
    return this.balancer.answers();
  }

  stopTimes(): Stops {
    return this.stops;
  }

  async start(build: Build): Promise<void> {
    for (let count = 0; count < this.options.replicas; count += 1) await this.spawn(build);
    await this.balancer.listen(this.options.groundOf(build).ports[this.plan.port as keyof Ports]);
  }

  /** Each old replica ends when a new one has taken its place. */
  async roll(build: Build): Promise<void> {
    for (const old of [...this.replicas]) {
      await this.spawn(build);
      await this.end(old);
    }
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.replicas.map((replica) => stopped(replica)));
    await this.balancer.close().catch(() => undefined);
  }

  /** Resolves once the balancer sends to it. */
  private async spawn(build: Build): Promise<void> {
    const { name, groundOf, onLine, onTrouble } = this.options;
    const port = await freePort();
    const instance = `${name}-${build.name}-${(this.started += 1)}`;
    const slowSteps: string[] = [];
    const child = spawnService({
      name: instance,
      entry: path.join(build.root, this.plan.entry),
      env: { ...this.plan.env(groundOf(build)), HTTP_PORT: String(port), INSTANCE_ID: instance, ...AS_IN_PRODUCTION },
      nodeArgs: NODE_ARGS,
      onLine: (line) => {
        const [, step] = /"step":"([^"]+)"/.exec(line) ?? [];
        if (step !== undefined) slowSteps.push(`${step} ${/"tookMs":(\d+)/.exec(line)?.[1] ?? '?'} ms`);
        onLine(name, line);
      },
    });
    const replica: Replica = { build, child, url: at(port), isStopping: false, slowSteps };
    // Before it is ready: whoever stops everything ends it, too.
    this.replicas.push(replica);
    void child.exited.then(({ code, signal }) => {
      if (!replica.isStopping) onTrouble(`${instance} ended by itself (${signal ?? `code ${code}`})`);
      else if (code !== 0) onTrouble(`${instance} ended with ${signal ?? `code ${code}`} when it was told to stop`);
    });
    await child.ready(`${replica.url}/health/ready`, READY_WITHIN_MS);
    this.balancer.add(replica.url);
    await eventually(() => this.balancer.sends(replica.url), { within: READY_WITHIN_MS, what: `the balancer sending to ${instance}` });
  }

  private async end(replica: Replica): Promise<void> {
    if (!replica.build.waitsByItself) {
      this.balancer.takeOut(replica.url);
      await pause(PRE_STOP_MS);
    }
    const began = performance.now();
    const leftOut = setTimeout(() => this.balancer.takeOut(replica.url), LEFT_OUT_AFTER_MS);
    await stopped(replica);
    clearTimeout(leftOut);
    const took = performance.now() - began;
    this.stops.push(took);
    if (took > STOP_WITHIN_MS) this.options.onTrouble(`the stop of a ${this.name}, ${replica.build.name} build: ${slowSteps(replica)}`);
    this.balancer.remove(replica.url);
    this.replicas = this.replicas.filter((other) => other !== replica);
  }
}

/** Told to end, and ended when it does not. */
async function stopped(replica: Replica): Promise<void> {
  replica.isStopping = true;
  const patience = setTimeout(() => void replica.child.kill('SIGKILL'), KILLED_AFTER_MS);
  await replica.child.kill('SIGTERM').finally(() => clearTimeout(patience));
}

function slowSteps({ slowSteps: steps }: Replica): string {
  return steps.length === 0 ? 'no step of it took long' : `these steps took long: ${steps.join(', ')}`;
}
