import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type ServiceName, startPlatform } from '../platform/platform.js';
import { type Cost, costFrom, rounded } from './plan/cost.js';
import { KafkaCorner } from './roads/kafka-corner.js';
import { Talk } from './roads/talk.js';
import { growsTooMuch, levelsOf, type Step } from './scale/growth.js';
import { levelTable, type ScaledOutcome } from './scale/print.js';
import { Replicas } from './scale/replicas.js';
import { SCALED, type ScaledName, type ServiceRoad } from './scale/scaled.js';
import { type CountedAt, type Costs, costsOf, readCounters } from './steady/costs.js';
import { Drive } from './steady/drive.js';
import { drained } from './steady/phases.js';
import { costTables } from './steady/print.js';

export interface ScaleOptions {
  readonly rounds: number;
  /** Of each measurement, after its warm-up. */
  readonly seconds: number;
  readonly services: readonly ScaledName[];
  /** Against the usual rates: 0.5 is half. */
  readonly share: number;
  readonly say: (line: string) => void;
}

export interface ScaleOutcome {
  readonly report: string;
  readonly isGood: boolean;
  /** What an answer costs, where the AI was measured. */
  readonly answer: Cost | undefined;
}

interface Outcome extends ScaledOutcome {
  readonly costs: Costs;
}

const COUNTS = [1, 2, 4];
const MOST = 4;
const DRAINED_WITHIN_MS = 30_000;
const IDLE_MS = 5_000;
const WARM_UP_MS = 2_000;
/** A process that has just begun compiles its hot code first: for so long, and so many messages of its own. */
const FRESH_MS = 6_000;
const FRESH_MESSAGES = 60;
/** A session of Postgres that is at work tells its counters every second. */
const TOLD_WITHIN_MS = 1_500;
/** Fewer tell nothing of a mean. */
const FEWEST_MESSAGES = 16;
const ALL: readonly ServiceName[] = ['ingress', 'orchestrator', 'dispatcher', 'ai', 'messenger', 'crisp', 'demo-bot', 'site'];
const QUIET = {
  ...{ LOG_LEVEL: 'warn', CATCH_UP_SECONDS: '60' },
  ...{ NEW_VISITORS_PER_MINUTE: '100000', REQUESTS_PER_ADDRESS: '100000', MAX_SOCKETS_PER_ADDRESS: '50000' },
};

/** What one more replica of a service costs: CPU per message of all its replicas together, each with the load that one carries alone. */
export async function benchScale(options: ScaleOptions): Promise<ScaleOutcome> {
  const outcomes: Outcome[] = [];
  for (const service of options.services) outcomes.push(await scaled(service, options));
  const isGood = outcomes.length > 0 && outcomes.every((one) => one.isGood);
  const costs = outcomes.map((one) => `${one.service}, ${costTables(one.costs)}`);
  const ai = outcomes.find(({ service }) => service === 'ai');
  // Of a replica that has enough to do, as a plan fills them.
  const full = ai?.levels.find(({ load }) => load === 'all');
  const answer = ai && full && rounded(costFrom(ai.costs, { ai: full.cpuPerMessageUs }));
  const figures = JSON.stringify({ bench: 'scale', isGood, ...(answer ? { answer } : {}), services: outcomes });
  return { report: [...costs, levelTable(outcomes), figures].join('\n\n'), isGood, answer };
}

async function scaled(service: ScaledName, { rounds, seconds, share, say }: ScaleOptions): Promise<Outcome> {
  const plan = SCALED[service];
  const directory = await mkdtemp(path.join(tmpdir(), 'baton-scale-'));
  // Root's Postgres user has to pass through.
  await chmod(directory, 0o755);
  say(`${service}:`);
  const platform = await startPlatform({
    ...{ ports: 'free', directory, partitions: 12, onProgress: say, onTrouble: say },
    ...(plan.settingsFile === undefined ? {} : { settingsFile: plan.settingsFile }),
    without: ALL.filter((name) => name !== service && !plan.beside.includes(name)),
    env: { [service]: QUIET, 'control-plane': { LOG_LEVEL: 'warn' } },
  });
  const talk = new Talk(plan.conversations);
  const corner = new KafkaCorner(platform.local.brokers, platform.topicPrefix);
  const admin = corner.kafka.admin();
  const database = new pg.Client({ connectionString: platform.databaseUrl, application_name: 'bench' });
  const replicas = new Replicas(platform.processes.get(service)!);
  let road: ServiceRoad | undefined;
  try {
    await Promise.all([admin.connect(), database.connect()]);
    road = plan.road({ platform, corner, talk, urls: replicas.urls });
    await road.open();
    const at: CountedAt = {
      database,
      admin,
      prefix: platform.topicPrefix,
      kafkaDirectory: platform.local.kafka.provided ? undefined : directory,
    };
    const lane: Lane = { road, talk, replicas, rate: plan.rate * share, seconds, idle: new Map() };
    const steps: Step[] = [];
    const step = async (load: Step['load'], joinedSeconds: number | undefined): Promise<string> => {
      const one = { ...(await measure(lane, load)), joinedSeconds };
      steps.push(one);
      return `${one.cpuPerMessageUs.toFixed(0)} µs of CPU a message at ${one.perSecond.toFixed(0)}/s, p95 ${one.p95Ms.toFixed(0)} ms`;
    };
    // What has not been at work for a while costs more: the first one is to be no colder than those that join.
    await underLoad(lane, lane.rate, () => pause(freshMs(1, lane.rate)));
    const before = { counters: await readCounters(at), arrived: talk.arrived };
    say(`  all of it on one ${service}: ${await step('all', undefined)}`);
    await pause(TOLD_WITHIN_MS);
    const costs = costsOf(before.counters, await readCounters(at), talk.arrived - before.arrived);
    for (let round = 1; round <= rounds; round += 1) {
      // Up, then down: what drifts with time hits few and many replicas alike.
      for (const count of round % 2 === 1 ? COUNTS : [...COUNTS].reverse()) {
        const joined = await changeTo(count, lane);
        const told = joined === undefined ? '' : `, joined in ${joined.toFixed(1)} s`;
        say(`  round ${round}, ${count} of ${service}: ${await step('each', joined)}${told}`);
      }
    }
    const levels = levelsOf(steps);
    const books = { lost: talk.open, doubled: talk.in.doubled + talk.back.doubled, outOfOrder: talk.in.outOfOrder + talk.back.outOfOrder };
    const isWhole = books.lost + books.doubled + books.outOfOrder + talk.refused === 0;
    return { service, levels, costs, ...books, isGood: isWhole && !growsTooMuch(levels) };
  } finally {
    await road?.close();
    await replicas.stop();
    await Promise.allSettled([corner.close(), admin.disconnect(), database.end()]);
    await platform.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Lane {
  readonly road: ServiceRoad;
  readonly talk: Talk;
  readonly replicas: Replicas;
  /** Messages a second that the most replicas carry together. */
  readonly rate: number;
  readonly seconds: number;
  /** CPU of one replica in an idle second, by the number of replicas. */
  readonly idle: Map<number, number>;
}

/** Starts replicas while people talk, or ends some; resolves with the seconds until the last one that joined did its share. */
async function changeTo(count: number, lane: Lane): Promise<number | undefined> {
  const { road, replicas, rate } = lane;
  if (replicas.count === count) return undefined;
  let joined: number | undefined;
  if (replicas.count < count)
    await underLoad(lane, rate, async () => {
      while (replicas.count < count) {
        const began = performance.now();
        await replicas.add();
        if (!(await replicas.sharing(rate))) throw new Error('a replica that joined did not do its share within a minute');
        joined = (performance.now() - began) / 1_000;
      }
      await pause(freshMs(count, rate));
    });
  // Whoever holds a socket of one that ends comes back by himself; here he is moved after it.
  while (replicas.count > count) await replicas.remove();
  await road.spread?.();
  return joined;
}

/** Until each of so many that share this rate is warm. */
function freshMs(count: number, perSecond: number): number {
  return Math.max(FRESH_MS, ((count * FRESH_MESSAGES) / perSecond) * 1_000);
}

async function measure(lane: Lane, load: Step['load']): Promise<Omit<Step, 'joinedSeconds'>> {
  const { talk, replicas, rate, seconds } = lane;
  const idleUsPerSecond = await idleOf(lane);
  const perSecond = load === 'all' ? rate : (rate * replicas.count) / MOST;
  return underLoad(lane, perSecond, async () => {
    await pause(WARM_UP_MS);
    talk.look();
    const from = { cpu: replicas.cpuUs(), arrived: talk.arrived, ms: performance.now() };
    await pause(Math.max(seconds, FEWEST_MESSAGES / perSecond) * 1_000);
    const messages = Math.max(1, talk.arrived - from.arrived);
    const cpuPerMessageUs = (replicas.cpuUs() - from.cpu) / messages;
    const times = talk.look();
    const slower = times.back.count > 0 ? times.back : times.in;
    return {
      ...{ replicas: replicas.count, load, idleUsPerSecond, cpuPerMessageUs },
      perSecond: messages / ((performance.now() - from.ms) / 1_000),
      ...{ p50Ms: slower.at(0.5), p95Ms: slower.at(0.95), rssMiB: replicas.rssMiB() },
    };
  });
}

async function idleOf({ replicas, idle }: Lane): Promise<number> {
  const known = idle.get(replicas.count);
  if (known !== undefined) return known;
  const from = replicas.cpuUs();
  await pause(IDLE_MS);
  const each = (replicas.cpuUs() - from) / (IDLE_MS / 1_000) / replicas.count;
  idle.set(replicas.count, each);
  return each;
}

const FOR_LONG = 86_400;

/** Does something while people talk, and waits until all that they said has arrived. */
async function underLoad<T>({ road, talk }: Lane, messagesPerSecond: number, work: () => Promise<T>): Promise<T> {
  const perSecond = messagesPerSecond / road.messagesPerOpening;
  const drive = new Drive(talk, { perSecond, seconds: FOR_LONG, openingOf: () => road.opening });
  void drive.run();
  try {
    return await work();
  } finally {
    drive.stop();
    await drained(talk, DRAINED_WITHIN_MS);
  }
}
