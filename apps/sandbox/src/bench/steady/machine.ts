import { readdirSync, readFileSync } from 'node:fs';
import { cpuUs } from '../process-usage.js';

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

/** CPU that Kafka and Postgres have used, where they are this process's own; also that of their children that are gone. Linux only. */
export class ServersUsage {
  private readonly seen = new Map<number, { server: 'kafka' | 'postgres'; us: number }>();

  read(): { readonly kafka: number; readonly postgres: number } {
    const sums = { kafka: 0, postgres: 0 };
    if (process.platform !== 'linux') return sums;
    for (const { pid, command } of descendants(process.pid, processes())) {
      const server = SERVERS[command];
      if (server) this.seen.set(pid, { server, us: cpuUs(pid) || (this.seen.get(pid)?.us ?? 0) });
    }
    for (const { server, us } of this.seen.values()) sums[server] += us;
    return sums;
  }
}
