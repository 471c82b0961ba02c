import {
  chmodSync,
  copyFileSync,
  constants,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Lock, LockEntry, Target } from './closure.js';
import { type Contents, contentsOf, type Part } from './contents.js';
import type { ImageDefinition } from './images.js';
import { billOfMaterials } from './sbom.js';

export interface LayOut {
  readonly image: ImageDefinition;
  /** A repository in which everything was installed and built. */
  readonly repository: string;
  readonly target: Target;
  /** Where packages of others go, a layer that seldom changes. */
  readonly packagesTo: string;
  /** Where everything else goes; may be the same. */
  readonly oursTo: string;
  /** Links files instead of copying them: quick, and for trees that nobody writes to. Default false. */
  readonly hardLinks?: boolean;
  /** When it is made, for the bill of materials; default now. */
  readonly at?: Date;
}

export interface LaidOut {
  readonly files: number;
  readonly packageBytes: number;
  readonly ourBytes: number;
  readonly contents: Contents;
}

/** The lock file's packages, by where they lie; what workspaces of ours need is read from their manifests, as Node does. */
export function readLock(repository: string): Lock {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(repository, file), 'utf8'));
  const { packages } = read('package-lock.json') as { packages: Lock };
  return Object.fromEntries(
    Object.entries(packages).map(([place, entry]) => {
      if (place === '' || place.includes('node_modules/')) return [place, entry];
      const { dependencies, optionalDependencies, peerDependencies } = read(`${place}/package.json`) as LockEntry;
      return [place, { ...entry, dependencies, optionalDependencies, peerDependencies } as LockEntry];
    }),
  );
}

/**
 * Writes what an image holds below `/app`, with its bill of materials, `sbom.cdx.json`.
 * @throws Error that names what is not there: a package that was not installed, a workspace that was not built, a program that must run
 */
export function layOut(o: LayOut): LaidOut {
  const lock = readLock(o.repository);
  const contents = contentsOf(o.image, lock, o.target);
  const put = o.hardLinks ? linkOrCopy : copyReadable;
  let files = 0;
  const write = (parts: readonly Part[], to: string): number => {
    let bytes = 0;
    for (const { folder, takes } of parts) {
      const found = filesIn(path.join(o.repository, folder)).filter(takes);
      if (found.length === 0) throw new Error(`${folder} has nothing to be taken into baton/${o.image.name}; install and build first.`);
      const folders = new Set<string>();
      for (const file of found) {
        const from = path.join(o.repository, folder, file);
        const target = path.join(to, folder, file);
        const parent = path.dirname(target);
        if (!folders.has(parent)) mkdirSync(parent, { recursive: true });
        folders.add(parent);
        put(from, target);
        bytes += statSync(from).size;
      }
      files += found.length;
    }
    return bytes;
  };
  const packageBytes = write(contents.packages, o.packagesTo);
  const ourBytes = write(contents.ours, o.oursTo);
  for (const { at, to } of contents.links) {
    const place = path.join(o.oursTo, at);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.relative(path.dirname(place), path.join(o.oursTo, to)), place);
  }
  const version = lock['']?.version ?? '0.0.0';
  const bill = billOfMaterials(contents.closure, lock, { image: `baton/${o.image.name}`, version, at: o.at ?? new Date() });
  writeFileSync(path.join(o.oursTo, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 1)}\n`);
  for (const program of [o.image.entry, ...o.image.programs]) {
    if (!statSync(path.join(o.oursTo, program), { throwIfNoEntry: false }))
      throw new Error(`baton/${o.image.name} would have no ${program}; build first.`);
  }
  return { files, packageBytes, ourBytes, contents };
}

/** A second name of a file; where it lies on another file system, a copy. */
export function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyReadable(from, to);
  }
}

/** A copy that everybody may read and nobody but its owner may write, whatever the modes of the original. */
function copyReadable(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  chmodSync(to, (statSync(from).mode & 0o111) === 0 ? 0o644 : 0o755);
}

/** All files below a folder, sorted, with `/`; packages inside of it are not looked into. */
function filesIn(folder: string): string[] {
  const found: string[] = [];
  const look = (below: string): void => {
    for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      const file = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isFile()) found.push(file);
      else if (entry.isDirectory() && entry.name !== 'node_modules') look(file);
    }
  };
  try {
    look('');
  } catch (error) {
    throw new Error(`${folder} is not there or cannot be read; install and build first.`, { cause: error });
  }
  return found.sort();
}
