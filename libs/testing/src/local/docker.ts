import { request } from 'node:http';
import { Kafka, logLevel } from 'kafkajs';
import type { StartedTestContainer } from 'testcontainers';
import { eventually } from '../eventually.js';
import { postgresAnswers } from './postgres-server.js';
import type { OwnServer } from './restartable.js';

const KAFKA_IMAGE = 'apache/kafka:4.1.0';
/** With pgvector; pg_trgm and unaccent come with every Postgres. */
const POSTGRES_IMAGE = 'pgvector/pgvector:0.8.1-pg18';
/** An engine that is there answers in milliseconds. */
const ENGINE_ANSWERS_WITHIN_MS = 800;

const START_WITHIN_MS = 120_000;

/** Whether a Docker engine of this machine answers on `DOCKER_HOST` or its usual socket. */
export async function dockerAnswers(): Promise<boolean> {
  const socketPath = engineSocket(process.env['DOCKER_HOST']);
  if (socketPath === undefined) return false;
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping', timeout: ENGINE_ANSWERS_WITHIN_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.on('close', () => resolve(false));
    asked.end();
  });
}

function engineSocket(host: string | undefined): string | undefined {
  if (!host) return '/var/run/docker.sock';
  if (host.startsWith('unix://')) return host.slice('unix://'.length);
  // Containers of another machine would not be found on 127.0.0.1.
  return undefined;
}

/** Kafka in a container that testcontainers takes away when this process is gone. */
export async function startKafkaContainer(port: number): Promise<OwnServer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(KAFKA_IMAGE)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: `PLAINTEXT://:${port},CONTROLLER://:${port + 1}`,
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_CONTROLLER_QUORUM_VOTERS: `1@127.0.0.1:${port + 1}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    })
    .withWaitStrategy(Wait.forListeningPorts())
    .start();
  return containerAsServer(container, () => kafkaAnswers(port));
}

/** Postgres in a container that testcontainers takes away when this process is gone. */
export async function startPostgresContainer(port: number): Promise<OwnServer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(POSTGRES_IMAGE)
    .withExposedPorts({ container: 5432, host: port })
    .withEnvironment({ POSTGRES_HOST_AUTH_METHOD: 'trust' })
    // The image starts Postgres twice: once to set it up, then for good.
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .start();
  return containerAsServer(container, () => postgresAnswers(port));
}

async function containerAsServer(container: StartedTestContainer, answers: () => Promise<boolean>): Promise<OwnServer> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const engine = (await getContainerRuntimeClient()).container.getById(container.getId());
  const running = async (): Promise<boolean> => (await engine.inspect()).State.Running;
  const up = (): Promise<boolean> => eventually(answers, { within: START_WITHIN_MS, every: 100, what: 'the container answering' });
  await up();
  return {
    provided: false,
    async kill() {
      await engine.kill();
      await eventually(async () => !(await running()), { what: 'the container being gone' });
    },
    async start() {
      if (await running()) return;
      await engine.start();
      await up();
    },
    async stop() {
      await container.stop({ timeout: 0 });
    },
  };
}

async function kafkaAnswers(port: number): Promise<boolean> {
  const admin = new Kafka({
    brokers: [`127.0.0.1:${port}`],
    clientId: 'baton-testing',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    retry: { retries: 0 },
  }).admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length > 0;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
