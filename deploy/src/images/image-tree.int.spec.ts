import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createKafka, topicsToBe } from '@baton/messaging/kafka';
import {
  eventually,
  type FreshDatabase,
  freshDatabase,
  freshKnowledgeDatabase,
  type FreshKnowledgeDatabase,
  freePort,
} from '@baton/testing';
import { type ImageDefinition, IMAGES } from './images.js';
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
  LOG_LEVEL: 'warn',
});

function built(name: string): ImageTree {
  const tree = new ImageTree(name);
  trees.push(tree);
  tree.build();
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

/** Asks over HTTP until it answers well. */
async function answers(tree: ImageTree, program: ImageProcess, path: string, port: number): Promise<void> {
  const asked = await eventually(
    async () => {
      if (!program.running) return 'it ended';
      return (await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined))?.ok && 'well';
    },
    { within: 30_000, every: 50, what: `${tree.name} answering at ${path}` },
  ).catch((error: unknown) => (error as Error).message);
  if (asked !== 'well') throw new Error(`${path}: ${asked}\n${program.output}`);
}

beforeAll(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'images');
  knowledge = freshKnowledgeDatabase(process.env['KNOWLEDGE_DATABASE_URL']!);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop('SIGKILL')));
  for (const tree of trees.splice(0)) tree.clear();
});

afterAll(async () => {
  const admin = createKafka({ brokers: brokers.split(','), clientId: 'images', topicPrefix: prefix }).admin();
  await admin.connect();
  await admin.deleteTopics(topicsToBe(prefix, { partitions: 1, replication: 1 }).map(({ topic }) => topic)).catch(() => undefined);
  await admin.disconnect();
  await database.drop();
  await knowledge.drop();
});

const MAKES_A_VECTOR = `
  import { createEmbedder } from '@baton/knowledge';
  const embedder = await createEmbedder(process.env);
  const [vector] = await embedder.embed(['where is my parcel?'], 'question');
  await embedder.close();
  process.exitCode = vector.length === embedder.dimensions ? 0 : 1;`;

describe('the tree of an image', () => {
  it.each(IMAGES.filter((image) => image.port !== undefined))('$name has all that its service needs', async (image) => {
    const tree = built(image.name);
    if (image.name === 'ai-auto-reply') tree.addFolder(process.env['EMBEDDINGS_DIR']!, 'model');
    for (const args of [['libs/messaging/dist/cli/topics.js', 'apply', '--partitions', '1'], ...migrations(image)]) {
      expect(await runs(tree, args)).toBe('well');
    }
    const port = await freePort();
    const service = start(tree, [image.entry], { HTTP_PORT: String(port) });
    await answers(tree, service, '/health/live', port);
    await answers(tree, service, '/health/ready', port);
    expect(await runs(tree, ['health.mjs', '/health/ready'], { HTTP_PORT: String(port) })).toBe('well');
    expect([await service.stop(), service.output.includes('"level":"fatal"')]).toEqual([0, false]);
    if (image.name === 'ai-auto-reply') expect(await runs(tree, ['--input-type=module', '-e', MAKES_A_VECTOR])).toBe('well');
  });

  it('sandbox has all that simulators, shop, bot and walk need', async () => {
    const tree = built('sandbox');
    const simulators = Object.entries({
      'containers/crisp.js': '/control/state',
      'containers/messenger.js': '/control/state',
      'model-simulator/main.js': '/control/state',
      'site/main.js': '/shop/',
    }).map(async ([program, path]) => {
      const port = await freePort();
      const simulator = start(tree, [`apps/sandbox/dist/${program}`], { HTTP_PORT: String(port) });
      await answers(tree, simulator, path, port);
      expect([program, await simulator.stop()]).toEqual([program, 0]);
    });
    await Promise.all(simulators);
    const bot = start(tree, ['apps/sandbox/dist/demo-bot/main.js']);
    await eventually(() => bot.output.includes('ready') || !bot.running, { within: 30_000, what: 'the demo bot being ready' });
    expect([await bot.stop(), bot.output]).toEqual([0, expect.stringContaining('ready as demo')]);
    expect(await runs(tree, ['apps/sandbox/dist/walk.js'])).toMatch(/^78: /);
    expect(await runs(tree, ['apps/sandbox/dist/containers/settings.js'])).toBe('78: BOTS_FILE is missing.\n');
  });

  it('says when nothing answers, and does not start without one of the workspaces', async () => {
    const tree = built('webhook-ingress');
    expect(await runs(tree, ['health.mjs', '/health/live'], { HTTP_PORT: String(await freePort()) })).toMatch(
      /^1: .health.live does not answer/,
    );
    tree.remove('libs/settings');
    expect(await runs(tree, ['apps/webhook-ingress/dist/main.js'])).toMatch(/^1: [\s\S]*@baton\/settings/);
  });
});

function migrations(image: ImageDefinition): string[][] {
  return image.programs.filter((program) => program.endsWith('/migrate.js')).map((program) => [program]);
}
