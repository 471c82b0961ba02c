import 'reflect-metadata';
import { createLogger, Health, readConfig, runService } from '@baton/telemetry';
import { ConfigSchema } from './config.js';
import { createOrchestrator } from './create-orchestrator.js';

/** Runs the orchestrator as the environment says, until it is told to stop. */
export async function serve(): Promise<void> {
  const config = readConfig(ConfigSchema);
  const logger = createLogger({ service: 'escalation-orchestrator', level: config.LOG_LEVEL, instance: config.INSTANCE_ID });
  const health = new Health();
  await runService({
    name: 'escalation-orchestrator',
    logger,
    health,
    instance: config.INSTANCE_ID,
    shutdownDelayMs: config.SHUTDOWN_DELAY_MS,
    create: () => createOrchestrator(config, { logger, health }),
  });
}
