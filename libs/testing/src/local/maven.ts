import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { exists } from './files.js';
import type { Progress } from './restartable.js';
import { isInstalled, runToEnd } from './run-to-end.js';

/** What is fetched once lives outside the tree, so that a fresh clone finds it too. */
export function cacheDirectory(): string {
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'baton');
}

export interface Fetching {
  /** Such as `Kafka`, before each line of progress. */
  readonly what: string;
  /** What comes and how much of it, such as `Apache Kafka 4.1.0 by Maven (about 45 MB, once)`. */
  readonly details: string;
  /** What else to do where there is no Maven, for the error. */
  readonly instead: string;
  readonly pom: string;
  /** Of Maven's dependency plugin, such as `copy-dependencies`. */
  readonly goal: string;
  readonly arguments?: readonly string[];
  /** Looks at what came before anybody uses it. */
  readonly check?: (directory: string) => Promise<void>;
  readonly onProgress: Progress;
}

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/**
 * Fetches into a directory, once.
 * @throws Error whose first line says what is missing and what to do.
 */
export async function fetchByMaven(directory: string, fetching: Fetching): Promise<void> {
  if (await exists(directory)) return;
  const { what, onProgress } = fetching;
  if (!(await isInstalled('mvn')))
    throw new Error(`${what}: Maven was not found. Install it (for example: apt-get install maven); or ${fetching.instead}.`);
  const parent = path.dirname(directory);
  await mkdir(parent, { recursive: true });
  // Fetched beside and moved into place: a run that is broken off leaves nothing half done.
  const work = await mkdtemp(path.join(parent, 'fetching-'));
  const fetched = path.join(work, 'fetched');
  const pom = path.join(work, 'pom.xml');
  onProgress(`${what}: fetching ${fetching.details}`);
  const began = performance.now();
  const ticker = setInterval(() => onProgress(`${what}: still fetching, ${Math.round((performance.now() - began) / 1_000)} s`), 5_000);
  try {
    // Maven writes beside the file it reads.
    await cp(fetching.pom, pom);
    const args = ['-q', '-B', '-f', pom, `${PLUGIN}:${fetching.goal}`, `-DoutputDirectory=${fetched}`, ...(fetching.arguments ?? [])];
    await runToEnd({ command: 'mvn', args }).catch((error: unknown) => {
      throw new Error(`${what}: Maven could not fetch it; is there a connection to Maven Central? ${(error as Error).message}`, {
        cause: error,
      });
    });
    await fetching.check?.(fetched);
    await rename(fetched, directory).catch(async (error: unknown) => {
      // Somebody else was faster.
      if (!(await exists(directory))) throw error;
    });
  } finally {
    clearInterval(ticker);
    await rm(work, { recursive: true, force: true });
  }
}
