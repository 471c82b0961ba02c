import { startLocalServices } from '@baton/testing';
import { benchIngress } from './bench/ingress.js';
import { oursIngress, oursPipeline } from './bench/ours.js';
import { limitPeer, nodePeer } from './bench/peer-contenders.js';
import { benchPipeline } from './bench/pipeline.js';

/** `npm run bench -- ingress|pipeline [--rounds N] [--seconds N] [--only ours,…] [--limit DIR]`: progress on stderr, one JSON line on stdout. */
const BENCHES = { ingress: benchIngress, pipeline: benchPipeline };

const [what, ...flags] = process.argv.slice(2);
const flag = (name: string, fallback: string) => flags[flags.indexOf(`--${name}`) + 1 || flags.length] ?? fallback;

if (what !== 'ingress' && what !== 'pipeline') {
  console.error('usage: npm run bench -- ingress|pipeline [--rounds 3] [--seconds 6] [--only ours,stock-nest,bare-fastify] [--limit DIR]');
  process.exit(64);
}

const say = (line: string) => console.error(line);
const local = await startLocalServices({ onProgress: say });
process.env['KAFKA_BROKERS'] = local.brokers.join(',');
process.env['DATABASE_URL'] = local.databaseUrl;
try {
  const only = flag('only', 'ours,stock-nest,bare-fastify').split(',');
  const contenders = [what === 'ingress' ? oursIngress : oursPipeline, nodePeer('stock-nest', what), nodePeer('bare-fastify', what)];
  const limit = flag('limit', '');
  if (limit) contenders.push(limitPeer(limit, what));
  const options = { rounds: Number(flag('rounds', '3')), seconds: Number(flag('seconds', '6')), say };
  console.log(
    await BENCHES[what](
      contenders.filter(({ name }) => only.includes(name) || name === 'limit-go'),
      options,
    ),
  );
} finally {
  await local.stop();
}
