import { readdirSync, readFileSync } from 'node:fs';
import { cpuWithEndedUs } from '../process-usage.js';

/** A process of this machine. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Reads one `/proc/<pid>/stat`: the command stands in brackets and may itself contain some. */
export function parseStat(stat: string): ProcessEntry {
  const close = stat.lastIndexOf(')');
  return {
    pid: Number(stat.slice(0, stat.indexOf(' '))),
    parent: Number(stat.slice(close + 2).split(' ')[1]),
    command: stat.slice(stat.indexOf('(') + 1, close),
  };
}

/** Everything that a process started, and what that started. */
export function descendants(of: number, all: readonly ProcessEntry[]): ProcessEntry[] {
  const children = all.filter(({ parent }) => parent === of);
  return children.flatMap((child) => [child, ...descendants(child.pid, all)]);
}

function processes(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [parseStat(readFileSync(`/proc/${name}/stat`, 'utf8'))];
      } catch {
        return [];
      }
    });
}

const SERVERS: Readonly<Record<string, 'kafka' | 'postgres'>> = { java: 'kafka', postgres: 'postgres' };

/** CPU that Kafka and Postgres have used so far, where they are this process's own, with all that they started and that ended. Linux only. */
export function serversUsage(): { readonly kafka: number; readonly postgres: number } {
  const sums = { kafka: 0, postgres: 0 };
  if (process.platform !== 'linux') return sums;
  for (const { pid, command } of descendants(process.pid, processes())) {
    const server = SERVERS[command];
    if (server) sums[server] += cpuWithEndedUs(pid);
  }
  return sums;
}
