import { eventually } from './eventually.js';
import { startGuarded } from './local/guarded-process.js';

export interface ServiceToSpawn {
  /** Shown in errors. */
  readonly name: string;
  /** The JavaScript file to run, such as `apps/webhook-ingress/dist/main.js`. */
  readonly entry: string;
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env: NodeJS.ProcessEnv;
  /** Options for Node itself. */
  readonly nodeArgs?: readonly string[];
  readonly onLine?: (line: string) => void;
}

export interface ChildService {
  readonly name: string;
  readonly pid: number;
  readonly running: boolean;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Resolves when `url` answers 2xx; fails at once when the service ended instead, with its last lines. */
  ready(url: string, withinMs?: number): Promise<void>;
  /** Sends the signal (default SIGTERM) and resolves when the service is gone. */
  kill(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

const LAST_LINES = 15;

/** Runs a service as a process of its own that dies with this one. */
export function spawnService(options: ServiceToSpawn): ChildService {
  const lastLines: string[] = [];
  const child = startGuarded({
    command: process.execPath,
    args: [...(options.nodeArgs ?? []), options.entry],
    env: { ...process.env, ...options.env },
    onLine: (line) => {
      lastLines.push(line);
      if (lastLines.length > LAST_LINES) lastLines.shift();
      options.onLine?.(line);
    },
  });

  async function ready(url: string, withinMs = 30_000): Promise<void> {
    let problem = 'it did not answer';
    const answered = eventually(
      async () => {
        if (!child.running) return 'ended' as const;
        const response = await fetch(url, { signal: AbortSignal.timeout(1_000) });
        if (response.ok) return 'ready' as const;
        problem = `it answered ${response.status} ${(await response.text()).slice(0, 300)}`;
        return undefined;
      },
      { within: withinMs, every: 20, what: `${options.name} being ready at ${url}` },
    ).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; ${problem}\n${lastLines.join('\n')}`, { cause: error });
    });
    if ((await answered) === 'ended') throw new Error(`${options.name} ended before it was ready\n${lastLines.join('\n')}`);
  }

  return {
    name: options.name,
    pid: child.pid,
    get running() {
      return child.running;
    },
    exited: child.exited,
    ready,
    kill: (signal = 'SIGTERM') => {
      child.signal(signal);
      return child.exited;
    },
  };
}
