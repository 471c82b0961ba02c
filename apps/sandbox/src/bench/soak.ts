import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { groupOnTheWire } from '@baton/contracts';
import pg from 'pg';
import { startPlatform } from '../platform/platform.js';
import { CRISP_SETUP, settingsFile } from './ours.js';
import { measuredFrom } from './plan/measured.js';
import { KafkaCorner } from './roads/kafka-corner.js';
import { fullRoad, judgeRoad, type PavedRoad } from './roads/paved.js';
import { Talk } from './roads/talk.js';
import { costsOf, readCounters } from './steady/costs.js';
import { Drive } from './steady/drive.js';
import { charts, checkTable, costTables, lookLine } from './steady/print.js';
import { type Sample, Sampler } from './steady/sampler.js';
import { judge } from './steady/verdict.js';

export interface SoakOptions {
  readonly minutes: number;
  /** Messages a second, both ways together. */
  readonly rate: number;
  readonly conversations: number;
  readonly road: RoadName;
  readonly say: (line: string) => void;
}

export type RoadName = 'judge' | 'full';

/** A bot gets no more turns of one conversation in a minute unless it is set so. */
const TURNS_A_MINUTE = 30;
const LOOK_EVERY_MS = 10_000;
const DRAINED_WITHIN_MS = 60_000;
/** With an agent, on the full road: one in twenty. */
const WITH_AGENT = 0.05;
const MANY = { NEW_VISITORS_PER_MINUTE: '100000', REQUESTS_PER_ADDRESS: '100000', MAX_SOCKETS: '50000', MAX_SOCKETS_PER_ADDRESS: '50000' };
const QUIET = { LOG_LEVEL: 'warn', ...MANY };

/** @throws Error with one sentence when no bot would be given so many turns */
export function requireSensible({ rate, conversations, minutes }: Pick<SoakOptions, 'rate' | 'conversations' | 'minutes'>): void {
  if (![rate, conversations, minutes].every((value) => value > 0)) throw new Error('rate, conversations and minutes are numbers above 0');
  const fewest = Math.ceil(((rate / 2) * 60) / TURNS_A_MINUTE) + 1;
  if (conversations < fewest)
    throw new Error(
      `${rate} messages a second need at least ${fewest} conversations: a bot is given ${TURNS_A_MINUTE} turns a minute in each`,
    );
}

/** A steady load through the real services for minutes: does everything arrive once and in order, and does nothing grow? */
export async function benchSoak(options: SoakOptions): Promise<{ readonly report: string; readonly isGood: boolean }> {
  requireSensible(options);
  const { road: name, conversations, say } = options;
  const directory = await mkdtemp(path.join(tmpdir(), 'baton-soak-'));
  // Root's Postgres user has to pass through.
  await chmod(directory, 0o755);
  const full = name === 'full';
  const platform = await startPlatform({
    ...{ ports: 'free', directory, settingsFile, partitions: 12, onProgress: say, onTrouble: say },
    without: ['ai', 'messenger', 'demo-bot', 'site', ...(full ? [] : (['ingress', 'dispatcher', 'crisp'] as const))],
    env: { ingress: QUIET, orchestrator: QUIET, dispatcher: QUIET, 'control-plane': QUIET, crisp: { CRISP_SETUP } },
  });
  const talk = new Talk(conversations);
  const corner = new KafkaCorner(platform.local.brokers, platform.topicPrefix);
  const admin = corner.kafka.admin();
  const database = new pg.Client({ connectionString: platform.databaseUrl, application_name: 'bench' });
  let road: PavedRoad | undefined;
  try {
    await Promise.all([admin.connect(), database.connect()]);
    road = full ? fullRoad({ platform, corner, talk, withAgent: Math.round(WITH_AGENT * conversations) }) : judgeRoad({ corner, talk });
    say(`${conversations} conversations begin`);
    await road.open();
    const kafkaDirectory = platform.local.kafka.provided ? undefined : directory;
    const at = { database, admin, prefix: platform.topicPrefix, kafkaDirectory };
    const before = await readCounters(at);
    const sampler = new Sampler({
      ...{ talk, admin, database },
      services: road.services.map((service) => ({
        name: service,
        pid: () => platform.processes.get(service)!.pid,
        url: platform.processes.get(service)!.url,
      })),
      groups: road.groups.map((group) => groupOnTheWire(group, platform.topicPrefix)),
    });
    const { samples, lateness } = await steady(options, talk, road, sampler);
    say('the load has ended');
    const drainedMs = await drained(talk);
    const costs = costsOf(before, await readCounters(at), talk.arrived);
    const settled = samples.filter(({ seconds }) => seconds > (options.minutes * 60) / 3);
    const carried = settled.reduce((sum, { arrivedPerSecond }) => sum + arrivedPerSecond, 0) / Math.max(1, settled.length);
    const totals = {
      ...{ sent: talk.sent, arrived: talk.arrived, lost: talk.open, refused: talk.refused, dropped: road.dropped() },
      doubled: talk.in.doubled + talk.back.doubled,
      outOfOrder: talk.in.outOfOrder + talk.back.outOfOrder,
      strange: talk.in.strange + talk.back.strange,
    };
    const checks = judge({ samples, totals, lateness, rate: options.rate, carried });
    const isGood = checks.every(({ state }) => state === 'good');
    const latencyMs = { in: quantiles(talk, 'in'), back: quantiles(talk, 'back') };
    const { minutes, rate } = options;
    const figures = {
      bench: 'soak',
      road: name,
      minutes,
      rate,
      conversations,
      isGood,
      carried,
      drainedMs,
      totals,
      lateness,
      latencyMs,
      checks,
      costs,
    };
    const report = [
      charts(samples),
      costTables(costs),
      checkTable(checks),
      JSON.stringify({ ...figures, ...(full ? { measured: measuredFrom(samples, costs) } : {}), samples }),
    ].join('\n\n');
    return { report, isGood };
  } finally {
    await road?.close();
    await Promise.allSettled([corner.close(), admin.disconnect(), database.end()]);
    await platform.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function steady({ minutes, rate, say }: SoakOptions, talk: Talk, road: PavedRoad, sampler: Sampler) {
  const drive = new Drive(talk, { perSecond: rate / road.messagesPerOpening, seconds: minutes * 60, openingOf: road.openingOf });
  const samples: Sample[] = [];
  let isOver = false;
  const run = drive.run().finally(() => (isOver = true));
  for (;;) {
    await Promise.race([pause(LOOK_EVERY_MS), run]);
    // The last look would be at a piece of a window.
    if (isOver) break;
    const sample = await sampler.look();
    samples.push(sample);
    say(lookLine(sample));
  }
  return { samples, lateness: await run };
}

/** Milliseconds until everything had arrived, or nothing more was waited for. */
async function drained(talk: Talk): Promise<number> {
  const began = performance.now();
  while (talk.open > 0 && performance.now() - began < DRAINED_WITHIN_MS) await pause(20);
  const took = performance.now() - began;
  // What comes twice comes late.
  await pause(1_000);
  return took;
}

function quantiles(talk: Talk, direction: 'in' | 'back') {
  const times = talk.latency[direction];
  return { count: times.count, p50: times.at(0.5), p95: times.at(0.95), p99: times.at(0.99), max: times.at(1) };
}
