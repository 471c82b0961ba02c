import 'reflect-metadata';
import { createLogger, EXIT_WRONG_CONFIG, Health, readConfig, runService } from '@baton/telemetry';
import { ConfigSchema } from './config.js';
import { createControlPlane } from './create-control-plane.js';
import { loadSettings, WrongSettings } from './settings-file/load-settings.js';

/** Runs the control plane as the environment says; a settings file that is wrong from the start ends it, with everything that is wrong. */
export async function serve(): Promise<void> {
  const config = readConfig(ConfigSchema);
  const first =
    config.SETTINGS_FILE === undefined
      ? undefined
      : await loadSettings(config.SETTINGS_FILE, process.env).catch((error: unknown) => {
          if (!(error instanceof WrongSettings)) throw error;
          process.stderr.write(error.sentences.map((sentence) => `${sentence}\n`).join(''));
          process.exit(EXIT_WRONG_CONFIG);
        });
  const logger = createLogger({ service: 'control-plane', level: config.LOG_LEVEL, instance: config.INSTANCE_ID });
  const health = new Health();
  await runService({
    name: 'control-plane',
    logger,
    health,
    instance: config.INSTANCE_ID,
    shutdownDelayMs: config.SHUTDOWN_DELAY_MS,
    create: () => createControlPlane(config, first, { logger, health }),
  });
}
