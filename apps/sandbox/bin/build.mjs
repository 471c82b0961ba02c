import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Launch, say, seconds } from './problems.mjs';
import { isStopping, runCommand } from './run.mjs';
import { filesStamp, readStamp, writeStamp } from './stamps.mjs';

const WIDGET = 'apps/webchat-widget';

/** Builds what changed since the last build; looks only at files' times, so that nothing changed costs nothing. */
export async function buildChanged(root) {
  const typescript = filesStamp(root, ['apps', 'libs', 'tsconfig.json', 'package-lock.json']);
  if (readStamp(root, 'built') !== typescript || !isBuilt(root)) {
    await compile(root);
    writeStamp(root, 'built', typescript);
  }
  if (!existsSync(path.join(root, WIDGET, 'build.mjs'))) return;
  const widget = filesStamp(root, [WIDGET, 'libs/contracts/src', 'package-lock.json']);
  if (readStamp(root, 'widget') === widget && existsSync(path.join(root, WIDGET, 'dist-browser'))) return;
  await buildWidget(root);
  writeStamp(root, 'widget', widget);
}

function isBuilt(root) {
  const { references } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8'));
  return references.every((reference) => existsSync(path.join(root, reference.path, 'dist')));
}

async function compile(root) {
  await step('Build: TypeScript', 'tsc', ['-b', '--pretty', 'false'], root);
}

async function buildWidget(root) {
  await step('Build: webchat widget', 'node', [path.join(WIDGET, 'build.mjs')], root);
}

async function step(name, command, args, root) {
  const began = performance.now();
  const lines = [];
  say(name);
  const { code } = await runCommand({ command, args, root, onLine: (line) => lines.push(line) });
  if (isStopping()) throw new Launch('Stopped.', 130);
  if (code !== 0) throw new Launch(`${name} failed:\n${lines.slice(0, 40).join('\n')}`);
  say(`${name}: done in ${seconds(began)}`);
}
