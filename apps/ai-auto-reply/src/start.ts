import { createLogger, Health, readConfig, runService } from '@baton/telemetry';
import { ConfigSchema } from './config.js';
import { createAutoReply } from './create-auto-reply.js';

export async function start(): Promise<void> {
  const config = readConfig(ConfigSchema);
  const logger = createLogger({ service: 'ai-auto-reply', level: config.LOG_LEVEL, instance: config.INSTANCE_ID });
  const health = new Health();
  await runService({
    name: 'ai-auto-reply',
    logger,
    health,
    instance: config.INSTANCE_ID,
    shutdownDelayMs: config.SHUTDOWN_DELAY_MS,
    create: () => createAutoReply(config, logger, health),
  });
}
