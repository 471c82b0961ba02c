import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Lock, type Target } from './closure.js';
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
  readonly at?: Date;
}

export interface LaidOut {
  readonly files: number;
  readonly packageBytes: number;
  readonly ourBytes: number;
  readonly contents: Contents;
}

/** The lock file's packages, by where they lie. */
export async function readLock(repository: string): Promise<Lock> {
  return (JSON.parse(await readFile(path.join(repository, 'package-lock.json'), 'utf8')) as { packages: Lock }).packages;
}

/**
 * Writes what an image holds below `/app`, with its bill of materials, `sbom.cdx.json`.
 * @throws Error that names what is not there: a package that was not installed, a workspace that was not built, a program that must run
 */
export async function layOut(o: LayOut): Promise<LaidOut> {
  const lock = await readLock(o.repository);
  const contents = contentsOf(o.image, lock, o.target);
  const put = o.hardLinks ? link : copyFreely;
  let files = 0;
  const write = async (parts: readonly Part[], to: string): Promise<number> => {
    let bytes = 0;
    for (const { folder, takes } of parts) {
      const found = (await filesIn(path.join(o.repository, folder), (file) => takes(file))).sort();
      if (found.length === 0) throw new Error(`${folder} has nothing to be taken into baton/${o.image.name}; install and build first.`);
      for (const file of found) {
        const from = path.join(o.repository, folder, file);
        const target = path.join(to, folder, file);
        await mkdir(path.dirname(target), { recursive: true });
        await put(from, target);
        bytes += (await stat(from)).size;
      }
      files += found.length;
    }
    return bytes;
  };
  const packageBytes = await write(contents.packages, o.packagesTo);
  const ourBytes = await write(contents.ours, o.oursTo);
  for (const { at, to } of contents.links) {
    const place = path.join(o.oursTo, at);
    await mkdir(path.dirname(place), { recursive: true });
    await symlink(path.relative(path.dirname(place), path.join(o.oursTo, to)), place);
  }
  const version = lock['']?.version ?? '0.0.0';
  const bill = billOfMaterials(contents.closure, lock, { image: `baton/${o.image.name}`, version, at: o.at ?? new Date() });
  await writeFile(path.join(o.oursTo, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 1)}\n`);
  for (const program of [o.image.entry, ...o.image.programs]) {
    await stat(path.join(o.oursTo, program)).catch(() => {
      throw new Error(`baton/${o.image.name} would have no ${program}; build first.`);
    });
  }
  return { files, packageBytes, ourBytes, contents };
}

/** A copy that everybody may read and nobody but its owner may write, whatever the modes of the original. */
async function copyFreely(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await chmod(to, ((await stat(from)).mode & 0o111) === 0 ? 0o644 : 0o755);
}

/** Files below a folder that are wanted, with `/`; folders of packages inside it are not looked into. */
async function filesIn(folder: string, takes: (file: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  const look = async (below: string): Promise<void> => {
    for (const entry of await readdir(path.join(folder, below), { withFileTypes: true })) {
      const file = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules') await look(file);
      } else if (entry.isFile() && takes(file)) found.push(file);
    }
  };
  await look('').catch((error: unknown) => {
    throw new Error(`${folder} is not there or cannot be read; install and build first.`, { cause: error });
  });
  return found;
}
