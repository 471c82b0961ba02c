import { request, type RequestOptions } from 'node:http';
import type { StartedTestContainer } from 'testcontainers';
import { eventually } from '../eventually.js';
import type { OwnServer } from './restartable.js';

const KAFKA_IMAGE = 'apache/kafka:4.1.0';
const POSTGRES_IMAGE = 'postgres:18-alpine';
/** An engine that is there answers in milliseconds. */
const ENGINE_ANSWERS_WITHIN_MS = 800;

/** Whether a Docker engine answers on `DOCKER_HOST` or its usual socket. */
export async function dockerAnswers(): Promise<boolean> {
  const target = engineAddress(process.env['DOCKER_HOST']);
  if (!target) return false;
  return new Promise((resolve) => {
    const asked = request({ ...target, path: '/_ping', timeout: ENGINE_ANSWERS_WITHIN_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.on('close', () => resolve(false));
    asked.end();
  });
}

function engineAddress(host: string | undefined): RequestOptions | undefined {
  if (!host) return { socketPath: '/var/run/docker.sock' };
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  if (!host.startsWith('tcp://')) return undefined;
  const { hostname, port } = new URL(host);
  return { hostname, port: Number(port || 2375) };
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
  return containerAsServer(container);
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
  return containerAsServer(container);
}

async function containerAsServer(container: StartedTestContainer): Promise<OwnServer> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const engine = (await getContainerRuntimeClient()).container.getById(container.getId());
  const running = async (): Promise<boolean> => (await engine.inspect()).State.Running;
  return {
    provided: false,
    async kill() {
      await engine.kill();
      await eventually(async () => !(await running()), { what: 'the container being gone' });
    },
    async start() {
      if (!(await running())) await engine.start();
    },
    async stop() {
      await container.stop({ timeout: 0 });
    },
  };
}
