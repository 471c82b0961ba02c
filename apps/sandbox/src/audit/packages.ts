import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A package as the lock file has it. */
export interface LockedPackage {
  readonly place: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly deprecated?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

/** Every package of others that an installation brings. */
export function lockedPackages(root: string): LockedPackage[] {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Omit<LockedPackage, 'place'> & { link?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([place, { link }]) => place.includes('node_modules/') && !link)
    .map(([place, one]) => ({ place, ...one }));
}

export const nameOf = ({ place }: LockedPackage): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
