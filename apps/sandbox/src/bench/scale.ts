import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type ServiceName, startPlatform } from '../platform/platform.js';
import { KafkaCorner } from './roads/kafka-corner.js';
import { Talk } from './roads/talk.js';
import { growsTooMuch, type Level, levelsOf, type Step } from './scale/growth.js';
import { Replicas } from './scale/replicas.js';
import { SCALED, type ScaledName, type ServiceRoad } from './scale/scaled.js';
import { type Costs, costsOf, readCounters } from './steady/costs.js';
import { Drive } from './steady/drive.js';
import { costTables, table } from './steady/print.js';

export interface ScaleOptions {
  readonly rounds: number;
  /** Of each measurement, after as long a warm-up. */
  readonly seconds: number;
  readonly services: readonly ScaledName[];
  /** Against the usual rates: 0.5 is half. */
  readonly share: number;
  readonly say: (line: string) => void;
}

interface Outcome {
  readonly service: ScaledName;
  readonly levels: readonly Level[];
  readonly costs: Costs;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly isGood: boolean;
}

const COUNTS = [1, 2, 4];
const DRAINED_WITHIN_MS = 30_000;
const ALL: readonly ServiceName[] = ['ingress', 'orchestrator', 'dispatcher', 'ai', 'messenger', 'crisp', 'demo-bot', 'site'];
const QUIET = {
  ...{ LOG_LEVEL: 'warn', CATCH_UP_SECONDS: '60' },
  ...{ NEW_VISITORS_PER_MINUTE: '100000', REQUESTS_PER_ADDRESS: '100000', MAX_SOCKETS_PER_ADDRESS: '50000' },
};

/** What one more replica of a service costs, under the same load: CPU per message of all its replicas together. */
export async function benchScale(options: ScaleOptions): Promise<{ readonly report: string; readonly isGood: boolean }> {
  const outcomes: Outcome[] = [];
  for (const service of options.services) outcomes.push(await scaled(service, options));
  const isGood = outcomes.length > 0 && outcomes.every((one) => one.isGood);
  const costs = outcomes.map((one) => `${one.service}, ${costTables(one.costs)}`);
  return { report: [...costs, levelTable(outcomes), JSON.stringify({ bench: 'scale', isGood, services: outcomes })].join('\n\n'), isGood };
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
    const at = { database, admin, prefix: platform.topicPrefix, kafkaDirectory: platform.local.kafka.provided ? undefined : directory };
    const lane = { road, talk, replicas, perSecond: (plan.rate * share) / road.messagesPerOpening, seconds };
    const steps: Step[] = [];
    let costs: Costs | undefined;
    for (let round = 1; round <= rounds; round += 1) {
      // Up, then down: what drifts with time hits few and many replicas alike.
      for (const count of round % 2 === 1 ? COUNTS : [...COUNTS].reverse()) {
        const joinedSeconds = await changeTo(count, lane);
        const before = costs ? undefined : { counters: await readCounters(at), arrived: talk.arrived };
        const step = { ...(await measure(lane)), joinedSeconds };
        steps.push(step);
        if (before) costs = costsOf(before.counters, await readCounters(at), talk.arrived - before.arrived);
        say(
          `  round ${round}, ${count} of ${service}: ${step.cpuPerMessageUs.toFixed(0)} µs of CPU a message at ${step.perSecond.toFixed(0)}/s, ` +
            `p95 ${step.p95Ms.toFixed(0)} ms${joinedSeconds === undefined ? '' : `, joined in ${joinedSeconds.toFixed(1)} s`}`,
        );
      }
    }
    const levels = levelsOf(steps);
    const books = { lost: talk.open, doubled: talk.in.doubled + talk.back.doubled, outOfOrder: talk.in.outOfOrder + talk.back.outOfOrder };
    const isWhole = books.lost + books.doubled + books.outOfOrder + talk.refused === 0;
    return { service, levels, costs: costs!, ...books, isGood: isWhole && !growsTooMuch(levels) };
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
  readonly perSecond: number;
  readonly seconds: number;
}

/** Starts or ends replicas while people talk; resolves with the seconds until the last one that joined did its share. */
async function changeTo(count: number, lane: Lane): Promise<number | undefined> {
  const { road, talk, replicas } = lane;
  if (replicas.count === count) return undefined;
  let joined: number | undefined;
  const drive = driven(lane);
  while (replicas.count < count) {
    const began = performance.now();
    await replicas.add();
    if (!(await replicas.sharing(lane.perSecond))) throw new Error('a replica that joined did not do its share within a minute');
    joined = (performance.now() - began) / 1_000;
  }
  if (replicas.count > count) {
    // Whoever holds a socket of one that ends comes back by himself; here he is moved before.
    drive.stop();
    await drained(talk);
    while (replicas.count > count) await replicas.remove();
  }
  drive.stop();
  await drained(talk);
  await road.spread?.();
  return joined;
}

async function measure(lane: Lane): Promise<Omit<Step, 'joinedSeconds'>> {
  const { talk, replicas, seconds } = lane;
  const idleFrom = replicas.cpuUs();
  await pause(3_000);
  const idleUsPerSecond = (replicas.cpuUs() - idleFrom) / 3 / replicas.count;
  const drive = driven(lane);
  await pause(seconds * 1_000);
  talk.look();
  const from = { cpu: replicas.cpuUs(), arrived: talk.arrived, ms: performance.now() };
  await pause(seconds * 1_000);
  const messages = Math.max(1, talk.arrived - from.arrived);
  const times = talk.look();
  const slower = times.back.count > 0 ? times.back : times.in;
  const figures = {
    ...{ replicas: replicas.count, idleUsPerSecond, cpuPerMessageUs: (replicas.cpuUs() - from.cpu) / messages },
    perSecond: messages / ((performance.now() - from.ms) / 1_000),
    ...{ p50Ms: slower.at(0.5), p95Ms: slower.at(0.95) },
  };
  drive.stop();
  await drained(talk);
  return figures;
}

const FOR_LONG = 86_400;

function driven({ road, talk, perSecond }: Lane): Drive {
  const drive = new Drive(talk, { perSecond, seconds: FOR_LONG, openingOf: () => road.opening });
  void drive.run();
  return drive;
}

async function drained(talk: Talk): Promise<void> {
  const deadline = performance.now() + DRAINED_WITHIN_MS;
  while (talk.open > 0 && performance.now() < deadline) await pause(20);
}

function levelTable(outcomes: readonly Outcome[]): string {
  const head = [
    'service',
    'replicas',
    'CPU µs/message',
    'of it idle',
    'growth',
    'messages/s',
    'p50 ms',
    'p95 ms',
    'joined in s',
    'verdict',
  ];
  const rows = outcomes.flatMap(({ service, levels, isGood, lost, doubled, outOfOrder }) =>
    levels.map(({ replicas, cpuPerMessageUs, idlePerMessageUs, growth, perSecond, p50Ms, p95Ms, joinedSeconds }, index) => [
      ...[service, replicas, cpuPerMessageUs.toFixed(0), idlePerMessageUs.toFixed(0), `${(growth * 100).toFixed(1)} %`],
      ...[perSecond.toFixed(1), p50Ms.toFixed(1), p95Ms.toFixed(1), joinedSeconds?.toFixed(1) ?? ''],
      index < levels.length - 1 ? '' : `${isGood ? 'good' : 'BAD'}: lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}`,
    ]),
  );
  return table(head, rows);
}
