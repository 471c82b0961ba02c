import { randomUUID } from 'node:crypto';
import { eventually, freePort } from '@baton/testing';
import { Kafka, logLevel } from 'kafkajs';
import type { Contender } from './contender.js';
import { startPeer, stopProcess } from './helper-process.js';
import { hookBody, nowUs, signedRequest } from './hook.js';
import { postOnce } from './post-once.js';

const SECRET = 'bench-secret';
const WEBSITE = '5b8e1b2c-0000-4000-8000-000000000001';
const PREFIX = { 'stock-nest': 'stock', 'bare-fastify': 'bare' } as const;

/** A peer in fresh processes with fresh topics: its ingress alone, or its whole road. */
export function peerContender(name: 'stock-nest' | 'bare-fastify', road: 'ingress' | 'pipeline'): Contender {
  return {
    name,
    async start() {
      const run = randomUUID();
      const [port, pushPort] = [await freePort(), await freePort()];
      await createTopics([`${PREFIX[name]}-in-${run}`, `${PREFIX[name]}-out-${run}`]);
      const env = { BROKERS: process.env['KAFKA_BROKERS'] ?? '', DATABASE_URL: process.env['DATABASE_URL'] ?? '', RUN: run, SECRET };
      const others =
        road === 'pipeline'
          ? [startPeer(name, { ...env, ROLE: 'push', PORT: String(pushPort) }), startPeer(name, { ...env, ROLE: 'worker' })]
          : [];
      const started = performance.now();
      const ingress = startPeer(name, { ...env, ROLE: 'ingress', PORT: String(port) });
      const processes = [...others, ingress];
      const sessions = Array.from({ length: road === 'pipeline' ? 100 : 1_000 }, () => `session_${randomUUID()}`);
      const target = { port, path: '/hook', secret: SECRET, websiteId: WEBSITE, sessions };
      let seconds = 0;
      try {
        await eventually(
          async () => {
            const body = hookBody({ websiteId: WEBSITE, sessionId: sessions[0]!, number: 0, sentAtUs: nowUs(), bodyBytes: 600 });
            return (await postOnce(port, signedRequest(body, { host: `127.0.0.1:${port}`, path: '/hook', secret: SECRET }))) < 300;
          },
          { within: 30_000, every: 5, what: `${name} answering 2xx` },
        );
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
