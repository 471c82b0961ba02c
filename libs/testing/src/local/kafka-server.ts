import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from '../eventually.js';
import { exists } from './files.js';
import { freePort } from './free-port.js';
import { endGuarded, startGuarded, type GuardedProcess } from './guarded-process.js';
import { installKafka, type KafkaInstallation } from './kafka-installation.js';
import type { OwnServer, Progress } from './restartable.js';
import { runToEnd } from './run-to-end.js';

export interface KafkaServerOptions {
  /** Its data; formatted when empty. */
  readonly directory: string;
  readonly port: number;
  readonly onProgress: Progress;
  /** Tell the clean stop to leave the data in order for the next start; otherwise it is killed, which is faster. */
  readonly keepData: boolean;
  /** Listeners beside the open one, who may come there, and what else its settings say; open to everybody without. */
  readonly security?: KafkaSecurity;
  /** Another open listener, whose clients are told to come to another port than it listens on: what stands there passes them on. */
  readonly roundabout?: Roundabout;
}

/** Ports of 127.0.0.1. */
export interface Roundabout {
  readonly listens: number;
  /** What clients are told; whoever comes by it stays on this way. */
  readonly tells: number;
}

export interface KafkaSecurity {
  readonly ports: { readonly byPassword: number; readonly byCertificate: number };
  /** Passwords by user (SCRAM-SHA-512). */
  readonly users: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
}

const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const CLUSTER_ID = 'MkU3OEVBNTcwNTJENDM2Qg';
const LAST_LINES = 20;
/** Said when the broker is registered, has read its log and takes requests. */
const UP = 'Kafka Server started';

/** Apache Kafka as a child process: one node that is broker and controller. */
export async function startKafkaServer(options: KafkaServerOptions): Promise<OwnServer> {
  const installation = await installKafka(options.onProgress);
  await prepareFastStart(installation, options.onProgress);
  return runKafka(installation, options, `-XX:SharedArchiveFile=${installation.classArchive}`);
}

async function runKafka(installation: KafkaInstallation, options: KafkaServerOptions, classes: string): Promise<OwnServer> {
  const properties = await format(installation, options);
  let child: GuardedProcess | undefined;

  async function start(): Promise<void> {
    if (child?.running) return;
    const lastLines: string[] = [];
    let isUp = false;
    const server = startGuarded({
      command: 'java',
      args: ['-Xmx320m', '-Xshare:auto', classes, ...javaArguments(installation), 'kafka.Kafka', properties],
      onLine: (line) => {
        if (line.includes(UP)) isUp = true;
        lastLines.push(line);
        if (lastLines.length > LAST_LINES) lastLines.shift();
      },
    });
    child = server;
    const told = (problem: string): Error => new Error(`Kafka ${problem}\n${lastLines.join('\n')}`);
    await eventually(() => isUp || !server.running, { within: START_WITHIN_MS, what: 'Kafka being up' }).catch((error: unknown) => {
      server.signal('SIGKILL');
      throw told((error as Error).message);
    });
    if (!server.running) throw told('ended at its start');
  }

  const end = (signal: NodeJS.Signals): Promise<void> => endGuarded(child, signal, STOP_WITHIN_MS);

  await start();
  return { provided: false, start, kill: () => end('SIGKILL'), stop: () => end(options.keepData ? 'SIGTERM' : 'SIGKILL') };
}

function javaArguments(installation: KafkaInstallation): string[] {
  return [
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
    '-cp',
    path.join(installation.jars, '*'),
  ];
}

/** Writes the settings and, the first time, the marks of a formatted disk; returns the file of settings. */
async function format(installation: KafkaInstallation, { directory, port, security, roundabout }: KafkaServerOptions): Promise<string> {
  const data = path.join(directory, 'data');
  const properties = path.join(directory, 'server.properties');
  await mkdir(directory, { recursive: true });
  await writeFile(properties, settings(data, port, await freePort(), security, roundabout));
  if (await exists(path.join(data, 'meta.properties'))) return properties;
  await runToEnd({
    command: 'java',
    args: [
      '-Xmx128m',
      '-XX:TieredStopAtLevel=1',
      ...javaArguments(installation),
      'kafka.tools.StorageTool',
      'format',
      '-t',
      CLUSTER_ID,
      '-c',
      properties,
      ...Object.entries(security?.users ?? {}).flatMap(([name, password]) => [
        '--add-scram',
        `SCRAM-SHA-512=[name=${name},iterations=4096,password=${password}]`,
      ]),
    ],
  });
  return properties;
}

function settings(data: string, port: number, controllerPort: number, security?: KafkaSecurity, roundabout?: Roundabout): string {
  const also = Object.entries({ PASSWORD: security?.ports.byPassword, CERTIFICATE: security?.ports.byCertificate }).flatMap(([name, at]) =>
    at === undefined ? [] : `,${name}://127.0.0.1:${at}`,
  );
  const by = (at?: number): string => (at === undefined ? '' : `,ROUNDABOUT://127.0.0.1:${at}`);
  const values: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${also.join('')}${by(roundabout?.listens)}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}${also.join('')}${by(roundabout?.tells)}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PASSWORD:SASL_SSL,CERTIFICATE:SSL,ROUNDABOUT:PLAINTEXT',
    'log.dirs': data,
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 2,
    // Members of a test group come one by one: waiting for the rest would cost each test three seconds.
    'group.initial.rebalance.delay.ms': 0,
    // A journey moves the clocks of all services; Kafka's own stays. By default records from more than an hour ahead are refused.
    'log.message.timestamp.after.max.ms': '9223372036854775807',
    // After a SIGKILL the broker is taken back only when the session of its former self is over; the default is 9 s.
    'broker.session.timeout.ms': 2_000,
    'broker.heartbeat.interval.ms': 500,
    'num.network.threads': 2,
    'num.io.threads': 4,
    // The default takes 128 MB of the heap.
    'log.cleaner.dedupe.buffer.size': 8_388_608,
    ...security?.properties,
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/**
 * Runs Kafka once on the side to write the archive of its classes; every later start takes half the time. A failure
 * costs nothing but that.
 */
async function prepareFastStart(installation: KafkaInstallation, onProgress: Progress): Promise<void> {
  if (await exists(installation.classArchive)) return;
  onProgress('Kafka: preparing a fast start (about 6 s, once)');
  const work = await mkdtemp(path.join(path.dirname(installation.jars), 'preparing-'));
  const fresh = path.join(work, 'classes.jsa');
  try {
    const options = { directory: work, port: await freePort(), onProgress, keepData: true };
    const server = await runKafka(installation, options, `-XX:ArchiveClassesAtExit=${fresh}`);
    await server.stop();
    await rename(fresh, installation.classArchive);
  } catch (error) {
    onProgress(`Kafka: it starts without the preparation, a second slower (${(error as Error).message})`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
