import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKafka, ensureTopics, topicsToBe } from '@baton/messaging/kafka';
import { type LocalServices, spawnService, startLocalServices } from '@baton/testing';
import { dropDatabase, ensureDatabase } from './database.js';
import { clearLeftovers, passingRun } from './leftovers.js';
import { DEFAULT_PORTS, freePorts, type Ports, requireFree } from './ports.js';
import { sandboxCrisp } from './sandbox-crisp.js';
import { sandboxMessenger } from './sandbox-messenger.js';
import { settingsFileFor } from './settings-file.js';
import { SupervisedProcess } from './supervised-process.js';

export const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));

export type ServiceName =
  | 'ingress'
  | 'orchestrator'
  | 'orchestrator-2'
  | 'dispatcher'
  | 'dispatcher-2'
  | 'control-plane'
  | 'crisp'
  | 'messenger'
  | 'demo-bot'
  | 'site';

export interface PlatformOptions {
  /** Where data lie; default `.baton` in the repository. */
  directory?: string;
  /** Keeps Kafka's and Postgres' data for the next start; without it everything is dropped at the end. Default false. */
  keepData?: boolean;
  /** Fixed ports, or `free` for a run beside others. Default: the usual ones. */
  ports?: Ports | 'free';
  /** Orchestrators and dispatchers, 1 or 2. Default 1. */
  replicas?: 1 | 2;
  /** The bots; default `apps/sandbox/bots.yaml`. */
  settingsFile?: string;
  /** Bots that the demo bot plays; default `demo` and `outlet`. */
  demoBots?: readonly string[];
  /** What is not to be started. */
  without?: readonly ServiceName[];
  /** Variables for single services, on top of the usual ones. */
  env?: Partial<Record<ServiceName, NodeJS.ProcessEnv>>;
  /** Of the simulated platforms' chance. */
  seed?: number;
  /** Kafka partitions of each topic; default 12. */
  partitions?: number;
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
    readonly ingress: string;
    readonly controlPlane: string;
    readonly orchestrators: readonly string[];
    readonly dispatchers: readonly string[];
  };
  /** Every process that runs: kill it, stop it, start it. */
  readonly processes: ReadonlyMap<ServiceName, SupervisedProcess>;
  stop(): Promise<void>;
}

/** Keys of a sandbox are no secrets: they follow from their names, so that links and visitors outlive a restart. */
const sandboxKey = (name: string): string => createHash('sha256').update(`sandbox ${name}`).digest('base64');
/** A service needs little that lives long; without these V8 lets its heap grow with the machine. MiB. */
const NODE_ARGS = ['--max-semi-space-size=8', '--max-old-space-size=192'];
const at = (port: number): string => `http://127.0.0.1:${port}`;

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
    ...(replicas === 1 ? (['orchestrator-2', 'dispatcher-2'] as const) : []),
  ]);
  if (options.ports !== 'free') await requireFree(ports, portsNeeded(without));

  // A run that keeps nothing must not touch what another one keeps.
  const run = options.keepData ? 'baton' : passingRun();
  const data = options.keepData ? 'data' : run;
  await mkdir(path.join(directory, data), { recursive: true });
  await clearLeftovers(directory);
  const processes = new Map<ServiceName, SupervisedProcess>();
  const start = async (
    name: ServiceName,
    entry: string,
    env: NodeJS.ProcessEnv,
    how: { url?: string; readyPath?: string; readyLine?: RegExp },
  ): Promise<void> => {
    if (without.has(name)) return;
    const supervised = new SupervisedProcess({
      name,
      entry: path.join(REPOSITORY, entry),
      env: { ...env, ...options.env?.[name] },
      nodeArgs: NODE_ARGS,
      ...(how.url ? { url: how.url, readyUrl: `${how.url}${how.readyPath ?? '/health/ready'}` } : {}),
      ...(how.readyLine ? { readyLine: how.readyLine } : {}),
      onLine: (line) => options.onLine?.(name, line),
      ...(options.onTrouble ? { onTrouble: options.onTrouble } : {}),
    });
    processes.set(name, supervised);
    await supervised.start();
    progress(`${name} is ready`);
  };

  let local: LocalServices | undefined;
  const clear = async (): Promise<void> => {
    await Promise.allSettled([...processes.values()].map((one) => one.stop()));
    if (local && !options.keepData) await forget(local, run);
    await local?.stop();
    if (!options.keepData) await rm(path.join(directory, run), { recursive: true, force: true });
  };

  try {
    const crisp = start(
      'crisp',
      'apps/sandbox/dist/crisp-simulator/main.js',
      {
        HTTP_PORT: String(ports.CRISP_PORT),
        CRISP_SETUP: JSON.stringify(sandboxCrisp(at(ports.INGRESS_PORT), at(ports.CRISP_PORT))),
        CRISP_SEED: String(options.seed ?? 1),
      },
      { url: at(ports.CRISP_PORT), readyPath: '/control/state' },
    );
    const messenger = start(
      'messenger',
      'apps/sandbox/dist/messenger-simulator/main.js',
      {
        HTTP_PORT: String(ports.MESSENGER_PORT),
        MESSENGER_SETUP: JSON.stringify(sandboxMessenger(at(ports.INGRESS_PORT))),
        MESSENGER_SEED: String(options.seed ?? 1),
      },
      { url: at(ports.MESSENGER_PORT), readyPath: '/control/state' },
    );
    const site = start(
      'site',
      'apps/sandbox/dist/site/main.js',
      {
        HTTP_PORT: String(ports.SITE_PORT),
        CHAT_URL: at(ports.DISPATCHER_PORT),
        CRISP_URL: at(ports.CRISP_PORT),
        MESSENGER_URL: at(ports.MESSENGER_PORT),
      },
      { url: at(ports.SITE_PORT), readyPath: '/' },
    );
    const early = Promise.all([crisp, messenger, site]);
    early.catch(() => undefined);

    // Tables are made while Kafka still starts.
    let onPostgres: (serverUrl: string) => void = () => undefined;
    const tables = new Promise<string>((resolve) => (onPostgres = resolve)).then(async (serverUrl) => {
      const url = await ensureDatabase(serverUrl, run);
      const migrated = (app: string): Promise<void> => migrate(app, url).then(() => progress(`${app}: tables are there`));
      const migrations = { orchestrator: migrated('escalation-orchestrator'), dispatcher: migrated('channel-dispatcher') };
      // Both are waited for below; until then a failure is nobody's surprise.
      for (const migration of Object.values(migrations)) migration.catch(() => undefined);
      return { url, ...migrations };
    });
    tables.catch(() => undefined);

    local = await startLocalServices({
      directory: path.join(directory, data),
      keepData: options.keepData ?? false,
      onProgress: progress,
      onPostgres: (serverUrl) => onPostgres(serverUrl),
    });
    const { url: databaseUrl, ...migrations } = await tables;
    const common = {
      KAFKA_BROKERS: local.brokers.join(','),
      KAFKA_TOPIC_PREFIX: run,
      HTTP_HOST: '127.0.0.1',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
      INSTANCE_ID: undefined,
    };
    const topics = ensureTopics(
      { brokers: local.brokers, clientId: 'sandbox', topicPrefix: run },
      { partitions: options.partitions ?? 12, replication: 1 },
    ).then(() => progress('topics are there'));
    const settingsFile = await settingsFileFor(
      options.settingsFile ?? path.join(REPOSITORY, 'apps/sandbox/bots.yaml'),
      ports,
      path.join(directory, data),
    );

    const webhooksKey = { SETTINGS_KEY_WEBHOOKS: sandboxKey('webhooks') };
    const crispKey = { SETTINGS_KEY_CRISP: sandboxKey('crisp') };
    const modelsKey = { SETTINGS_KEY_MODELS: sandboxKey('models') };
    const messengerKey = { SETTINGS_KEY_MESSENGER: sandboxKey('messenger') };
    const orchestrator = (name: ServiceName, port: number): Promise<void> =>
      start(
        name,
        'apps/escalation-orchestrator/dist/main.js',
        {
          ...common,
          ...crispKey,
          DATABASE_URL: databaseUrl,
          HTTP_PORT: String(port),
          PUBLIC_URL: at(ports.ORCHESTRATOR_PORT),
          HISTORY_KEY: sandboxKey('history'),
          INSTANCE_ID: name,
        },
        { url: at(port) },
      );
    const dispatcher = (name: ServiceName, port: number): Promise<void> =>
      start(
        name,
        'apps/channel-dispatcher/dist/main.js',
        {
          ...common,
          DATABASE_URL: databaseUrl,
          HTTP_PORT: String(port),
          // One address for all replicas, as behind a balancer: what one of them hands out, the other must know.
          PUBLIC_URL: at(ports.DISPATCHER_PORT),
          ...messengerKey,
          WEBCHAT_TOKEN_KEY: sandboxKey('webchat'),
          FILES_FROM_LOOPBACK: 'on',
          // A dead token is mended by hand here, and somebody waits for it.
          MESSENGER_PROBE_SECONDS: '5',
          INSTANCE_ID: name,
        },
        { url: at(port) },
      );

    await Promise.all([
      early,
      topics.then(() =>
        Promise.all([
          start(
            'control-plane',
            'apps/control-plane/dist/main.js',
            {
              ...common,
              ...webhooksKey,
              ...crispKey,
              ...messengerKey,
              ...modelsKey,
              HTTP_PORT: String(ports.CONTROL_PLANE_PORT),
              SETTINGS_FILE: settingsFile,
            },
            { url: at(ports.CONTROL_PLANE_PORT) },
          ),
          start(
            'ingress',
            'apps/webhook-ingress/dist/main.js',
            // Its young objects stay in 32 MiB (docs/decisions/0002).
            { ...common, ...webhooksKey, HTTP_PORT: String(ports.INGRESS_PORT), NODE_OPTIONS: '--max-semi-space-size=16' },
            { url: at(ports.INGRESS_PORT) },
          ),
          start(
            'demo-bot',
            'apps/sandbox/dist/demo-bot/main.js',
            { ...common, BOT_IDS: (options.demoBots ?? ['demo', 'outlet']).join(',') },
            { readyLine: /^demo bot: ready/ },
          ),
        ]),
      ),
      Promise.all([topics, migrations.orchestrator]).then(() =>
        Promise.all([orchestrator('orchestrator', ports.ORCHESTRATOR_PORT), orchestrator('orchestrator-2', ports.ORCHESTRATOR_2_PORT)]),
      ),
      Promise.all([topics, migrations.dispatcher]).then(() =>
        Promise.all([dispatcher('dispatcher', ports.DISPATCHER_PORT), dispatcher('dispatcher-2', ports.DISPATCHER_2_PORT)]),
      ),
    ]);

    const two = replicas === 2;
    return {
      local,
      ports,
      topicPrefix: run,
      databaseUrl,
      urls: {
        site: at(ports.SITE_PORT),
        crisp: at(ports.CRISP_PORT),
        messenger: at(ports.MESSENGER_PORT),
        ingress: at(ports.INGRESS_PORT),
        controlPlane: at(ports.CONTROL_PLANE_PORT),
        orchestrators: [at(ports.ORCHESTRATOR_PORT), ...(two ? [at(ports.ORCHESTRATOR_2_PORT)] : [])],
        dispatchers: [at(ports.DISPATCHER_PORT), ...(two ? [at(ports.DISPATCHER_2_PORT)] : [])],
      },
      processes,
      stop: clear,
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

function portsNeeded(without: ReadonlySet<ServiceName>): (keyof Ports)[] {
  const byService: [ServiceName, keyof Ports][] = [
    ['site', 'SITE_PORT'],
    ['ingress', 'INGRESS_PORT'],
    ['orchestrator', 'ORCHESTRATOR_PORT'],
    ['dispatcher', 'DISPATCHER_PORT'],
    ['control-plane', 'CONTROL_PLANE_PORT'],
    ['orchestrator-2', 'ORCHESTRATOR_2_PORT'],
    ['dispatcher-2', 'DISPATCHER_2_PORT'],
    ['crisp', 'CRISP_PORT'],
    ['messenger', 'MESSENGER_PORT'],
  ];
  return byService.filter(([service]) => !without.has(service)).map(([, name]) => name);
}

async function migrate(app: string, databaseUrl: string): Promise<void> {
  const lines: string[] = [];
  const child = spawnService({
    name: `${app} migrations`,
    entry: path.join(REPOSITORY, `apps/${app}/dist/migrate.js`),
    env: { DATABASE_URL: databaseUrl },
    onLine: (line) => lines.push(line),
  });
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`the migrations of ${app} failed:\n${lines.slice(-15).join('\n')}`);
}

/** On servers that are not ours nothing of a passing run stays behind. */
async function forget(local: LocalServices, run: string): Promise<void> {
  if (local.postgres.provided) await dropDatabase(local.databaseUrl, run).catch(() => undefined);
  if (!local.kafka.provided) return;
  const admin = createKafka({ brokers: local.brokers, clientId: 'sandbox', topicPrefix: run }).admin();
  await admin.connect();
  try {
    await admin.deleteTopics(topicsToBe(run, { partitions: 1, replication: 1 }).map(({ topic }) => topic));
  } finally {
    await admin.disconnect();
  }
}
