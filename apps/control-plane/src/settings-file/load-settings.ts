import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sentence } from './problem.js';
import { readSettings } from './read-settings.js';
import type { SettingsFile } from './file-schema.js';

/** Everything that is wrong with a settings file, one sentence each. */
export class WrongSettings extends Error {
  override readonly name = 'WrongSettings';
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/**
 * Reads and checks a settings file.
 * @throws WrongSettings with all that is wrong, each with its line and column; secrets are never part of it
 */
export async function loadSettings(path: string, env: NodeJS.ProcessEnv): Promise<SettingsFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new WrongSettings([`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`]);
  }
  const read = readSettings(text, { env, directory: dirname(path) });
  if ('problems' in read) throw new WrongSettings(read.problems.map((problem) => sentence(path, problem)));
  return read.settings;
}
