import { CONTROL_PLANE_KEY } from '../platform/services.js';
import type { ServiceName } from '../platform/services.js';
import type { Platform } from '../platform/platform.js';
import type { Random } from '../simulator-kit/random.js';
import { fuzzApi } from './api/fuzz-api.js';
import type { FuzzReport } from './finding.js';
import { fuzzFrames } from './frames/fuzz-frames.js';
import { fuzzIngress } from './ingress/fuzz-ingress.js';

/** What the targets do not need. */
export const WITHOUT: readonly ServiceName[] = ['crisp', 'messenger', 'ai', 'orchestrator', 'demo-bot', 'site'];

/** What can be put through it, on a running platform, each for so many milliseconds. */
export const TARGETS: Readonly<Record<string, (platform: Platform, random: Random, forMs: number) => Promise<FuzzReport>>> = {
  ingress: ({ ports, processes }, random, forMs) =>
    fuzzIngress({ port: ports.INGRESS_PORT, pid: () => processes.get('ingress')?.pid }, random, forMs),
  frames: ({ urls, processes }, random, forMs) =>
    fuzzFrames({ dispatcher: urls.dispatchers[0]!, origin: urls.site, pid: () => processes.get('dispatcher')?.pid }, random, forMs),
  api: ({ urls, processes }, random, forMs) =>
    fuzzApi({ url: urls.controlPlane, key: CONTROL_PLANE_KEY, pid: () => processes.get('control-plane')?.pid }, random, forMs),
};
