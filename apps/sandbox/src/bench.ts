import { startLocalServices } from '@baton/testing';
import { benchAnswers } from './bench/answers.js';
import { count, type Flag, given, oneOf, positive, positives, readFlags, someOf, text, usageOf, UsageError } from './bench/flags.js';
import { benchIngress } from './bench/ingress.js';
import { oursIngress, oursPipeline } from './bench/ours.js';
import { readMeasured, writeMeasured } from './bench/plan/measured.js';
import { TIMES, writePage } from './bench/plan/page.js';
import { ONCE, planTable } from './bench/plan/plan.js';
import { limitPeer, nodePeer } from './bench/peer-contenders.js';
import { benchPipeline } from './bench/pipeline.js';
import { benchRefusal } from './bench/refusal.js';
import { benchRetrieval } from './bench/retrieval.js';
import { benchScale } from './bench/scale.js';
import { SCALED, type ScaledName } from './bench/scale/scaled.js';
import { benchSoak, requireSensible, ROADS } from './bench/soak.js';
import { leaveGivenServers } from './platform/own-servers.js';

/** Progress on stderr; the last line on stdout is JSON. Exit code 1 when what was measured is not good, 64 when nobody can tell what to measure. */
const CONTENDERS = ['ours', 'stock-nest', 'bare-fastify'] as const;
const LOAD = { rounds: count(3), seconds: positive(6), only: someOf(CONTENDERS), limit: text('DIR') };
const FLAGS = {
  ingress: LOAD,
  pipeline: LOAD,
  retrieval: { data: text('DIR') },
  answers: { conversations: count(20), questions: count(10) },
  refusal: { data: text('FILE'), docs: text('FILE'), knowledge: text('DIR') },
  soak: { minutes: positive(10), rate: positive(1_000), conversations: count(5_000), road: oneOf(ROADS), write: given },
  scale: {
    ...{ rounds: count(3), seconds: positive(4), only: someOf(Object.keys(SCALED) as ScaledName[]), share: positive(1), write: given },
  },
  plan: {
    ...{ times: positives(TIMES), write: given },
    ...{ 'conversations-per-day': positive(ONCE.conversationsPerDay), messages: positive(ONCE.messagesPerConversation) },
  },
} as const satisfies Record<string, Record<string, Flag<unknown>>>;
type Bench = keyof typeof FLAGS;

const say = (line: string): void => console.error(line);
const [what = '', ...words] = process.argv.slice(2);

const RUNS: { readonly [Name in Bench]: () => Promise<boolean> } = {
  ingress: () => loads('ingress', readFlags(words, FLAGS.ingress)),
  pipeline: () => loads('pipeline', readFlags(words, FLAGS.pipeline)),
  retrieval: () => {
    const { data } = readFlags(words, FLAGS.retrieval);
    if (data === undefined) throw new UsageError('--data DIR is missing: docs.jsonl and queries.jsonl lie there');
    return onLocalServices(true, (local) => benchRetrieval(data, local, say));
  },
  answers: () => {
    const flags = readFlags(words, FLAGS.answers);
    return onLocalServices(true, () => benchAnswers({ ...flags, say }));
  },
  refusal: () => {
    const { data: questions, docs, knowledge } = readFlags(words, FLAGS.refusal);
    return onLocalServices(true, (local) => benchRefusal({ questions, docs, knowledge }, local, say));
  },
  // Those below start servers of their own, whose disks they read.
  soak: async () => {
    const { write, ...flags } = readFlags(words, FLAGS.soak);
    requireSensible(flags);
    if (write && flags.road !== 'full') throw new UsageError('--write is for --road full: the other one does not measure everything');
    const { report, isGood, measured } = await benchSoak({ ...flags, say });
    console.log(report);
    if (write && measured) await writeMeasured(measured);
    if (write && !isGood) say('measured.json was written, although not all was good: see why before it is kept');
    return isGood;
  },
  scale: async () => {
    const { write, only, ...flags } = readFlags(words, FLAGS.scale);
    if (write && !only.includes('ai')) throw new UsageError('--write keeps what an answer costs: --only is to name ai');
    const { report, isGood, answer } = await benchScale({ ...flags, services: only, say });
    console.log(report);
    if (write && answer) await writeMeasured({ answer });
    return isGood;
  },
  plan: async () => {
    const { times, write, 'conversations-per-day': conversationsPerDay, messages } = readFlags(words, FLAGS.plan);
    const measured = await readMeasured();
    console.log(planTable(measured, times, { conversationsPerDay, messagesPerConversation: messages }));
    if (write) await writePage(measured);
    return true;
  },
};

leaveGivenServers();
try {
  const run = Object.hasOwn(RUNS, what) ? RUNS[what as Bench] : undefined;
  if (!run) throw new UsageError(what === '' ? 'say what to measure' : `nothing is called ${what}`);
  process.exit((await run()) ? 0 : 1);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  say(error.message);
  for (const [name, flags] of Object.entries(FLAGS)) say(`  npm run bench -- ${name} ${usageOf(flags)}`);
  process.exit(64);
}

type LoadFlags = ReturnType<typeof readFlags<typeof LOAD>>;

function loads(load: 'ingress' | 'pipeline', { rounds, seconds, only, limit }: LoadFlags): Promise<boolean> {
  const ours = load === 'ingress' ? oursIngress : oursPipeline;
  const all = [ours, nodePeer('stock-nest', load), nodePeer('bare-fastify', load)];
  const contenders = all.filter(({ name }) => only.some((one) => one === name));
  if (limit !== undefined) contenders.push(limitPeer(limit, load));
  const bench = load === 'ingress' ? benchIngress : benchPipeline;
  return onLocalServices(false, () => bench(contenders, { rounds, seconds, say }));
}

type Local = Awaited<ReturnType<typeof startLocalServices>>;

/** Kafka and Postgres for several contenders in turn; prints what was found. */
async function onLocalServices(knowledge: boolean, bench: (local: Local) => Promise<string>): Promise<boolean> {
  const local = await startLocalServices({ onProgress: say, knowledge });
  process.env['KAFKA_BROKERS'] = local.brokers.join(',');
  process.env['DATABASE_URL'] = local.databaseUrl;
  if (knowledge) {
    process.env['KNOWLEDGE_DATABASE_URL'] = local.knowledgeUrl;
    process.env['EMBEDDINGS_DIR'] ??= local.modelDirectory;
  }
  try {
    console.log(await bench(local));
    return true;
  } finally {
    await local.stop();
  }
}
