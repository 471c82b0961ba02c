import { rm } from 'node:fs/promises';
import path from 'node:path';
import { dockerAnswers, startKafkaContainer, startPostgresContainer } from './docker.js';
import { installEmbeddingModel } from './embedding-model.js';
import { freePort, isFree } from './free-port.js';
import { type Roundabout, startKafkaServer } from './kafka-server.js';
import { hasVectors } from './has-vectors.js';
import { startPgliteServer } from './pglite/pglite-server.js';
import { placeFor, postgresDirectory, type Place } from './place.js';
import { startPostgresServer } from './postgres-server.js';
import { provided, type OwnServer, type Progress, type Restartable } from './restartable.js';

export interface LocalServicesOptions {
  /** Where the data lie; by default a temporary directory that goes away at the end. */
  readonly directory?: string;
  /** Told what is going on, in short lines for a person who waits. */
  readonly onProgress?: Progress;
  /** Told the URL as soon as Postgres answers: seconds before Kafka does, time enough for migrations. */
  readonly onPostgres?: (databaseUrl: string) => void;
  /** Told the URL as soon as the knowledge database answers. */
  readonly onKnowledge?: (knowledgeUrl: string) => void;
  /** A free port by default. */
  readonly kafkaPort?: number;
  /** A free port by default. */
  readonly postgresPort?: number;
  /** A free port by default. */
  readonly knowledgePort?: number;
  /** False leaves out the knowledge database and the embedding model, which cost seconds and megabytes. Default true. */
  readonly knowledge?: boolean;
  /** Keep the data in `directory` for the next start. */
  readonly keepData?: boolean;
  /** False makes Postgres faster and forget what a power cut interrupts: for tests only. Default true. */
  readonly fsync?: boolean;
  /** False: child processes even where a Docker engine answers. Default true. */
  readonly containers?: boolean;
  /** Another listener of a Kafka that is a child process, for clients that come by way of a proxy. */
  readonly kafkaRoundabout?: Roundabout;
}

export interface LocalServices {
  /** `host:port` of each broker. */
  readonly brokers: string[];
  readonly databaseUrl: string;
  /** A Postgres with pgvector and pg_trgm; often the same as `databaseUrl`. Throws when it was left out. */
  readonly knowledgeUrl: string;
  /** For `createLocalEmbedder` and `EMBEDDINGS_DIR`; undefined when it was left out or an endpoint (`EMBEDDINGS_URL`) takes its place. */
  readonly modelDirectory: string | undefined;
  readonly kafka: Restartable;
  readonly postgres: Restartable;
  /** Throws when it was left out. */
  readonly knowledge: Restartable;
  stop(): Promise<void>;
}

/**
 * A real Kafka and a real Postgres for tests and the sandbox: those of `KAFKA_BROKERS` and `DATABASE_URL` where set,
 * else containers when a Docker engine answers, else child processes that die with this process. Beside them a Postgres with
 * vectors (`KNOWLEDGE_DATABASE_URL`) and a model that makes them (`EMBEDDINGS_DIR`).
 * @throws Error whose first line says what is missing and what to do.
 */
export async function startLocalServices(options: LocalServicesOptions = {}): Promise<LocalServices> {
  const onProgress = options.onProgress ?? (() => undefined);
  const { KAFKA_BROKERS: brokers, DATABASE_URL: databaseUrl, KNOWLEDGE_DATABASE_URL: knowledgeUrl } = process.env;
  const knows = options.knowledge ?? true;
  const isNeeded = !brokers || !databaseUrl || (knows && !knowledgeUrl);
  const own: OwnServer[] = [];
  const place = await placeFor(options, isNeeded);
  try {
    const docker = isNeeded && options.containers !== false && (await dockerAnswers());
    if (docker) onProgress('Docker answers: what is needed runs in containers (their images are fetched once)');
    const context = { options, place, docker, onProgress, own };
    const postgres = databaseUrl ? given('DATABASE_URL', databaseUrl) : startPostgres(context);
    const [kafka, main, knowledge, modelDirectory] = await settledTogether([
      brokers ? given('KAFKA_BROKERS', brokers) : startKafka(context),
      postgres.then((running) => {
        options.onPostgres?.(running.address);
        return running;
      }),
      knows
        ? startKnowledge(context, postgres).then((running) => {
            options.onKnowledge?.(running.address);
            return running;
          })
        : undefined,
      knows && !process.env['EMBEDDINGS_URL'] ? installEmbeddingModel(onProgress) : undefined,
    ]);
    return {
      brokers: kafka.address.split(',').map((broker) => broker.trim()),
      databaseUrl: main.address,
      get knowledgeUrl() {
        return present(knowledge).address;
      },
      modelDirectory,
      kafka: kafka.server,
      postgres: main.server,
      get knowledge() {
        return present(knowledge).server;
      },
      stop: () => stopAll(own, place),
    };
  } catch (error) {
    await stopAll(own, place);
    throw error;
  }
}

function present(knowledge: Running | undefined): Running {
  if (!knowledge) throw new Error('There is no knowledge database: it was left out.');
  return knowledge;
}

/** A server that answers. */
interface Running {
  /** `host:port`, or a URL. */
  readonly address: string;
  readonly server: Restartable;
}

interface Context {
  readonly options: LocalServicesOptions;
  readonly place: Place;
  readonly docker: boolean;
  readonly onProgress: Progress;
  /** What was started, to be ended at the end. */
  readonly own: OwnServer[];
}

async function given(variable: string, address: string): Promise<Running> {
  return { address, server: provided(variable) };
}

async function startKafka(context: Context): Promise<Running> {
  const { options, place, onProgress } = context;
  const { keepData = false, kafkaRoundabout: roundabout } = options;
  const port = await portFor('Kafka', 'KAFKA_BROKERS', options.kafkaPort);
  const directory = path.join(place.directory, 'kafka');
  const server = await started('Kafka', port, context, startKafkaContainer, () =>
    startKafkaServer({ directory, port, onProgress, keepData, ...(roundabout && { roundabout }) }),
  );
  return { address: `127.0.0.1:${port}`, server };
}

async function startPostgres(context: Context): Promise<Running> {
  const { options, place, onProgress } = context;
  const { keepData = false, fsync = true } = options;
  const port = await portFor('Postgres', 'DATABASE_URL', options.postgresPort);
  const server = await started('Postgres', port, context, startPostgresContainer, async () => {
    const directory = await postgresDirectory(place, onProgress);
    return startPostgresServer({ directory, port, fsync, keepData });
  });
  return { address: urlOf(port), server };
}

/** The main database where that has vectors; else one beside it. */
async function startKnowledge(context: Context, postgres: Promise<Running>): Promise<Running> {
  const { options, place, docker } = context;
  const { KNOWLEDGE_DATABASE_URL: url, DATABASE_URL: mainUrl } = process.env;
  if (url) return given('KNOWLEDGE_DATABASE_URL', url);
  // The one of npm has none.
  if (mainUrl || docker) {
    const main = await postgres;
    if (await hasVectors(main.address)) return main;
  }
  const port = await portFor('the knowledge database', 'KNOWLEDGE_DATABASE_URL', options.knowledgePort);
  const directory = path.join(place.directory, 'knowledge');
  const server = await started('Knowledge database', port, context, startPostgresContainer, () => startPgliteServer({ directory, port }));
  return { address: urlOf(port), server };
}

function urlOf(port: number): string {
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

/** In a container where an engine answers and has or gets the image, else as a child process. */
async function started(
  what: string,
  port: number,
  { docker, onProgress, own }: Context,
  inContainer: (port: number) => Promise<OwnServer>,
  asChild: () => Promise<OwnServer>,
): Promise<OwnServer> {
  const began = performance.now();
  onProgress(`${what}: starting`);
  const fromDocker = docker
    ? await inContainer(port).catch((error: unknown) => {
        onProgress(`${what}: not from Docker (${firstLine(error)}); running it as a child process`);
        return undefined;
      })
    : undefined;
  const server = fromDocker ?? (await asChild());
  own.push(server);
  onProgress(`${what}: up on 127.0.0.1:${port} after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return server;
}

async function portFor(what: string, variable: string, port: number | undefined): Promise<number> {
  if (port === undefined) return freePort();
  if (await isFree(port)) return port;
  throw new Error(
    `Port ${port}, wanted for ${what}, is taken: end what listens there, choose another port, or set ${variable} to use what runs already.`,
  );
}

/** Waits for all even when one fails, so that nothing is left starting while the rest is cleared away. */
async function settledTogether<const T extends readonly unknown[]>(promises: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const failed = (await Promise.allSettled(promises)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all(promises) as Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>;
}

async function stopAll(own: readonly OwnServer[], place: Place): Promise<void> {
  await Promise.allSettled(own.map((server) => server.stop()));
  for (const directory of place.temporary) await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
