/** One entry of `packages` in a lock file of version 2 or 3. */
export interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  /** Present for a workspace's own link in `node_modules`, which `resolved` then leads to. */
  readonly link?: boolean;
  readonly resolved?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** `packages` of a lock file: by where each lies, `libs/contracts` or `node_modules/zod`. */
export type Lock = Readonly<Record<string, LockEntry>>;

export interface Target {
  readonly os: 'linux';
  /** As Node names it. */
  readonly cpu: 'x64' | 'arm64';
}

/** What a workspace needs at run time: itself, workspaces of ours, and packages of others, each by where it lies; sorted. */
export interface Closure {
  readonly workspaces: readonly string[];
  readonly packages: readonly string[];
  /** What each of them finds of the others, for a bill of materials. */
  readonly edges: ReadonlyMap<string, readonly string[]>;
}

/**
 * Everything that `workspace` needs at run time by the lock file, each found where Node will look for it. Packages for development, optional
 * peers, packages for another machine, and those named in `without` stay away.
 * @throws Error when the lock file lacks something that is needed: it does not belong to these manifests
 */
export function closureOf(lock: Lock, workspace: string, target: Target, without: readonly string[] = []): Closure {
  if (!lock[workspace]) throw new Error(`The lock file knows no workspace ${workspace}.`);
  const edges = new Map<string, string[]>();
  const waiting = [workspace];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (edges.has(at)) continue;
    const found = neededBy(lock, at)
      .filter(({ name }) => !without.includes(name))
      .map(({ name, optional }) => whereFound(lock, at, name, optional))
      .filter((place) => place !== undefined && isFor(lock[place]!, target)) as string[];
    edges.set(at, [...new Set(found)].sort());
    waiting.push(...found);
  }
  const all = [...edges.keys()].sort();
  return {
    workspaces: all.filter((place) => !isOfOthers(place)),
    packages: all.filter(isOfOthers),
    edges,
  };
}

const isOfOthers = (place: string): boolean => place.includes('node_modules/');

function neededBy(lock: Lock, at: string): { name: string; optional: boolean }[] {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = lock[at]!;
  const needed = new Map<string, boolean>();
  for (const name of Object.keys(dependencies)) needed.set(name, false);
  for (const name of Object.keys(optionalDependencies)) needed.set(name, true);
  for (const name of Object.keys(peerDependencies)) {
    if (!peerDependenciesMeta[name]?.optional && !needed.has(name)) needed.set(name, false);
  }
  return [...needed].map(([name, optional]) => ({ name, optional }));
}

/** Looks where Node looks: in the package's own `node_modules`, then in those above it. */
function whereFound(lock: Lock, from: string, name: string, optional: boolean): string | undefined {
  for (let above: string | undefined = from; above !== undefined; above = parentOf(above)) {
    const place = above === '' ? `node_modules/${name}` : `${above}/node_modules/${name}`;
    const entry = lock[place];
    if (entry) return entry.link ? entry.resolved : place;
  }
  if (optional) return undefined;
  throw new Error(`${from} needs ${name}, which the lock file does not have.`);
}

/** Of `a/node_modules/b` that is `a`; of everything else the root. */
function parentOf(place: string): string | undefined {
  if (place === '') return undefined;
  const cut = place.lastIndexOf('/node_modules/');
  return cut < 0 ? '' : place.slice(0, cut);
}

function isFor(entry: LockEntry, { os, cpu }: Target): boolean {
  return allows(entry.os, os) && allows(entry.cpu, cpu) && allows(entry.libc, 'glibc');
}

/** As npm reads `os` and `cpu`: names that fit, or with `!` names that do not. */
function allows(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined || list.length === 0) return true;
  if (list.includes(`!${value}`)) return false;
  return list.some((item) => item.startsWith('!')) || list.includes(value);
}
