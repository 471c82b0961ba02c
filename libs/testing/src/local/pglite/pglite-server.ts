import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../eventually.js';
import { endGuarded, startGuarded, type GuardedProcess } from '../guarded-process.js';
import { postgresAnswers } from '../postgres-server.js';
import type { OwnServer } from '../restartable.js';

export interface PgliteServerOptions {
  /** Its data; created when empty. One server at a time may use it. */
  readonly directory: string;
  readonly port: number;
}

/** The built program, also for tests, which run from the source: it is run by Node alone. */
const PROGRAM = fileURLToPath(new URL('../../../dist/local/pglite/main.js', import.meta.url));
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const LAST_LINES = 20;

/**
 * Postgres compiled to WebAssembly, with pgvector, pg_trgm and unaccent, as a child process; open to this machine only, without a
 * password. What was committed survives the end of the process, SIGKILL too, not that of the machine: it never waits for the disk.
 */
export async function startPgliteServer(options: PgliteServerOptions): Promise<OwnServer> {
  await mkdir(options.directory, { recursive: true });
  let child: GuardedProcess | undefined;

  async function start(): Promise<void> {
    if (child?.running) return;
    const lastLines: string[] = [];
    const server = (child = startGuarded({
      command: process.execPath,
      args: [PROGRAM, options.directory, String(options.port)],
      // What a test's own process was told is not meant for it.
      env: { ...process.env, NODE_OPTIONS: '' },
      onLine: (line) => {
        lastLines.push(line);
        if (lastLines.length > LAST_LINES) lastLines.shift();
      },
    }));
    await eventually(async () => !server.running || (await postgresAnswers(options.port)), {
      within: START_WITHIN_MS,
      what: 'the knowledge database answering',
    }).catch((error: unknown) => {
      server.signal('SIGKILL');
      throw new Error(`${(error as Error).message}\n${lastLines.join('\n')}`, { cause: error });
    });
    if (!server.running) throw new Error(`The knowledge database ended at its start\n${lastLines.join('\n')}`);
  }

  const end = (signal: NodeJS.Signals): Promise<void> => endGuarded(child, signal, STOP_WITHIN_MS);

  await start();
  return { provided: false, start, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
