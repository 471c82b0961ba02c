import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FaultProxy } from '@baton/testing';
import { type Platform, type PlatformOptions, REPOSITORY, startPlatform } from '../../platform/platform.js';
import type { Build } from '../../rollout/build.js';
import type { Fleet } from '../../rollout/fleet.js';
import { busySettings } from '../busy-settings.js';
import { fleetGround } from './fleets.js';
import { proxiedGround } from './proxied.js';
import { type SmallDisk, smallDiskGround, whyNoSmallDisks } from './small-disks.js';

/** On what a fault needs to run: `proxied`, with proxies between services and servers; `small-disks`, with little room for data; `fleets`, with balancers before replicas. */
export const GROUNDS = ['plain', 'proxied', 'small-disks', 'fleets'] as const;
export type GroundKind = (typeof GROUNDS)[number];

/** On the way from every service to each of them. */
export interface Proxies {
  readonly kafka: FaultProxy;
  readonly postgres: FaultProxy;
  readonly crisp: FaultProxy;
}

/** What can be pulled beside processes and servers. */
export interface Levers {
  readonly proxies?: Proxies;
  readonly disks?: { readonly kafka: SmallDisk; readonly postgres: SmallDisk };
  readonly fleets?: readonly Fleet[];
  /** What the fleets run. */
  readonly build?: Build;
}

export interface RunningGround {
  readonly platform: Platform;
  readonly levers: Levers;
  stop(): Promise<void>;
}

export interface GroundOptions {
  readonly say: (line: string) => void;
  /** Told each line that a service writes. */
  readonly onLine: (line: string) => void;
}

/** Why it cannot be on this machine, in one sentence; undefined when it can. */
export function whyNot(kind: GroundKind): Promise<string | undefined> {
  return kind === 'small-disks' ? whyNoSmallDisks() : Promise.resolve(undefined);
}

/** Many visitors come from one address here; a look for lost hooks every 10 s keeps the run short. */
const BUSY = { NEW_VISITORS_PER_MINUTE: '100000', REQUESTS_PER_ADDRESS: '100000', CATCH_UP_SECONDS: '10', LOG_LEVEL: 'error' };

/** Starts servers of its own and the whole of Baton on them, two replicas of what people lean on. */
export async function startGround(kind: GroundKind, { say, onLine }: GroundOptions): Promise<RunningGround> {
  const directory = await mkdtemp(path.join(tmpdir(), 'baton-faults-'));
  const settingsFile = await busySettings(path.join(REPOSITORY, 'apps/sandbox/bots.yaml'), directory);
  const env = Object.fromEntries(
    (['ingress', 'orchestrator', 'orchestrator-2', 'dispatcher', 'dispatcher-2', 'control-plane'] as const).map((name) => [name, BUSY]),
  );
  const common: PlatformOptions = {
    ...{ ports: 'free', replicas: 2, without: ['demo-bot', 'site'], settingsFile, env, onProgress: say },
    servers: { containers: false },
    onLine: (_, line) => onLine(line),
    onTrouble: (sentence) => say(`    ${sentence}`),
  };
  const clear = () => rm(directory, { recursive: true, force: true });
  try {
    const ground = await startOn(kind, common, { say, onLine });
    return { ...ground, stop: () => ground.stop().finally(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function startOn(kind: GroundKind, common: PlatformOptions, options: GroundOptions): Promise<RunningGround> {
  switch (kind) {
    case 'plain': {
      const platform = await startPlatform(common);
      return { platform, levers: {}, stop: () => platform.stop() };
    }
    case 'proxied':
      return proxiedGround(common);
    case 'small-disks':
      return smallDiskGround(common);
    case 'fleets':
      return fleetGround(common, options);
  }
}
