import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes a copy of a settings file into `directory`, with the budgets that so many talks at once need. */
export async function busySettings(file: string, directory: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const copy = path.join(directory, `busy-${path.basename(file)}`);
  await writeFile(
    copy,
    text
      .replaceAll('callsPerSecond: 50', 'callsPerSecond: 300')
      .replaceAll(/^ {4}handover:$/gm, '    handover:\n      budget: { handoversPerHour: 100, turnsPerMinute: 100 }'),
  );
  return copy;
}
