import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { eventually, freePort } from '@baton/testing';
import { Kafka, logLevel } from 'kafkajs';
import type { Contender } from './contender.js';
import { startPeer, startProgram, stopProcess } from './helper-process.js';
import { filledHookBody, nowUs, signedRequest } from './hook.js';
import { postOnce } from './post-once.js';

const SECRET = 'bench-secret';
const WEBSITE = '5b8e1b2c-0000-4000-8000-000000000001';
const PREFIX = { 'stock-nest': 'stock', 'bare-fastify': 'bare', 'limit-go': 'limit' } as const;

type Road = 'ingress' | 'pipeline';
type Ports = { readonly port: number; readonly pushPort: number };
/** Starts the processes of one run, the ingress last. */
type Start = (road: Road, run: string, ports: Ports) => ChildProcess[];

/** A peer in fresh processes with fresh topics: its ingress alone, or its whole road. */
export function nodePeer(name: 'stock-nest' | 'bare-fastify', road: Road): Contender {
  return contender(name, road, { path: '/hook', scheme: 'crisp' }, (_, run, { port, pushPort }) => {
    const env = { BROKERS: process.env['KAFKA_BROKERS'] ?? '', DATABASE_URL: process.env['DATABASE_URL'] ?? '', RUN: run, SECRET };
    const role = (ROLE: string, PORT: number) => startPeer(name, { ...env, ROLE, PORT: String(PORT) });
    return [...(road === 'pipeline' ? [role('push', pushPort), role('worker', 0)] : []), role('ingress', port)];
  });
}

/**
 * What this machine can do at best: a Go program that checks, produces, consumes and pushes, without any database.
 * @param directory where the compiled `ingress` and `hops` lie
 */
export function limitPeer(directory: string, road: Road): Contender {
  return contender('limit-go', road, { path: '/webhook', scheme: 'hub' }, (_, run, { port, pushPort }) => {
    const [into, out] = topicsOf('limit-go', run);
    const env = { BROKERS: process.env['KAFKA_BROKERS'] ?? '', SECRET };
    const go = (program: string, args: string[], more: Record<string, string>) =>
      startProgram(path.join(directory, program), args, { ...env, ...more });
    const hops = () => [go('hops', ['push', out], { PORT: String(pushPort) }), go('hops', ['relay', into, out], {})];
    return [...(road === 'pipeline' ? hops() : []), go('ingress', [], { PORT: String(port), TOPIC: into })];
  });
}

function topicsOf(name: keyof typeof PREFIX, run: string): [into: string, out: string] {
  return [`${PREFIX[name]}-in-${run}`, `${PREFIX[name]}-out-${run}`];
}

function contender(name: keyof typeof PREFIX, road: Road, door: { path: string; scheme: 'crisp' | 'hub' }, start: Start): Contender {
  return {
    name,
    async start() {
      const run = randomUUID();
      const ports = { port: await freePort(), pushPort: await freePort() };
      const { port, pushPort } = ports;
      await createTopics(topicsOf(name, run));
      const sessions = Array.from({ length: road === 'pipeline' ? 100 : 1_000 }, () => `session_${randomUUID()}`);
      const target = { port, ...door, secret: SECRET, websiteId: WEBSITE, sessions };
      const ask = () => {
        const body = filledHookBody({ websiteId: WEBSITE, sessionId: sessions[0]!, number: 0, sentAtUs: nowUs(), bodyBytes: 600 });
        return postOnce(port, signedRequest(body, { host: `127.0.0.1:${port}`, ...door, secret: SECRET }));
      };
      const started = performance.now();
      const processes = start(road, run, ports);
      let seconds = 0;
      try {
        await eventually(async () => (await ask()) < 300, { within: 30_000, every: 5, what: `${name} answering 2xx` });
        seconds = (performance.now() - started) / 1_000;
        if (road === 'pipeline') await settled(pushPort);
      } catch (error) {
        await Promise.all(processes.map(stopProcess));
        throw error;
      }
      return {
        pids: processes.map(({ pid }) => pid!),
        target,
        ...(road === 'pipeline' ? { visitors: [{ url: `ws://127.0.0.1:${pushPort}` }] } : {}),
        startSeconds: seconds,
        stop: async () => Math.max(...(await Promise.all(processes.map(stopProcess)))),
      };
    },
  };
}

/** Its consumers have joined their groups when the push side listens; a moment more and what was sent before is through. */
async function settled(pushPort: number): Promise<void> {
  await eventually(() => postOnce(pushPort, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n').then(Boolean), {
    within: 30_000,
    what: 'the push side listening',
  });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}

async function createTopics(topics: readonly string[]): Promise<void> {
  const kafka = new Kafka({ clientId: 'bench', brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: false, topics: topics.map((topic) => ({ topic, numPartitions: 6 })) });
  await eventually(() => admin.fetchTopicMetadata({ topics: [...topics] }), { what: 'the topics of the peer' });
  await admin.disconnect();
}
