import { createLogger, Health, readConfig, runService } from '@baton/telemetry';
import { ConfigSchema } from './config.js';
import { createDispatcher } from './create-dispatcher.js';

export async function start(): Promise<void> {
  const config = readConfig(ConfigSchema);
  const logger = createLogger({ service: 'dispatcher', level: config.LOG_LEVEL, instance: config.INSTANCE_ID });
  const health = new Health();
  await runService({
    name: 'dispatcher',
    logger,
    health,
    instance: config.INSTANCE_ID,
    shutdownDelayMs: config.SHUTDOWN_DELAY_MS,
    create: () => createDispatcher(config, logger, health),
  });
}
