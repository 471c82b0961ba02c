import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKafka, ensureTopics, topicsToBe } from '@baton/messaging/kafka';
import { type LocalServices, type LocalServicesOptions, spawnService, startLocalServices } from '@baton/testing';
import { dropDatabase, dropSchema, ensureDatabase } from './database.js';
import { clearLeftovers, passingRun } from './leftovers.js';
import { DEFAULT_PORTS, freePorts, type Ports, requireFree } from './ports.js';
import {
  at,
  EARLY,
  type Ground,
  GROUNDED,
  knowledgeEnv,
  knowledgeSchema,
  portsNeeded,
  REPLICAS,
  type ServiceName,
  WITH_TABLES,
  type WithTables,
} from './services.js';
import type { ClockLever } from './clock-lever.js';
import { settingsFileFor } from './settings-file.js';
import { SupervisedProcess } from './supervised-process.js';

export const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));
export type { ServiceName } from './services.js';

export interface PlatformOptions {
  /** Where data lie; default `.baton` in the repository. */
  directory?: string;
  /** Keeps Kafka's and Postgres' data for the next start; without it everything is dropped at the end. Default false. */
  keepData?: boolean;
  /** Fixed ports, or `free` for a run beside others. Default: the usual ones. */
  ports?: Ports | 'free';
  /** Orchestrators, dispatchers and AIs, 1 or 2. Default 1. */
  replicas?: 1 | 2;
  /** The bots; default `apps/sandbox/bots.yaml`. */
  settingsFile?: string;
  /** Bots that the demo bot plays; default `demo` and `outlet`. */
  demoBots?: readonly string[];
  /** What is not to be started. */
  without?: readonly ServiceName[];
  /** Starts Kafka, Postgres and the simulated platforms, makes topics, and neither tables nor services: somebody else does. Default false. */
  groundOnly?: boolean;
  /** Starts the simulated model, too. Default false. */
  model?: boolean;
  /** Variables for single services, on top of the usual ones. */
  env?: Partial<Record<ServiceName, NodeJS.ProcessEnv>>;
  /** Moves the clocks of all its processes. */
  clock?: ClockLever;
  /** Of the simulated platforms' chance. */
  seed?: number;
  /** Kafka partitions of each topic; default 12. */
  partitions?: number;
  /** What Kafka and Postgres are started with, beside the usual. */
  servers?: Pick<LocalServicesOptions, 'containers' | 'kafkaRoundabout' | 'directory'>;
  /** Called when Kafka and Postgres are there: what services are told of their surroundings instead. */
  surround?: (ground: Ground) => Ground | Promise<Ground>;
  /** Told what is going on, in short lines with times. */
  onProgress?: (line: string) => void;
  /** Told each line that a process writes. */
  onLine?: (service: ServiceName, line: string) => void;
  /** Told when a process ended unasked. */
  onTrouble?: (sentence: string) => void;
}

export interface Platform {
  readonly local: LocalServices;
  readonly ports: Ports;
  readonly topicPrefix: string;
  /** The database of this platform; each service has a schema in it. */
  readonly databaseUrl: string;
  readonly urls: {
    readonly site: string;
    readonly crisp: string;
    readonly messenger: string;
    readonly model: string;
    readonly ingress: string;
    readonly controlPlane: string;
    readonly orchestrators: readonly string[];
    readonly dispatchers: readonly string[];
    readonly ais: readonly string[];
  };
  /** What services are told of their surroundings. */
  readonly ground: Ground;
  /** Every process that runs: kill it, stop it, start it. */
  readonly processes: ReadonlyMap<ServiceName, SupervisedProcess>;
  stop(): Promise<void>;
}

/** A service needs little that lives long; without these V8 lets its heap grow with the machine. MiB. */
const NODE_ARGS = ['--max-semi-space-size=8', '--max-old-space-size=192'];
const SHIFTED_CLOCK = ['--import', new URL('./shifted-clock.js', import.meta.url).href];

/** Runs the whole of Baton on this machine: Kafka, Postgres, the services, the simulated Crisp and Messenger, a demo bot and a demo site. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const began = performance.now();
  const progress = (what: string): void =>
    options.onProgress?.(`${((performance.now() - began) / 1_000).toFixed(1).padStart(5)} s  ${what}`);
  const directory = path.resolve(options.directory ?? path.join(REPOSITORY, '.baton'));
  const ports = options.ports === 'free' ? await freePorts() : (options.ports ?? DEFAULT_PORTS);
  const replicas = options.replicas ?? 1;
  const without = new Set<ServiceName>([
    ...(options.without ?? []),
    ...(replicas === 1 ? REPLICAS : []),
    ...(options.model ? [] : (['model'] as const)),
  ]);
  if (options.ports !== 'free') await requireFree(ports, portsNeeded(without));

  // A run that keeps nothing must not touch what another one keeps.
  const run = options.keepData ? 'baton' : passingRun();
  const data = options.keepData ? 'data' : run;
  await mkdir(path.join(directory, data), { recursive: true });
  await clearLeftovers(directory);
  const surroundings = { ports, seed: options.seed ?? 1, demoBots: options.demoBots ?? ['demo', 'outlet'] };
  const processes = new Map<ServiceName, SupervisedProcess>();
  const start = async (
    name: ServiceName,
    plan: { entry: string; port?: keyof Ports; readyPath?: string; readyLine?: RegExp },
    env: NodeJS.ProcessEnv,
  ): Promise<void> => {
    const url = plan.port && at(ports[plan.port]);
    const supervised = new SupervisedProcess({
      name,
      entry: path.join(REPOSITORY, plan.entry),
      env: { ...env, ...(plan.port ? { HTTP_PORT: String(ports[plan.port]) } : {}), ...options.clock?.env, ...options.env?.[name] },
      nodeArgs: options.clock ? [...NODE_ARGS, ...SHIFTED_CLOCK] : NODE_ARGS,
      ...(url ? { url, readyUrl: `${url}${plan.readyPath ?? '/health/ready'}` } : {}),
      ...(plan.readyLine ? { readyLine: plan.readyLine } : {}),
      onLine: (line) => options.onLine?.(name, line),
      ...(options.onTrouble ? { onTrouble: options.onTrouble } : {}),
    });
    processes.set(name, supervised);
    await supervised.start();
    progress(`${name} is ready`);
  };
  const wanted = <Plan>(plans: Partial<Record<ServiceName, Plan>>): [ServiceName, Plan][] =>
    (Object.entries(plans) as [ServiceName, Plan][]).filter(([name]) => !without.has(name));

  let local: LocalServices | undefined;
  const clear = async (): Promise<void> => {
    await Promise.allSettled([...processes.values()].map((one) => one.stop()));
    if (local && !options.keepData) await forget(local, run);
    await local?.stop();
    if (!options.keepData) await rm(path.join(directory, run), { recursive: true, force: true });
  };

  try {
    const early = Promise.all(wanted(EARLY).map(([name, plan]) => start(name, plan, plan.env(surroundings))));
    early.catch(() => undefined);

    const knows = !without.has('ai');
    const services = options.groundOnly ? [] : wanted(GROUNDED);
    const ownTables = WITH_TABLES.filter((app) => services.some(([, plan]) => plan.tables === app));
    // Tables are made while Kafka still starts.
    const tables = new Tables(run, progress);
    local = await startLocalServices({
      directory: path.join(directory, data),
      ...options.servers,
      keepData: options.keepData ?? false,
      knowledge: knows,
      onProgress: progress,
      onPostgres: (serverUrl) => tables.postgresIsThere(serverUrl, ownTables),
      onKnowledge: (knowledgeUrl) => void (options.groundOnly || tables.make('ai-auto-reply', knowledgeEnv(knowledgeUrl, run))),
    });
    const databaseUrl = await tables.databaseUrl;
    const topics = ensureTopics(
      { brokers: local.brokers, clientId: 'sandbox', topicPrefix: run },
      { partitions: options.partitions ?? 12, replication: 1 },
    ).then(() => progress('topics are there'));
    const settingsFile = await settingsFileFor(
      options.settingsFile ?? path.join(REPOSITORY, 'apps/sandbox/bots.yaml'),
      ports,
      path.join(directory, data),
    );
    const plain: Ground = { ...surroundings, local, run, databaseUrl, settingsFile };
    const ground = (await options.surround?.(plain)) ?? plain;
    await Promise.all([
      early,
      topics,
      ...services.map(async ([name, plan]) => {
        await Promise.all([topics, plan.tables && tables.of(plan.tables)]);
        await start(name, plan, plan.env(ground));
      }),
    ]);

    const replicated = (first: keyof Ports, second: keyof Ports): string[] =>
      replicas === 2 ? [at(ports[first]), at(ports[second])] : [at(ports[first])];
    return {
      local,
      ports,
      topicPrefix: run,
      databaseUrl,
      ground,
      urls: {
        site: at(ports.SITE_PORT),
        crisp: at(ports.CRISP_PORT),
        messenger: at(ports.MESSENGER_PORT),
        model: at(ports.MODEL_PORT),
        ingress: at(ports.INGRESS_PORT),
        controlPlane: at(ports.CONTROL_PLANE_PORT),
        orchestrators: replicated('ORCHESTRATOR_PORT', 'ORCHESTRATOR_2_PORT'),
        dispatchers: replicated('DISPATCHER_PORT', 'DISPATCHER_2_PORT'),
        ais: replicated('AI_PORT', 'AI_2_PORT'),
      },
      processes,
      stop: clear,
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** The database of a run and the tables in it: made as early as can be, waited for by whoever needs them. */
class Tables {
  readonly databaseUrl: Promise<string>;
  private tell: (serverUrl: string) => void = () => undefined;
  private readonly made = new Map<WithTables, Promise<void>>();

  constructor(
    run: string,
    private readonly progress: (what: string) => void,
  ) {
    this.databaseUrl = new Promise<string>((resolve) => (this.tell = resolve)).then((serverUrl) => ensureDatabase(serverUrl, run));
    this.databaseUrl.catch(() => undefined);
  }

  postgresIsThere(serverUrl: string, apps: readonly WithTables[]): void {
    this.tell(serverUrl);
    // The AI has tables in a second database, which is not there yet.
    for (const app of apps) if (app !== 'ai-auto-reply') this.make(app, {});
  }

  make(app: WithTables, env: NodeJS.ProcessEnv): void {
    const made = this.databaseUrl
      .then((url) => migrate(app, { ...env, DATABASE_URL: url }))
      .then(() => this.progress(`${app}: tables are there`));
    // It is waited for by its service; until then a failure is nobody's surprise.
    made.catch(() => undefined);
    this.made.set(app, made);
  }

  of(app: WithTables): Promise<void> | undefined {
    return this.made.get(app);
  }
}

async function migrate(app: string, env: NodeJS.ProcessEnv): Promise<void> {
  const lines: string[] = [];
  const child = spawnService({
    name: `${app} migrations`,
    entry: path.join(REPOSITORY, `apps/${app}/dist/migrate.js`),
    env,
    onLine: (line) => lines.push(line),
  });
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`the migrations of ${app} failed:\n${lines.slice(-15).join('\n')}`);
}

/** On servers that are not ours nothing of a passing run stays behind. */
async function forget(local: LocalServices, run: string): Promise<void> {
  if (local.postgres.provided) await dropDatabase(local.databaseUrl, run).catch(() => undefined);
  await forgetKnowledge(local, run).catch(() => undefined);
  if (!local.kafka.provided) return;
  const admin = createKafka({ brokers: local.brokers, clientId: 'sandbox', topicPrefix: run }).admin();
  await admin.connect();
  try {
    await admin.deleteTopics(topicsToBe(run, { partitions: 1, replication: 1 }).map(({ topic }) => topic));
  } finally {
    await admin.disconnect();
  }
}

async function forgetKnowledge(local: LocalServices, run: string): Promise<void> {
  if (local.knowledge.provided) await dropSchema(local.knowledgeUrl, knowledgeSchema(run));
}
