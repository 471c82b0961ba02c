import { type Closure, closureOf, type Lock, type Target } from './closure.js';
import { DATA, type ImageDefinition } from './images.js';
import { isKeptOfOurs, isKeptOfPackage } from './kept.js';

/** A folder that is copied, with the files of it that are taken. */
export interface Part {
  /** Where it lies in the repository and, just so, in the image; no slash at the end. */
  readonly folder: string;
  /** @param file below the folder, with `/` */
  takes(file: string): boolean;
}

/** What an image holds below `/app`: the same places as in the repository. */
export interface Contents {
  readonly closure: Closure;
  /** Packages of others; they change when the lock file does. */
  readonly packages: readonly Part[];
  /** Ours; it changes with every commit. */
  readonly ours: readonly Part[];
  /** Links in `node_modules`, each from there to the workspace of ours that it names. */
  readonly links: readonly { readonly at: string; readonly to: string }[];
}

/** The one rule for what an image holds: the image's build and its test both lay out what it says. */
export function contentsOf(image: ImageDefinition, lock: Lock, target: Target): Contents {
  const closure = closureOf(lock, image.workspace, target, image.without);
  return {
    closure,
    packages: closure.packages.map((folder) => ({
      folder,
      // What lies in its own node_modules is a package of its own, needed or not.
      takes: (file) => !file.startsWith('node_modules/') && isKeptOfPackage(packageName(lock, folder), file, target),
    })),
    ours: [
      ...closure.workspaces.map((folder) => ({
        folder,
        takes: (file: string) =>
          file === 'package.json' ||
          (file.startsWith('dist/') && isKeptOfOurs(file.slice('dist/'.length))) ||
          (DATA[folder] ?? []).some((data) => file === data || file.startsWith(`${data}/`)),
      })),
      ...image.served.map((folder) => ({ folder, takes: () => true })),
    ],
    links: Object.entries(lock)
      .filter(([, entry]) => entry.link && closure.workspaces.includes(entry.resolved!))
      .map(([at, entry]) => ({ at, to: entry.resolved! })),
  };
}

/** The name of the package at a place; an alias has its real name in the lock file. */
export function packageName(lock: Lock, place: string): string {
  return lock[place]?.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
