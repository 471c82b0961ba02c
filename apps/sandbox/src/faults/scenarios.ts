import { blackHole, halfOpen, slowLink } from './kinds/network.js';
import { badBodies } from './kinds/doors.js';
import { diskFull } from './kinds/disks.js';
import { powerCut, rollingRestart } from './kinds/everything.js';
import { crispRefuses, hooksInDisorder, messengerRefuses } from './kinds/platforms.js';
import { freeze, kill } from './kinds/processes.js';
import { rebalanceStorm } from './kinds/rebalances.js';
import { poison } from './kinds/records.js';
import { stop } from './kinds/servers.js';
import type { Scenario } from './scenario.js';
import { CRISP_AT_ITS_WORST, LATE_AND_REPEATED } from './weather.js';

const PEOPLE_LEAN_ON = ['orchestrator', 'orchestrator-2', 'dispatcher', 'dispatcher-2'] as const;

/** Every fault, in the order in which they are run: those of one ground together, for a ground takes its time to start. */
export const SCENARIOS: readonly Scenario[] = [
  kill('ingress', ['ingress']),
  kill('orchestrator', ['orchestrator', 'orchestrator-2']),
  kill('dispatcher', ['dispatcher', 'dispatcher-2']),
  kill('control-plane', ['control-plane']),
  kill('ai', ['ai', 'ai-2'], 'answers'),
  stop('kafka', 1),
  stop('kafka', 20),
  stop('postgres', 1),
  stop('postgres', 20),
  freeze(8, PEOPLE_LEAN_ON),
  freeze(40, PEOPLE_LEAN_ON),
  hooksInDisorder,
  poison,
  rebalanceStorm,
  crispRefuses('crisp-errors', 'handovers', CRISP_AT_ITS_WORST),
  messengerRefuses,
  badBodies,
  stop('kafka', 1, 'answers'),
  stop('postgres', 1, 'answers'),
  stop('knowledge', 1, 'answers'),
  crispRefuses('ai-crisp-errors', 'answers', LATE_AND_REPEATED),
  powerCut,
  blackHole('kafka', 10),
  blackHole('postgres', 25),
  blackHole('crisp', 10),
  halfOpen('kafka'),
  halfOpen('postgres'),
  slowLink({ latencyMs: 100, bytesPerSecond: 128 * 1024, seconds: 15 }),
  diskFull('kafka'),
  diskFull('postgres'),
  rollingRestart,
];

/** Left out of a quick run: variants of others. */
export const VARIANTS: readonly string[] = ['messenger-errors', 'ai-kafka-1s', 'ai-postgres-1s', 'ai-knowledge-1s', 'ai-crisp-errors'];
