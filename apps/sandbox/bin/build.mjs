import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { alone } from './alone.mjs';
import { Launch, say, seconds } from './problems.mjs';
import { isStopping, runCommand } from './run.mjs';
import { filesStamp, readStamp, writeStamp } from './stamps.mjs';

/** What runs in browsers, each with what its bundle is made of. */
const BUNDLES = [
  { name: 'webchat widget', folder: 'apps/webchat-widget', from: ['libs/contracts/src'] },
  { name: 'console', folder: 'apps/console', from: ['libs/contracts/src', 'libs/control-api/src'] },
];

/** Builds what changed since the last build; looks only at files' times, so that nothing changed costs nothing. */
export async function buildChanged(root) {
  if (isAsBuilt(root)) return;
  await alone(root, () => buildWhatIsStale(root));
}

async function buildWhatIsStale(root) {
  const typescript = sourcesStamp(root);
  if (readStamp(root, 'built') !== typescript || !isBuilt(root)) {
    await compile(root);
    writeStamp(root, 'built', typescript);
  }
  for (const bundle of BUNDLES) await bundleChanged(root, bundle);
}

async function bundleChanged(root, bundle) {
  const { name, folder } = bundle;
  if (isBundled(root, bundle)) return;
  await step(`Build: ${name}`, 'node', [path.join(folder, 'build.mjs')], root);
  writeStamp(root, stampOf(bundle), bundleStamp(root, bundle));
}

const stampOf = ({ folder }) => folder.split('/').at(-1);
const bundleStamp = (root, { folder, from }) => filesStamp(root, [folder, ...from, 'package-lock.json']);

function isBundled(root, bundle) {
  const { folder } = bundle;
  if (!existsSync(path.join(root, folder, 'build.mjs'))) return true;
  return readStamp(root, stampOf(bundle)) === bundleStamp(root, bundle) && existsSync(path.join(root, folder, 'dist-browser'));
}

function isAsBuilt(root) {
  return readStamp(root, 'built') === sourcesStamp(root) && isBuilt(root) && BUNDLES.every((bundle) => isBundled(root, bundle));
}

const sourcesStamp = (root) => filesStamp(root, ['apps', 'libs', 'deploy', 'tsconfig.json', 'package-lock.json']);

function isBuilt(root) {
  const { references } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8'));
  return references.every((reference) => existsSync(path.join(root, reference.path, 'dist')));
}

async function compile(root) {
  await step('Build: TypeScript', 'tsc', ['-b', '--pretty', 'false'], root);
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
