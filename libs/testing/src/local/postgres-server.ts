import { chmod, chown, mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { eventually } from '../eventually.js';
import { exists } from './files.js';
import { endGuarded, startGuarded, type GuardedProcess } from './guarded-process.js';
import { postgresBinaries, postgresUser, type PostgresUser } from './postgres-binaries.js';
import type { OwnServer } from './restartable.js';
import { runToEnd } from './run-to-end.js';

export interface PostgresServerOptions {
  /** Its data; created when empty. When run by root, root's Postgres user must be able to reach it. */
  readonly directory: string;
  readonly port: number;
  /** False trades the safety of a power cut for speed: for tests only. */
  readonly fsync: boolean;
  /** Tell the clean stop to write everything to its place first; otherwise it ends at once. */
  readonly keepData: boolean;
  /** More of `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
}

const START_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;
const LAST_LINES = 20;

/** Real Postgres as a child process, open to this machine only, without a password. */
export async function startPostgresServer(options: PostgresServerOptions): Promise<OwnServer> {
  const user = await postgresUser();
  await mkdir(options.directory, { recursive: true });
  const binaries = await postgresBinaries(options.directory, user);
  const data = path.join(options.directory, 'data');
  await initialise(binaries, data, user);
  let child: GuardedProcess | undefined;

  async function start(): Promise<void> {
    if (child?.running) return;
    const lastLines: string[] = [];
    let server = run();
    function run(): GuardedProcess {
      return (child = startGuarded({
        command: path.join(binaries, 'bin', 'postgres'),
        args: ['-D', data, ...settings(options)],
        ...(user && { user }),
        onLine: (line) => {
          lastLines.push(line);
          if (lastLines.length > LAST_LINES) lastLines.shift();
        },
      }));
    }
    const deadline = performance.now() + START_WITHIN_MS;
    await eventually(
      async () => {
        if (!server.running) {
          // After a SIGKILL the old server's children still hold its shared memory for a moment.
          const heldByThePast = lastLines.some((line) => /shared memory|postmaster\.pid/.test(line));
          if (!heldByThePast || performance.now() > deadline) return 'ended' as const;
          lastLines.length = 0;
          server = run();
        }
        return (await postgresAnswers(options.port)) && ('answers' as const);
      },
      { within: START_WITHIN_MS, what: 'Postgres answering' },
    ).catch((error: unknown) => {
      server.signal('SIGKILL');
      throw new Error(`${(error as Error).message}\n${lastLines.join('\n')}`, { cause: error });
    });
    if (!server.running) throw new Error(`Postgres ended at its start\n${lastLines.join('\n')}`);
  }

  const end = (signal: NodeJS.Signals): Promise<void> => endGuarded(child, signal, STOP_WITHIN_MS);

  await start();
  // SIGINT is Postgres' fast shutdown, SIGQUIT its immediate one.
  return { provided: false, start, kill: () => end('SIGKILL'), stop: () => end(options.keepData ? 'SIGINT' : 'SIGQUIT') };
}

async function initialise(binaries: string, data: string, user: PostgresUser | undefined): Promise<void> {
  if (await exists(path.join(data, 'PG_VERSION'))) return;
  await mkdir(data, { recursive: true });
  await chmod(data, 0o700);
  if (user) await chown(data, user.uid, user.gid);
  await runToEnd({
    command: path.join(binaries, 'bin', 'initdb'),
    args: [
      '-D',
      data,
      '-U',
      'postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-sync',
    ],
    ...(user && { user }),
  });
}

function settings(options: PostgresServerOptions): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port: options.port,
    unix_socket_directories: '',
    // Six services with two replicas each, their pools, and tests beside them.
    max_connections: 200,
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // What was committed still survives a SIGKILL of Postgres: only the machine's own death is not waited for.
    ...(options.fsync ? {} : { fsync: 'off', full_page_writes: 'off' }),
    ...options.settings,
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

export async function postgresAnswers(port: number): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query('SELECT 1')).rowCount === 1;
  } finally {
    await client.end().catch(() => undefined);
  }
}
