import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { groupOnTheWire } from '@baton/contracts';
import pg from 'pg';
import { type Platform, startPlatform } from '../platform/platform.js';
import { UsageError } from './flags.js';
import { CRISP_SETUP, settingsFile } from './ours.js';
import { measuredFrom, type MeasuredBySoak, type SoakMarks } from './plan/measured.js';
import { KafkaCorner } from './roads/kafka-corner.js';
import { fullRoad, judgeRoad, type PavedRoad } from './roads/paved.js';
import { Talk } from './roads/talk.js';
import { Books, costBetween } from './steady/books.js';
import { type Costs, costsOf } from './steady/costs.js';
import { CpuBook, type Watched } from './steady/cpu-book.js';
import { drained, firstWords, steadyLoad } from './steady/phases.js';
import { charts, checkTable, costTables, lookLine } from './steady/print.js';
import { type Sample, Sampler } from './steady/sampler.js';
import type { Lateness } from './steady/schedule.js';
import { judge, type Totals } from './steady/verdict.js';

export interface SoakOptions {
  readonly minutes: number;
  /** Messages a second, both ways together. */
  readonly rate: number;
  readonly conversations: number;
  readonly road: RoadName;
  readonly say: (line: string) => void;
}

export const ROADS = ['judge', 'full'] as const;
export type RoadName = (typeof ROADS)[number];

export interface SoakOutcome {
  readonly report: string;
  readonly isGood: boolean;
  /** For the plan; of the full road only. */
  readonly measured: MeasuredBySoak | undefined;
}

/** A bot gets no more turns of one conversation in a minute unless it is set so. */
const TURNS_A_MINUTE = 30;
/** With an agent, on the full road: one in twenty. */
const WITH_AGENT = 0.05;
const MANY = { NEW_VISITORS_PER_MINUTE: '100000', REQUESTS_PER_ADDRESS: '100000', MAX_SOCKETS: '50000', MAX_SOCKETS_PER_ADDRESS: '50000' };
const QUIET = { LOG_LEVEL: 'warn', ...MANY };

/** @throws UsageError with one sentence when no bot would be given so many turns */
export function requireSensible({ rate, conversations }: Pick<SoakOptions, 'rate' | 'conversations'>): void {
  const fewest = Math.ceil(((rate / 2) * 60) / TURNS_A_MINUTE) + 1;
  if (conversations < fewest)
    throw new UsageError(
      `${rate} messages a second need at least ${fewest} conversations: a bot is given ${TURNS_A_MINUTE} turns a minute in each`,
    );
}

/** A steady load through the real services for minutes: does everything arrive once and in order, and does nothing grow? */
export async function benchSoak(options: SoakOptions): Promise<SoakOutcome> {
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
    const kafkaDirectory = platform.local.kafka.provided ? undefined : directory;
    const run = await soaked(options, road, talk, {
      services: watched(platform, road),
      at: { database, admin, prefix: platform.topicPrefix, kafkaDirectory },
      groups: road.groups.map((group) => groupOnTheWire(group, platform.topicPrefix)),
    });
    return outcomeOf(options, run, talk, road);
  } finally {
    await road?.close();
    await Promise.allSettled([corner.close(), admin.disconnect(), database.end()]);
    await platform.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

function watched({ processes }: Platform, { services }: PavedRoad): Watched[] {
  return services.map((name) => ({ name, pid: () => processes.get(name)!.pid, url: processes.get(name)!.url }));
}

interface Grounds {
  readonly services: readonly Watched[];
  readonly groups: readonly string[];
  readonly at: ConstructorParameters<typeof Books>[0];
}

interface Run {
  readonly samples: readonly Sample[];
  readonly lateness: Lateness;
  readonly drainedMs: number;
  readonly marks: SoakMarks;
  readonly costs: Costs;
}

/** First words, handovers, the load, and the handovers' end: each between two readings of the books. */
async function soaked(options: SoakOptions, road: PavedRoad, talk: Talk, { services, groups, at }: Grounds): Promise<Run> {
  const { rate, minutes, conversations, say } = options;
  const books = new Books(at, new CpuBook(services));
  const untouched = await books.mark();
  say(`${conversations} conversations begin`);
  await road.open();
  await firstWords(talk, road, rate / 2);
  const known = await books.mark();
  if (road.handovers) say(`${road.handovers.count} of them are handed over`);
  await road.handovers?.begin();
  const handed = await books.mark();
  const before = talk.arrived;
  talk.look();
  const samples: Sample[] = [];
  const sampler = new Sampler({ talk, services, groups, admin: at.admin, database: at.database });
  const onSample = (sample: Sample): void => {
    samples.push(sample);
    say(lookLine(sample));
  };
  const lateness = await steadyLoad(talk, road, sampler, { rate, seconds: minutes * 60, onSample });
  say('the load has ended');
  const drainedMs = await drained(talk);
  // What comes twice comes late.
  await pause(1_000);
  const messages = talk.arrived - before;
  const said = await books.mark();
  await road.handovers?.end();
  const ended = road.handovers ? await books.mark() : said;
  const marks = { untouched, known, handed, said, ended, messages, conversations, handovers: road.handovers?.count ?? 0 };
  return { samples, lateness, drainedMs, marks, costs: costsOf(handed.counters, said.counters, messages) };
}

function outcomeOf(options: SoakOptions, run: Run, talk: Talk, road: PavedRoad): SoakOutcome {
  const { minutes, rate, conversations, road: name } = options;
  const { samples, lateness, drainedMs, marks, costs } = run;
  const settled = samples.filter(({ seconds }) => seconds > (minutes * 60) / 3);
  const carried = settled.reduce((sum, { arrivedPerSecond }) => sum + arrivedPerSecond, 0) / Math.max(1, settled.length);
  const totals: Totals = {
    ...{ sent: talk.sent, arrived: talk.arrived, lost: talk.open, refused: talk.refused, dropped: road.dropped() },
    doubled: talk.in.doubled + talk.back.doubled,
    outOfOrder: talk.in.outOfOrder + talk.back.outOfOrder,
    strange: talk.in.strange + talk.back.strange,
  };
  const checks = judge({ samples, totals, lateness, rate, carried });
  const isGood = checks.every(({ state }) => state === 'good');
  const latencyMs = { in: quantiles(talk, 'in'), back: quantiles(talk, 'back') };
  const measured = name === 'full' ? measuredFrom(samples, marks) : undefined;
  const message = costBetween(marks.handed, marks.said, marks.messages);
  const figures = {
    ...{ bench: 'soak', road: name, minutes, rate, conversations, isGood, carried, drainedMs, totals, lateness, latencyMs, checks, costs },
    ...{ cpuUs: message.cpuUs, ...(measured ? { measured } : {}), samples },
  };
  return { isGood, measured, report: [charts(samples), costTables(costs), checkTable(checks), JSON.stringify(figures)].join('\n\n') };
}

function quantiles(talk: Talk, direction: 'in' | 'back') {
  const times = talk.latency[direction];
  return { count: times.count, p50: times.at(0.5), p95: times.at(0.95), p99: times.at(0.99), max: times.at(1) };
}
