import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exists } from './files.js';
import type { Progress } from './restartable.js';
import { isInstalled, runToEnd } from './run-to-end.js';

export interface KafkaInstallation {
  /** All jars in one directory. */
  readonly jars: string;
  /** Where an archive of loaded classes for this Java may lie; it takes the start from 2 s to 1 s. */
  readonly classArchive: string;
}

const POM = fileURLToPath(new URL('../../kafka/pom.xml', import.meta.url));
const LEAST_JAVA = 17;

/** Kafka's jars, from the cache or, once, by Maven. */
export async function installKafka(onProgress: Progress): Promise<KafkaInstallation> {
  const java = await javaVersion();
  const pom = await readFile(POM, 'utf8');
  const cache = path.join(cacheDirectory(), `kafka-${createHash('sha256').update(pom).digest('hex').slice(0, 12)}`);
  const jars = path.join(cache, 'jars');
  if (!(await exists(jars))) await fetchJars(cache, jars, onProgress);
  return { jars, classArchive: path.join(cache, `classes-${createHash('sha256').update(java).digest('hex').slice(0, 12)}.jsa`) };
}

/** What is fetched once lives outside the tree, so that a fresh clone finds it too. */
export function cacheDirectory(): string {
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'baton');
}

async function javaVersion(): Promise<string> {
  const help =
    'Kafka needs Java 17 or newer (for example: apt-get install openjdk-17-jre-headless maven), or a running Docker, or KAFKA_BROKERS';
  if (!(await isInstalled('java'))) throw new Error(`Java was not found. ${help}.`);
  const text = await runToEnd({ command: 'java', args: ['-version'] });
  const major = Number(/version "(\d+)/.exec(text)?.[1]);
  if (!(major >= LEAST_JAVA)) throw new Error(`The Java found is too old (${text.split('\n')[0] ?? ''}). ${help}.`);
  return text;
}

async function fetchJars(cache: string, jars: string, onProgress: Progress): Promise<void> {
  if (!(await isInstalled('mvn'))) {
    throw new Error('Maven was not found. It fetches Kafka (for example: apt-get install maven); or start Docker, or set KAFKA_BROKERS.');
  }
  await mkdir(cache, { recursive: true });
  // Fetched beside and moved into place: a run that is broken off leaves nothing half done.
  const work = await mkdtemp(path.join(cache, 'fetching-'));
  const fetched = path.join(work, 'jars');
  const pom = path.join(work, 'pom.xml');
  onProgress('Kafka: fetching Apache Kafka 4.1.0 by Maven (about 45 MB, once)');
  const began = performance.now();
  const ticker = setInterval(() => onProgress(`Kafka: still fetching, ${Math.round((performance.now() - began) / 1_000)} s`), 5_000);
  try {
    // Maven writes beside the file it reads.
    await cp(POM, pom);
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    await runToEnd({ command: 'mvn', args: ['-q', '-B', '-f', pom, goal, `-DoutputDirectory=${fetched}`] });
    await rename(fetched, jars).catch(async (error: unknown) => {
      // Somebody else was faster.
      if (!(await exists(jars))) throw error;
    });
  } catch (error) {
    throw new Error(`Maven could not fetch Kafka; is there a connection to Maven Central? ${(error as Error).message}`, { cause: error });
  } finally {
    clearInterval(ticker);
    await rm(work, { recursive: true, force: true });
  }
}
