import { createHash } from 'node:crypto';
import type { LocalServices } from '@baton/testing';
import type { Ports } from './ports.js';
import { sandboxCrisp } from './sandbox-crisp.js';
import { sandboxMessenger } from './sandbox-messenger.js';

export type ServiceName =
  | 'ingress'
  | 'orchestrator'
  | 'orchestrator-2'
  | 'dispatcher'
  | 'dispatcher-2'
  | 'ai'
  | 'ai-2'
  | 'control-plane'
  | 'crisp'
  | 'messenger'
  | 'model'
  | 'demo-bot'
  | 'site';

/** The second of those that may run twice. */
export const REPLICAS: readonly ServiceName[] = ['orchestrator-2', 'dispatcher-2', 'ai-2'];

/** Whose tables are made before it starts. */
export const WITH_TABLES = ['escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply', 'control-plane'] as const;
export type WithTables = (typeof WITH_TABLES)[number];

/** What is known of a platform before any service of it runs. */
export interface Surroundings {
  readonly ports: Ports;
  readonly seed: number;
  readonly demoBots: readonly string[];
}

/** What is known once Kafka, Postgres and the settings are there. */
export interface Ground extends Surroundings {
  readonly local: LocalServices;
  /** Prefix of topics, and schema of the knowledge on a server that is not ours. */
  readonly run: string;
  readonly databaseUrl: string;
  readonly settingsFile: string;
}

interface Plan<Known> {
  readonly entry: string;
  /** Absent for a process without a port. */
  readonly port?: keyof Ports;
  /** Answers 2xx when it is ready; `/health/ready` unless said otherwise. */
  readonly readyPath?: string;
  readonly readyLine?: RegExp;
  env(known: Known): NodeJS.ProcessEnv;
}

/** What stands by itself: the simulated platforms and the site. */
export type EarlyPlan = Plan<Surroundings>;

/** What needs topics, and perhaps tables. */
export interface GroundedPlan extends Plan<Ground> {
  readonly tables?: WithTables;
}

/** Keys of a sandbox are no secrets: they follow from their names, so that links and visitors outlive a restart. */
const sandboxKey = (name: string): string => createHash('sha256').update(`sandbox ${name}`).digest('base64');
export const CONTROL_PLANE_KEY = 'sandbox-control-plane-key';
/** With which the control plane comes to the inner doors of the others. */
const PASSES = { PASS_KEY: sandboxKey('passes') };
export const at = (port: number): string => `http://127.0.0.1:${port}`;

const KEYS = {
  webhooks: { SETTINGS_KEY_WEBHOOKS: sandboxKey('webhooks') },
  crisp: { SETTINGS_KEY_CRISP: sandboxKey('crisp') },
  models: { SETTINGS_KEY_MODELS: sandboxKey('models') },
  messenger: { SETTINGS_KEY_MESSENGER: sandboxKey('messenger') },
};

export const EARLY: Partial<Record<ServiceName, EarlyPlan>> = {
  crisp: {
    entry: 'apps/sandbox/dist/crisp-simulator/main.js',
    port: 'CRISP_PORT',
    readyPath: '/control/state',
    env: ({ ports, seed }) => ({
      CRISP_SETUP: JSON.stringify(sandboxCrisp(at(ports.INGRESS_PORT), at(ports.CRISP_PORT))),
      CRISP_SEED: String(seed),
    }),
  },
  messenger: {
    entry: 'apps/sandbox/dist/messenger-simulator/main.js',
    port: 'MESSENGER_PORT',
    readyPath: '/control/state',
    env: ({ ports, seed }) => ({
      MESSENGER_SETUP: JSON.stringify(sandboxMessenger(at(ports.INGRESS_PORT))),
      MESSENGER_SEED: String(seed),
    }),
  },
  model: { entry: 'apps/sandbox/dist/model-simulator/main.js', port: 'MODEL_PORT', readyPath: '/control/state', env: () => ({}) },
  site: {
    entry: 'apps/sandbox/dist/site/main.js',
    port: 'SITE_PORT',
    readyPath: '/',
    env: ({ ports }) => ({
      CHAT_URL: at(ports.DISPATCHER_PORT),
      CRISP_URL: at(ports.CRISP_PORT),
      MESSENGER_URL: at(ports.MESSENGER_PORT),
      CONTROL_PLANE_URL: at(ports.CONTROL_PLANE_PORT),
    }),
  },
};

const common = ({ local, run }: Ground): NodeJS.ProcessEnv => ({
  KAFKA_BROKERS: local.brokers.join(','),
  KAFKA_TOPIC_PREFIX: run,
  HTTP_HOST: '127.0.0.1',
  LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
  INSTANCE_ID: undefined,
  // Nobody's balancer has to notice anything on this machine.
  SHUTDOWN_DELAY_MS: '0',
  // As in the images.
  MALLOC_ARENA_MAX: '2',
});

const orchestrator = (name: ServiceName, port: keyof Ports): GroundedPlan => ({
  entry: 'apps/escalation-orchestrator/dist/main.js',
  port,
  tables: 'escalation-orchestrator',
  env: (ground) => ({
    ...common(ground),
    ...KEYS.crisp,
    DATABASE_URL: ground.databaseUrl,
    PUBLIC_URL: at(ground.ports.ORCHESTRATOR_PORT),
    HISTORY_KEY: sandboxKey('history'),
    ...PASSES,
    INSTANCE_ID: name,
  }),
});

const dispatcher = (name: ServiceName, port: keyof Ports): GroundedPlan => ({
  entry: 'apps/channel-dispatcher/dist/main.js',
  port,
  tables: 'channel-dispatcher',
  env: (ground) => ({
    ...common(ground),
    ...KEYS.messenger,
    DATABASE_URL: ground.databaseUrl,
    // One address for all replicas, as behind a balancer: what one of them hands out, the other must know.
    PUBLIC_URL: at(ground.ports.DISPATCHER_PORT),
    WEBCHAT_TOKEN_KEY: sandboxKey('webchat'),
    ...PASSES,
    FILES_FROM_LOOPBACK: 'on',
    // A dead token is mended by hand here, and somebody waits for it.
    MESSENGER_PROBE_SECONDS: '5',
    INSTANCE_ID: name,
  }),
});

const ai = (name: ServiceName, port: keyof Ports): GroundedPlan => ({
  entry: 'apps/ai-auto-reply/dist/main.js',
  port,
  tables: 'ai-auto-reply',
  env: (ground) => ({
    ...common(ground),
    ...KEYS.crisp,
    ...KEYS.models,
    ...knowledgeEnv(ground.local.knowledgeUrl, ground.run),
    DATABASE_URL: ground.databaseUrl,
    EMBEDDINGS_DIR: ground.local.modelDirectory,
    INGRESS_URL: at(ground.ports.INGRESS_PORT),
    ...PASSES,
    // Pages of the demo shop are on this very machine.
    SOURCES_FROM_LOOPBACK: 'on',
    // Whoever drops a hook here waits for what becomes of it.
    CATCH_UP_SECONDS: '5',
    INSTANCE_ID: name,
  }),
});

/** Where chunks lie: a server that runs in a single process has no second database, so a run that keeps nothing has a schema of its own. */
export function knowledgeEnv(knowledgeUrl: string, run: string): NodeJS.ProcessEnv {
  return { KNOWLEDGE_DATABASE_URL: knowledgeUrl, KNOWLEDGE_SCHEMA: knowledgeSchema(run), KNOWLEDGE_POOL: '1' };
}

export const knowledgeSchema = (run: string): string => (run === 'baton' ? 'knowledge' : `knowledge_${run}`);

export const GROUNDED: Partial<Record<ServiceName, GroundedPlan>> = {
  'control-plane': {
    entry: 'apps/control-plane/dist/main.js',
    port: 'CONTROL_PLANE_PORT',
    tables: 'control-plane',
    env: (ground) => ({
      ...common(ground),
      ...KEYS.webhooks,
      ...KEYS.crisp,
      ...KEYS.messenger,
      ...KEYS.models,
      DATABASE_URL: ground.databaseUrl,
      CONTROL_PLANE_KEY,
      ...PASSES,
      PUBLIC_URL: at(ground.ports.CONTROL_PLANE_PORT),
      ORCHESTRATOR_URL: at(ground.ports.ORCHESTRATOR_PORT),
      DISPATCHER_URL: at(ground.ports.DISPATCHER_PORT),
      AI_URL: at(ground.ports.AI_PORT),
      INGRESS_URL: at(ground.ports.INGRESS_PORT),
      CHAT_URL: at(ground.ports.DISPATCHER_PORT),
      // Who connects a bot here connects it to the simulated platforms.
      CRISP_API_URL: at(ground.ports.CRISP_PORT),
      META_GRAPH_URL: at(ground.ports.MESSENGER_PORT),
      SETTINGS_FILE: ground.settingsFile,
    }),
  },
  ingress: {
    entry: 'apps/webhook-ingress/dist/main.js',
    port: 'INGRESS_PORT',
    // Its young objects stay in 32 MiB (docs/decisions/0002).
    env: (ground) => ({ ...common(ground), ...KEYS.webhooks, NODE_OPTIONS: '--max-semi-space-size=16' }),
  },
  'demo-bot': {
    entry: 'apps/sandbox/dist/demo-bot/main.js',
    readyLine: /^demo bot: ready/,
    env: (ground) => ({ ...common(ground), BOT_IDS: ground.demoBots.join(',') }),
  },
  orchestrator: orchestrator('orchestrator', 'ORCHESTRATOR_PORT'),
  'orchestrator-2': orchestrator('orchestrator-2', 'ORCHESTRATOR_2_PORT'),
  dispatcher: dispatcher('dispatcher', 'DISPATCHER_PORT'),
  'dispatcher-2': dispatcher('dispatcher-2', 'DISPATCHER_2_PORT'),
  ai: ai('ai', 'AI_PORT'),
  'ai-2': ai('ai-2', 'AI_2_PORT'),
};

/** The ports of the services that are to run. */
export function portsNeeded(without: ReadonlySet<ServiceName>): (keyof Ports)[] {
  return Object.entries({ ...EARLY, ...GROUNDED }).flatMap(([name, plan]) =>
    plan.port && !without.has(name as ServiceName) ? [plan.port] : [],
  );
}
