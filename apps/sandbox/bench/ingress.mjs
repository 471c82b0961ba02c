/*
 * The ingress as it is, for a harness that counts what arrived on a topic of its own naming (BENCH_TOPIC): only the name of the topic that
 * web hooks go to is another one. Publishes the settings of the bench when the Kafka it finds has none yet.
 */
import { spawn } from 'node:child_process';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

module.enableCompileCache?.();
const at = (path) => new URL(`../../../${path}`, import.meta.url);
const { createKafka } = await import(at('libs/messaging/dist/kafka-only.js').href);
const { createLogger, Health, readConfig, runService } = await import(at('libs/telemetry/dist/index.js').href);
const { ConfigSchema } = await import(at('apps/webhook-ingress/dist/config.js').href);
const { createIngress, kafkaConfigOf } = await import(at('apps/webhook-ingress/dist/create-ingress.js').href);

const LOOK_AFTER_MS = 1_500;

const config = readConfig(ConfigSchema);
const logger = createLogger({ service: 'webhook-ingress', level: config.LOG_LEVEL, instance: config.INSTANCE_ID });
const health = new Health();

function intoTopic(topic) {
  const kafka = createKafka(kafkaConfigOf(config), logger);
  const producer = () => {
    const real = kafka.producer();
    return {
      connect: () => real.connect(),
      send: (records) => real.send(records.map((record) => ({ ...record, topic }))),
      disconnect: () => real.disconnect(),
    };
  };
  return { ...kafka, producer };
}

async function publishSettingsIfMissing(port) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/integrations/livechat/crisp/webhook/bench?key=bench-secret`, { method: 'POST' });
  if (answer.status === 400) return; // the bot is known: only the empty body was refused
  // In a process of its own: what it costs is none of the ingress.
  const publisher = spawn(process.execPath, [fileURLToPath(new URL('publish-settings.mjs', import.meta.url))], { stdio: 'inherit' });
  process.once('exit', () => publisher.kill());
}

await runService({
  name: 'webhook-ingress',
  logger,
  health,
  create: async () => {
    const ingress = await createIngress(config, { logger, health, kafka: intoTopic(process.env.BENCH_TOPIC) });
    setTimeout(() => void publishSettingsIfMissing(ingress.port), LOOK_AFTER_MS).unref();
    return ingress;
  },
});
