import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { alone } from './alone.mjs';
import { Launch, say, seconds } from './problems.mjs';
import { isStopping, runCommand } from './run.mjs';
import { contentStamp, readStamp, writeStamp } from './stamps.mjs';

const LEAST_NODE = [20, 20];

/** Says at once what would be missing only after minutes of work. */
export function checkTools({ servers }) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    throw new Launch(`Node ${LEAST_NODE.join('.')} or newer is needed to begin with, and this is ${process.versions.node}.`);
  }
  if (!onPath('npm')) throw new Launch('npm was not found on PATH; it comes with Node (https://nodejs.org).');
  if (!servers) return;
  if (!process.env.KAFKA_BROKERS && !onPath('java') && !onPath('docker')) {
    throw new Launch(
      'Kafka needs Java 17 with Maven (for example: apt-get install openjdk-17-jre-headless maven), or a running Docker, or KAFKA_BROKERS set to a Kafka that runs already.',
    );
  }
  if (!hasEmbeddings() && !onPath('mvn')) {
    throw new Launch(
      'The embedding model is fetched by Maven (for example: apt-get install maven); or set EMBEDDINGS_DIR to a directory that has it, or EMBEDDINGS_URL to an endpoint.',
    );
  }
}

/** Given by the environment, or fetched by an earlier run. */
function hasEmbeddings() {
  const { EMBEDDINGS_DIR, EMBEDDINGS_URL, XDG_CACHE_HOME } = process.env;
  return (
    Boolean(EMBEDDINGS_DIR || EMBEDDINGS_URL) || existsSync(path.join(XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'baton', 'models'))
  );
}

function onPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((directory) => {
    try {
      accessSync(path.join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Brings in the packages when they are missing or other than `package-lock.json` says. */
export async function installPackages(root) {
  const lock = contentStamp(path.join(root, 'package-lock.json'));
  if (isInstalled(root, lock)) return;
  await alone(root, () => installWhatIsMissing(root, lock));
}

async function installWhatIsMissing(root, lock) {
  if (isInstalled(root, lock)) return;
  await npmCi(root);
  if (!existsSync(path.join(root, 'node_modules', '.bin', 'node'))) {
    throw new Launch(
      'npm ci did not bring Node 24 along; is there another npm configuration that forbids install scripts (ignore-scripts)?',
    );
  }
  writeStamp(root, 'installed', lock);
}

function isInstalled(root, lock) {
  const stamp = readStamp(root, 'installed');
  if (stamp !== undefined) return stamp === lock;
  // Installed by hand: npm's own copy of the lock file is written last.
  const marker = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(marker) || statSync(marker).mtimeMs < statSync(path.join(root, 'package-lock.json')).mtimeMs) return false;
  writeStamp(root, 'installed', lock);
  return true;
}

async function npmCi(root) {
  const began = performance.now();
  say('Packages: npm ci (a minute or two, once)');
  const ticker = setInterval(() => say(`Packages: still installing, ${seconds(began)}`), 5_000);
  const lines = [];
  // Not with the project's own Node first on PATH: npm ci takes that away while it works.
  const bin = path.join(root, 'node_modules', '.bin');
  const PATH = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((directory) => path.resolve(directory) !== bin)
    .join(path.delimiter);
  const { code } = await runCommand({
    command: 'npm',
    args: ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    root,
    env: { ...process.env, PATH },
    onLine: (line) => lines.push(line),
  }).finally(() => clearInterval(ticker));
  if (isStopping()) throw new Launch('Stopped.', 130);
  if (code !== 0) throw new Launch(`npm ci failed; can the npm registry be reached?\n${lines.slice(-15).join('\n')}`);
  say(`Packages: ${countPackages(root)} installed in ${seconds(began)}`);
}

function countPackages(root) {
  try {
    return readdirSync(path.join(root, 'node_modules')).length;
  } catch {
    return 0;
  }
}
