import 'reflect-metadata';
import { createLogger, Health, readConfig, runService } from '@baton/telemetry';
import { ConfigSchema } from './config.js';
import { createIngress } from './create-ingress.js';

/** Runs the ingress as the environment says, until it is told to stop. */
export async function serve(): Promise<void> {
  const config = readConfig(ConfigSchema);
  const logger = createLogger({ service: 'webhook-ingress', level: config.LOG_LEVEL, instance: config.INSTANCE_ID });
  const health = new Health();
  await runService({
    name: 'webhook-ingress',
    logger,
    health,
    instance: config.INSTANCE_ID,
    shutdownDelayMs: config.SHUTDOWN_DELAY_MS,
    create: () => createIngress(config, { logger, health }),
  });
}
