import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createKafka, ensureTopics } from '@baton/messaging/kafka';
import { eventually, type FreshDatabase, freshDatabase, freshKnowledgeDatabase, type FreshKnowledgeDatabase, freePort } from '@baton/testing';
import { IMAGES } from './images.js';
import { type ImageProcess, ImageTree } from './testing/image-tree.js';

/** Every image's files in a folder of their own, and every program of it started there as the container's user. */

const brokers = process.env['KAFKA_BROKERS']!;
const prefix = `images-${randomBytes(4).toString('hex')}`;
const key = (): string => randomBytes(32).toString('base64');
const secrets = {
  SETTINGS_KEY_WEBHOOKS: key(),
  SETTINGS_KEY_CRISP: key(),
  SETTINGS_KEY_MESSENGER: key(),
  SETTINGS_KEY_MODELS: key(),
  HISTORY_KEY: key(),
  WEBCHAT_TOKEN_KEY: key(),
  PASS_KEY: key(),
};

let database: FreshDatabase;
let knowledge: FreshKnowledgeDatabase;
const trees: ImageTree[] = [];
const running: ImageProcess[] = [];

const environment = (): Record<string, string> => ({
  ...secrets,
  KAFKA_BROKERS: brokers,
  KAFKA_TOPIC_PREFIX: prefix,
  DATABASE_URL: database.url,
  KNOWLEDGE_DATABASE_URL: knowledge.url,
  KNOWLEDGE_SCHEMA: knowledge.schema,
  KNOWLEDGE_POOL: '1',
  PUBLIC_URL: 'http://127.0.0.1:9',
});

async function built(name: string): Promise<ImageTree> {
  const tree = new ImageTree(name);
  trees.push(tree);
  await tree.build();
  return tree;
}

function start(tree: ImageTree, args: readonly string[], env: Readonly<Record<string, string>> = {}): ImageProcess {
  const process = tree.run(args, { ...environment(), ...env });
  running.push(process);
  return process;
}

/** Runs to its end and says how it ended, with its words when that was not well. */
async function runs(tree: ImageTree, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const process = start(tree, args, env);
  const code = await process.ended;
  return code === 0 ? 'well' : `${code}: ${process.output}`;
}

/** Asks as the image's own health check does. */
async function answers(tree: ImageTree, service: ImageProcess, path: string, port: number): Promise<void> {
  await eventually(
    async () => {
      if (!service.running) throw new Error(`it ended: ${service.output}`);
      return (await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined))?.ok;
    },
    { within: 30_000, every: 50, what: `${tree.name} answering at ${path}` },
  ).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}\n${service.output}`, { cause: error });
  });
  expect(await runs(tree, ['health.mjs', path], { HTTP_PORT: String(port) })).toBe('well');
}

beforeAll(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'images');
  knowledge = freshKnowledgeDatabase(process.env['KNOWLEDGE_DATABASE_URL']!);
  await ensureTopics({ brokers: brokers.split(','), clientId: 'images', topicPrefix: prefix }, { partitions: 1, replication: 1 });
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop('SIGKILL')));
  for (const tree of trees.splice(0)) tree.clear();
});

afterAll(async () => {
  const admin = createKafka({ brokers: brokers.split(','), clientId: 'images', topicPrefix: prefix }).admin();
  await admin.connect();
  const ours = (await admin.listTopics()).filter((topic) => topic.startsWith(`${prefix}.`));
  if (ours.length > 0) await admin.deleteTopics(ours);
  await admin.disconnect();
  await database.drop();
  await knowledge.drop();
});

describe('the tree of an image', () => {
  it.each(IMAGES.filter((image) => image.port !== undefined))('$name has all that its service needs', async (image) => {
    const tree = await built(image.name);
    if (image.name === 'ai-auto-reply') tree.addFolder(process.env['EMBEDDINGS_DIR']!, 'model');
    // The second time nothing is left to be done, and that is well, too.
    for (const program of [...image.programs, ...image.programs].filter((name) => name.endsWith('migrate.js'))) {
      expect(await runs(tree, [program])).toBe('well');
    }
    const port = await freePort();
    const service = start(tree, [image.entry], { HTTP_PORT: String(port) });
    await answers(tree, service, '/health/live', port);
    await answers(tree, service, '/health/ready', port);
    expect([await service.stop(), service.output.includes('"level":"fatal"')]).toEqual([0, false]);
  });
});
