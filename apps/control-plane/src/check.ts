import { EXIT_WRONG_CONFIG, readConfig } from '@baton/telemetry';
import { CheckConfigSchema } from './config.js';
import { loadSettings, WrongSettings } from './settings-file/load-settings.js';

/** Says what is wrong with the settings file, all at once, and publishes nothing; exit code 0 when it is right, else 78. */
export async function check(): Promise<void> {
  const { SETTINGS_FILE } = readConfig(CheckConfigSchema);
  try {
    const { bots, crispPlugins } = await loadSettings(SETTINGS_FILE, process.env);
    process.stdout.write(`${SETTINGS_FILE} is right: ${bots.length} bots, ${crispPlugins.length} Crisp plugins\n`);
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    process.stderr.write(error.sentences.map((sentence) => `${sentence}\n`).join(''));
    process.exitCode = EXIT_WRONG_CONFIG;
  }
}
