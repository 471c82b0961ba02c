import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

const RUN = /^baton_(\d+)_[0-9a-z]+$/;

/** The name of a run that keeps nothing: its directory, its database and the prefix of its topics. It says whose it is. */
export function passingRun(): string {
  return `baton_${process.pid}_${Date.now().toString(36)}`;
}

/** A run that was killed could not clear up behind itself; the next one does. */
export async function clearLeftovers(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const owner = Number(RUN.exec(name)?.[1] ?? NaN);
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    await rm(path.join(directory, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
