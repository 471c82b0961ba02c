import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Lock } from './lock.js';

/** A file that says which version this is. */
interface Place {
  readonly file: string;
  /** Every version that it says of ours. */
  read(text: string): string[];
  write(text: string, version: string): string;
}

/** All parts have one version, and who is asked for it reads what lies beside it: a package its manifest, Helm the chart, Docker its files. */
async function placesIn(repository: string): Promise<Place[]> {
  const { workspaces } = JSON.parse(await readFile(path.join(repository, 'package.json'), 'utf8')) as { workspaces: string[] };
  const folders = (await Promise.all(workspaces.map((pattern) => foldersOf(repository, pattern)))).flat();
  const manifest = /(?<=^ {2}"version": "|^ {4}"@baton\/[\w-]+": ")[^"]+/gm;
  return [
    ...['package.json', ...folders.map((folder) => `${folder}/package.json`)].map((file) => asText(file, manifest)),
    LOCK,
    asText('deploy/helm/baton/Chart.yaml', /(?<=^(?:v|appV)ersion: )\S+$/gm),
    asText('deploy/Dockerfile', /(?<=^ARG VERSION=)\S+$/gm),
    asText('docker-compose.yml', /(?<=\$\{BATON_VERSION:-)[^}]+/g),
    asText('deploy/images/compose.env.example', /(?<=^BATON_VERSION=)\S+$/gm),
    asText('docs/operations/images.md', /(?<=\bbaton\/[\w-]+:|\bVERSION=)\d+\.\d+\.\d+/g),
  ];
}

/** `libs/*` or a folder by its name. */
async function foldersOf(repository: string, pattern: string): Promise<string[]> {
  if (!pattern.endsWith('/*')) return [pattern];
  const above = pattern.slice(0, -2);
  const entries = await readdir(path.join(repository, above), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${above}/${name}`);
}

function asText(file: string, says: RegExp): Place {
  return { file, read: (text) => text.match(says) ?? [], write: (text, version) => text.replaceAll(says, version) };
}

interface WholeLock extends Lock {
  version: string;
}

/** What npm has written down of our own packages. */
const LOCK: Place = {
  file: 'package-lock.json',
  read: (text) => {
    const lock = JSON.parse(text) as WholeLock;
    const said = [lock.version];
    eachOfOurs(lock, (holder, key) => said.push(holder[key]!));
    return said;
  },
  write: (text, version) => {
    const lock = JSON.parse(text) as WholeLock;
    lock.version = version;
    eachOfOurs(lock, (holder, key) => (holder[key] = version));
    return `${JSON.stringify(lock, null, 2)}\n`;
  },
};

function eachOfOurs({ packages }: WholeLock, see: (holder: Record<string, string>, key: string) => void): void {
  for (const [place, entry] of Object.entries(packages)) {
    if (place.includes('node_modules/')) continue;
    see(entry as Record<string, string>, 'version');
    for (const section of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const) {
      const needed = (entry as Partial<Record<string, Record<string, string>>>)[section] ?? {};
      for (const name of Object.keys(needed)) if (name.startsWith('@baton/')) see(needed, name);
    }
  }
}

/** What each file says of the version, file by file. */
export async function versionsSaid(repository: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const said = new Map<string, readonly string[]>();
  for (const { file, read } of await placesIn(repository)) said.set(file, read(await readFile(path.join(repository, file), 'utf8')));
  return said;
}

/**
 * Writes the version wherever it is said.
 * @throws Error when a file does not say it any more: nothing is written then
 */
export async function setVersion(repository: string, version: string): Promise<void> {
  const written: [string, string][] = [];
  for (const { file, read, write } of await placesIn(repository)) {
    const text = await readFile(path.join(repository, file), 'utf8');
    if (read(text).length === 0) throw new Error(`${file} does not say which version this is`);
    const changed = write(text, version);
    if (changed !== text) written.push([file, changed]);
  }
  for (const [file, text] of written) await writeFile(path.join(repository, file), text);
}
