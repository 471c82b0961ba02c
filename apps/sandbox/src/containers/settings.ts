import { readFile, rename, writeFile } from 'node:fs/promises';
import { watchFile } from 'node:fs';
import { loadDemoKnowledge } from '../knowledge/load-demo-knowledge.js';
import { withMovedPlatforms } from './moved-addresses.js';

/**
 * The sandbox's settings in containers, until SIGTERM: writes `BOTS_FILE` as `SETTINGS_FILE` with `CRISP_URL` and `MESSENGER_URL` in it, again
 * whenever it is saved, and has the AI at `AI_URL` read the demo knowledge, whose pages are at `SITE_URL`.
 */

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));

const from = variable('BOTS_FILE');
const to = variable('SETTINGS_FILE');
const addresses = { crisp: variable('CRISP_URL'), messenger: variable('MESSENGER_URL') };
const ai = variable('AI_URL');
const site = variable('SITE_URL');
/** A mounted folder tells nobody that a file in it changed. */
const LOOK_EVERY_MS = 1_000;

function variable(name: string): string {
  const value = process.env[name];
  if (value) return value;
  console.error(`${name} is missing.`);
  process.exit(78);
}

/** Whoever reads it meanwhile finds the old file or the new one, never half of it. */
async function publish(): Promise<void> {
  const text = withMovedPlatforms(await readFile(from, 'utf8'), addresses);
  await writeFile(`${to}.next`, text);
  await rename(`${to}.next`, to);
  console.log(`settings: ${to} is written`);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

await publish();
watchFile(from, { interval: LOOK_EVERY_MS }, () => void publish().catch((error: unknown) => console.error(`settings: ${String(error)}`)));
while (!(await answers(`${ai}/health/ready`))) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
await loadDemoKnowledge({ ais: [ai], site }, (line) => console.log(line));
