import { startLocalServices } from '@baton/testing';
import { benchAnswers } from './bench/answers.js';
import { benchIngress } from './bench/ingress.js';
import { oursIngress, oursPipeline } from './bench/ours.js';
import { readMeasured } from './bench/plan/measured.js';
import { planTable } from './bench/plan/plan.js';
import { limitPeer, nodePeer } from './bench/peer-contenders.js';
import { benchPipeline } from './bench/pipeline.js';
import { benchRefusal } from './bench/refusal.js';
import { benchRetrieval } from './bench/retrieval.js';
import { benchScale } from './bench/scale.js';
import { SCALED, type ScaledName } from './bench/scale/scaled.js';
import { benchSoak } from './bench/soak.js';

/** Progress on stderr, one JSON line on stdout. */
const USAGE = `usage: npm run bench -- ingress|pipeline [--rounds 3] [--seconds 6] [--only ours,stock-nest,bare-fastify] [--limit DIR]
       npm run bench -- retrieval --data DIR
       npm run bench -- answers [--conversations 20] [--questions 10]
       npm run bench -- refusal [--data FILE] [--docs FILE | --knowledge DIR]
       npm run bench -- soak [--minutes 10] [--rate 1000] [--conversations 5000] [--road judge|full]
       npm run bench -- scale [--rounds 3] [--seconds 20] [--only ingress,orchestrator,dispatcher,ai] [--share 1]
       npm run bench -- plan [--times 1,10,100,1000] [--conversations-per-day 1000] [--messages 20]`;
const LOADS = { ingress: benchIngress, pipeline: benchPipeline };

const [what, ...flags] = process.argv.slice(2);
const flag = (name: string, fallback: string) => flags[flags.indexOf(`--${name}`) + 1 || flags.length] ?? fallback;

function isLoad(name: string | undefined): name is keyof typeof LOADS {
  return name === 'ingress' || name === 'pipeline';
}

const say = (line: string) => console.error(line);

// It starts servers of its own, whose disks it reads.
if (what === 'soak') {
  const road = flag('road', 'judge') === 'full' ? 'full' : 'judge';
  const { report, isGood } = await benchSoak({
    ...{ minutes: Number(flag('minutes', '10')), rate: Number(flag('rate', '1000')), conversations: Number(flag('conversations', '5000')) },
    ...{ road, say },
  });
  console.log(report);
  process.exit(isGood ? 0 : 1);
}

if (what === 'plan') {
  const once = {
    conversationsPerDay: Number(flag('conversations-per-day', '1000')),
    messagesPerConversation: Number(flag('messages', '20')),
  };
  console.log(planTable(await readMeasured(), flag('times', '1,10,100,1000').split(',').map(Number), once));
  process.exit(0);
}

if (what === 'scale') {
  const services = flag('only', Object.keys(SCALED).join(',')).split(',');
  const strange = services.filter((name) => !(name in SCALED));
  if (strange.length > 0) {
    console.error(`No such service: ${strange.join(', ')}. There are ${Object.keys(SCALED).join(', ')}.`);
    process.exit(64);
  }
  const { report, isGood } = await benchScale({
    ...{ rounds: Number(flag('rounds', '3')), seconds: Number(flag('seconds', '20')), share: Number(flag('share', '1')) },
    ...{ services: services as ScaledName[], say },
  });
  console.log(report);
  process.exit(isGood ? 0 : 1);
}

if (!(isLoad(what) || what === 'refusal' || what === 'answers' || (what === 'retrieval' && flag('data', '')))) {
  console.error(USAGE);
  process.exit(64);
}

const local = await startLocalServices({ onProgress: say, knowledge: !isLoad(what) });
process.env['KAFKA_BROKERS'] = local.brokers.join(',');
process.env['DATABASE_URL'] = local.databaseUrl;
if (!isLoad(what)) {
  process.env['KNOWLEDGE_DATABASE_URL'] = local.knowledgeUrl;
  process.env['EMBEDDINGS_DIR'] ??= local.modelDirectory;
}
try {
  console.log(await measured());
} finally {
  await local.stop();
}

function measured(): Promise<string> {
  if (what === 'retrieval') return benchRetrieval(flag('data', ''), local, say);
  if (what === 'answers') {
    return benchAnswers({ conversations: Number(flag('conversations', '20')), questions: Number(flag('questions', '10')), say });
  }
  const given = (name: string) => flag(name, '') || undefined;
  if (what === 'refusal') return benchRefusal({ questions: given('data'), docs: given('docs'), knowledge: given('knowledge') }, local, say);
  return benchLoad(what as keyof typeof LOADS);
}

function benchLoad(load: keyof typeof LOADS): Promise<string> {
  const only = flag('only', 'ours,stock-nest,bare-fastify').split(',');
  const contenders = [load === 'ingress' ? oursIngress : oursPipeline, nodePeer('stock-nest', load), nodePeer('bare-fastify', load)];
  const limit = flag('limit', '');
  if (limit) contenders.push(limitPeer(limit, load));
  const options = { rounds: Number(flag('rounds', '3')), seconds: Number(flag('seconds', '6')), say };
  return LOADS[load](
    contenders.filter(({ name }) => only.includes(name) || name === 'limit-go'),
    options,
  );
}
