import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type PlatformOptions, startPlatform } from '../../platform/platform.js';
import type { RunningGround } from './grounds.js';

const run = promisify(execFile);

/** Enough for what a run writes, and filled in a moment. */
const MEBIBYTES = 1_024;
const PIECE = Buffer.alloc(1024 * 1024);

/** A file system in memory that holds the data of one server. */
export class SmallDisk {
  private constructor(readonly directory: string) {}

  static async mount(directory: string): Promise<SmallDisk> {
    await mkdir(directory, { recursive: true });
    await run('mount', ['-t', 'tmpfs', '-o', `size=${MEBIBYTES}m,mode=0755`, 'tmpfs', directory]);
    return new SmallDisk(directory);
  }

  private get ballast(): string {
    return path.join(this.directory, 'ballast');
  }

  /** Takes all room that is left, to the last byte. */
  async fill(): Promise<void> {
    const file = await open(this.ballast, 'w');
    try {
      for (let size = PIECE.length; size >= 1;) {
        const { bytesWritten } = await file.write(PIECE, 0, size).catch(ifFull);
        if (bytesWritten < size) size = Math.floor(size / 2);
      }
    } finally {
      await file.close();
    }
  }

  async free(): Promise<void> {
    await rm(this.ballast, { force: true });
  }

  /** Whoever still has files open keeps them until he closes them. */
  async unmount(): Promise<void> {
    await run('umount', ['-l', this.directory]);
  }
}

function ifFull(error: NodeJS.ErrnoException): { bytesWritten: number } {
  if (error.code !== 'ENOSPC') throw error;
  return { bytesWritten: 0 };
}

/** Only root may mount, and not in every container. */
export async function whyNoSmallDisks(): Promise<string | undefined> {
  const directory = await mkdtemp(path.join(tmpdir(), 'baton-disk-'));
  try {
    const disk = await SmallDisk.mount(directory);
    await disk.unmount();
    return undefined;
  } catch {
    return 'a disk that can be filled needs the right to mount a tmpfs (Linux, root): run it there, for example in a privileged container';
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Kafka's and Postgres' data lie on a small disk each. */
export async function smallDiskGround(common: PlatformOptions): Promise<RunningGround> {
  const directory = await mkdtemp(path.join(tmpdir(), 'baton-disks-'));
  // Postgres, when run by root, is another user and has to pass through.
  await chmod(directory, 0o755);
  const mounted: SmallDisk[] = [];
  const mount = async (name: string): Promise<SmallDisk> => {
    const disk = await SmallDisk.mount(path.join(directory, name));
    mounted.push(disk);
    return disk;
  };
  const clear = async () => {
    for (const disk of mounted) await disk.unmount().catch(() => undefined);
    await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const disks = { kafka: await mount('kafka'), postgres: await mount('postgres') };
    const platform = await startPlatform({ ...common, servers: { ...common.servers, directory } });
    return {
      platform,
      levers: { disks },
      // A mount point cannot be taken away, so the disks go first.
      stop: async () => {
        for (const disk of mounted.splice(0)) await disk.unmount();
        await platform.stop().finally(clear);
      },
    };
  } catch (error) {
    await clear();
    throw error;
  }
}
