import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDirectory, fetchByMaven } from './maven.js';
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
  await fetchByMaven(jars, {
    what: 'Kafka',
    details: 'Apache Kafka 4.1.0 by Maven (about 45 MB, once)',
    instead: 'start Docker, or set KAFKA_BROKERS',
    pom: POM,
    goal: 'copy-dependencies',
    onProgress,
  });
  return { jars, classArchive: path.join(cache, `classes-${createHash('sha256').update(java).digest('hex').slice(0, 12)}.jsa`) };
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
