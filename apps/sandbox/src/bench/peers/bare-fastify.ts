import { createHmac, timingSafeEqual } from 'node:crypto';
import Fastify from 'fastify';
import { Kafka, Partitioners, logLevel } from 'kafkajs';
import type { Message } from 'kafkajs';
import pg from 'pg';
import { WebSocketServer } from 'ws';

/** The road of a message with nothing but Fastify, kafkajs and pg: no framework, one transaction per message, keys side by side. Roles: ingress, worker, push. */
const { ROLE = 'ingress', PORT = '0', BROKERS = '', DATABASE_URL = '', RUN = 'x', SECRET = '' } = process.env;
const IN = `bare-in-${RUN}`;
const OUT = `bare-out-${RUN}`;
const kafka = new Kafka({ brokers: BROKERS.split(','), logLevel: logLevel.ERROR });

/** Sends at once when nothing is in flight, else gathers until the answer. */
async function gatheringSender(topic: string): Promise<(message: Message) => Promise<void>> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  let waiting: { message: Message; done: () => void; failed: (error: Error) => void }[] = [];
  let inFlight = false;
  async function flush(): Promise<void> {
    if (inFlight || waiting.length === 0) return;
    inFlight = true;
    const batch = waiting;
    waiting = [];
    try {
      await producer.send({ topic, acks: -1, messages: batch.map(({ message }) => message) });
      for (const one of batch) one.done();
    } catch (error) {
      for (const one of batch) one.failed(error as Error);
    }
    inFlight = false;
    void flush();
  }
  return (message) =>
    new Promise((done, failed) => {
      waiting.push({ message, done, failed });
      setImmediate(() => void flush());
    });
}

async function consume(topic: string, group: string, handle: (batch: { key: string; value: Buffer }[]) => Promise<void>): Promise<void> {
  const consumer = kafka.consumer({ groupId: group, maxWaitTimeInMs: 250 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    partitionsConsumedConcurrently: 6,
    eachBatch: async ({ batch }) => handle(batch.messages.map(({ key, value }) => ({ key: String(key), value: value! }))),
  });
}

async function ingress(): Promise<void> {
  const send = await gatheringSender(IN);
  const app = Fastify();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('/hook', async (request, reply) => {
    const raw = request.body as Buffer;
    const want = createHmac('sha256', SECRET)
      .update(`[${String(request.headers['x-crisp-request-timestamp'])};`)
      .update(raw)
      .update(']')
      .digest();
    const got = Buffer.from(String(request.headers['x-crisp-signature']), 'hex');
    if (got.length !== want.length || !timingSafeEqual(got, want)) return reply.code(401).send();
    const hook = JSON.parse(raw.toString()) as { data: { session_id: string } };
    await send({ key: hook.data.session_id, value: raw });
    return reply.code(200).send();
  });
  await app.listen({ port: Number(PORT), host: '127.0.0.1' });
}

async function worker(): Promise<void> {
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
  await pool.query(`create table if not exists bare_inbox (id bigint primary key);
    create table if not exists bare_conversation (session text primary key, count int not null);
    create table if not exists bare_log (session text, seq int, text text, primary key (session, seq))`);
  const send = await gatheringSender(OUT);
  const store = async ({ key, value }: { key: string; value: Buffer }) => {
    const { data } = JSON.parse(value.toString()) as { data: { session_id: string; fingerprint: number; content: string } };
    const { rowCount } = await pool.query({
      name: 'store',
      text: `with fresh as (insert into bare_inbox values ($1) on conflict do nothing returning id),
        conversation as (insert into bare_conversation select $2, 1 from fresh on conflict (session) do update set count = bare_conversation.count + 1 returning count)
        insert into bare_log select $2, count, $3 from conversation`,
      values: [data.fingerprint, data.session_id, data.content],
    });
    if (rowCount) await send({ key, value });
  };
  await consume(IN, `bare-worker-${RUN}`, async (batch) => {
    const lanes = new Map<string, Promise<void>>();
    for (const message of batch)
      lanes.set(
        message.key,
        (lanes.get(message.key) ?? Promise.resolve()).then(() => store(message)),
      );
    await Promise.all(lanes.values());
  });
}

async function push(): Promise<void> {
  const server = new WebSocketServer({ port: Number(PORT), host: '127.0.0.1' });
  await consume(OUT, `bare-push-${RUN}`, (batch) => {
    for (const { value } of batch) for (const client of server.clients) client.send(value, { binary: false });
    return Promise.resolve();
  });
}

const roles = { ingress, worker, push };
await roles[ROLE as keyof typeof roles]();
