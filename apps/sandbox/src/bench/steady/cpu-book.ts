import { cpuUs } from '../process-usage.js';
import { serversUsage } from './machine.js';

export interface Watched {
  readonly name: string;
  readonly pid: () => number | undefined;
  readonly url: string;
}

/** CPU in microseconds that everybody has used so far: services by name, `kafka` and `postgres` where they are ours, and the `load` itself. */
export class CpuBook {
  constructor(private readonly services: readonly Pick<Watched, 'name' | 'pid'>[]) {}

  read(): ReadonlyMap<string, number> {
    const own = process.cpuUsage();
    return new Map([
      ...this.services.map(({ name, pid }) => [name, cpuUs(pid() ?? 0)] as const),
      ...Object.entries(serversUsage()),
      ['load', own.user + own.system],
    ]);
  }
}
