import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dockerAnswers, startKafkaContainer, startPostgresContainer } from './docker.js';
import { freePort, isFree } from './free-port.js';
import { startKafkaServer } from './kafka-server.js';
import { mayRead, postgresUser } from './postgres-binaries.js';
import { startPostgresServer } from './postgres-server.js';
import { provided, type OwnServer, type Progress, type Restartable } from './restartable.js';

export interface LocalServicesOptions {
  /** Where the data lie; by default a temporary directory that goes away at the end. */
  readonly directory?: string;
  /** Told what is going on, in short lines for a person who waits. */
  readonly onProgress?: Progress;
  /** Told the URL as soon as Postgres answers: seconds before Kafka does, time enough for migrations. */
  readonly onPostgres?: (databaseUrl: string) => void;
  /** A free port by default. */
  readonly kafkaPort?: number;
  /** A free port by default. */
  readonly postgresPort?: number;
  /** Keep the data in `directory` for the next start. */
  readonly keepData?: boolean;
  /** False makes Postgres faster and forget what a power cut interrupts: for tests only. Default true. */
  readonly fsync?: boolean;
}

export interface LocalServices {
  /** `host:port` of each broker. */
  readonly brokers: string[];
  readonly databaseUrl: string;
  readonly kafka: Restartable;
  readonly postgres: Restartable;
  stop(): Promise<void>;
}

/**
 * A real Kafka and a real Postgres for tests and the sandbox: those of `KAFKA_BROKERS` and `DATABASE_URL` where set,
 * else containers when a Docker engine answers, else child processes that die with this process.
 * @throws Error whose first line says what is missing and what to do.
 */
export async function startLocalServices(options: LocalServicesOptions = {}): Promise<LocalServices> {
  const onProgress = options.onProgress ?? (() => undefined);
  const { KAFKA_BROKERS: brokers, DATABASE_URL: databaseUrl } = process.env;
  const needed = { kafka: !brokers, postgres: !databaseUrl };
  const own: OwnServer[] = [];
  const place = await placeFor(options, needed.kafka || needed.postgres);
  try {
    const start = needed.kafka || needed.postgres ? await chooseStarters(options, place, onProgress) : undefined;
    const started = await settledTogether([
      needed.kafka && start ? timed('Kafka', onProgress, start.kafka, own) : NOT_NEEDED,
      (needed.postgres && start ? timed('Postgres', onProgress, start.postgres, own) : NOT_NEEDED).then((postgres) => {
        options.onPostgres?.(urlOf(postgres) ?? databaseUrl!);
        return postgres;
      }),
    ]);
    const [kafka, postgres] = started;
    return {
      brokers: kafka ? [`127.0.0.1:${kafka.port}`] : brokers!.split(',').map((broker) => broker.trim()),
      databaseUrl: urlOf(postgres) ?? databaseUrl!,
      kafka: kafka?.server ?? provided('KAFKA_BROKERS'),
      postgres: postgres?.server ?? provided('DATABASE_URL'),
      stop: () => stopAll(own, place),
    };
  } catch (error) {
    await stopAll(own, place);
    throw error;
  }
}

interface Started {
  readonly server: OwnServer;
  readonly port: number;
}

function urlOf(postgres: Started | undefined): string | undefined {
  return postgres && `postgres://postgres@127.0.0.1:${postgres.port}/postgres`;
}

const NOT_NEEDED: Promise<Started | undefined> = Promise.resolve(undefined);

type Starter = () => Promise<Started>;

async function chooseStarters(
  options: LocalServicesOptions,
  place: Place,
  onProgress: Progress,
): Promise<{ kafka: Starter; postgres: Starter }> {
  const { keepData = false, fsync = true } = options;
  const kafkaPort = (): Promise<number> => portFor('Kafka', 'KAFKA_BROKERS', options.kafkaPort);
  const postgresPort = (): Promise<number> => portFor('Postgres', 'DATABASE_URL', options.postgresPort);
  const children = {
    kafka: async () => {
      const port = await kafkaPort();
      return { port, server: await startKafkaServer({ directory: path.join(place.directory, 'kafka'), port, onProgress, keepData }) };
    },
    postgres: async () => {
      const port = await postgresPort();
      const directory = await postgresDirectory(place, onProgress);
      return { port, server: await startPostgresServer({ directory, port, fsync, keepData }) };
    },
  };
  if (!(await dockerAnswers())) return children;
  onProgress('Docker answers: Kafka and Postgres run in containers (their images are fetched once)');
  const instead = (
    what: string,
    inContainer: (port: number) => Promise<OwnServer>,
    choosePort: () => Promise<number>,
    child: Starter,
  ): Starter => {
    return async () => {
      const port = await choosePort();
      try {
        return { port, server: await inContainer(port) };
      } catch (error) {
        onProgress(`${what}: not from Docker (${firstLine(error)}); running it as a child process`);
        return child();
      }
    };
  };
  return {
    kafka: instead('Kafka', startKafkaContainer, kafkaPort, children.kafka),
    postgres: instead('Postgres', startPostgresContainer, postgresPort, children.postgres),
  };
}

async function portFor(what: string, variable: string, port: number | undefined): Promise<number> {
  if (port === undefined) return freePort();
  if (await isFree(port)) return port;
  throw new Error(
    `Port ${port}, wanted for ${what}, is taken: end what listens there, choose another port, or set ${variable} to use what runs already.`,
  );
}

async function timed(what: string, onProgress: Progress, start: Starter, own: OwnServer[]): Promise<Started> {
  const began = performance.now();
  onProgress(`${what}: starting`);
  const started = await start();
  own.push(started.server);
  onProgress(`${what}: up on 127.0.0.1:${started.port} after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return started;
}

/** Waits for all even when one fails, so that nothing is left starting while the rest is cleared away. */
async function settledTogether<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return results.map((result) => (result as PromiseFulfilledResult<T>).value);
}

interface Place {
  readonly directory: string;
  /** What goes away at the end. */
  readonly temporary: string[];
}

const TEMPORARY = 'baton-local-';

async function placeFor(options: LocalServicesOptions, isNeeded: boolean): Promise<Place> {
  if (options.directory !== undefined) {
    if (isNeeded) await mkdir(options.directory, { recursive: true });
    const directory = path.resolve(options.directory);
    // The directory is the caller's; only what lies in it is ours.
    return { directory, temporary: options.keepData ? [] : [path.join(directory, 'kafka'), path.join(directory, 'postgres')] };
  }
  if (!isNeeded) return { directory: '', temporary: [] };
  await clearLeftovers();
  const directory = await mkdtemp(path.join(tmpdir(), `${TEMPORARY}${process.pid}-`));
  // Root's Postgres user has to pass through.
  await chmod(directory, 0o755);
  return { directory, temporary: [directory] };
}

/** A run that was killed could not clear up behind itself; the next one does. */
async function clearLeftovers(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names) {
    const owner = name.startsWith(TEMPORARY) ? Number(name.slice(TEMPORARY.length).split('-')[0]) : NaN;
    if (Number.isInteger(owner) && owner > 0 && !isAlive(owner))
      await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Where root's Postgres user cannot go, its data move to a place of the same name for the same directory. */
async function postgresDirectory(place: Place, onProgress: Progress): Promise<string> {
  const user = await postgresUser();
  const wanted = path.join(place.directory, 'postgres');
  if (user === undefined || (await mayRead(place.directory, user))) return wanted;
  const elsewhere = path.join('/var/tmp', `baton-postgres-${createHash('sha256').update(place.directory).digest('hex').slice(0, 12)}`);
  if (place.temporary.length > 0) place.temporary.push(elsewhere);
  onProgress(`Postgres: its user cannot reach ${place.directory}; its data lie in ${elsewhere}`);
  return elsewhere;
}

async function stopAll(own: readonly OwnServer[], place: Place): Promise<void> {
  await Promise.allSettled(own.map((server) => server.stop()));
  for (const directory of place.temporary) await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
