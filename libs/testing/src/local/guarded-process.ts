import { spawn, type ChildProcess } from 'node:child_process';

export interface GuardedProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Run as somebody else; only root may. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Told each line of its output and errors. */
  readonly onLine?: (line: string) => void;
}

export interface GuardedProcess {
  readonly pid: number;
  /** Resolves when it ended, whatever ended it. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly running: boolean;
  signal(signal: NodeJS.Signals): void;
}

/**
 * The command takes the place of the shell and keeps its process id. Beside it a small guard reads from a pipe that
 * this process holds: a line means that the command ended by itself, the pipe's end that this process is gone, even by
 * SIGKILL; then the guard kills the command.
 */
const GUARDED = 'command=$$; { read -r _ <&3 || kill -KILL "$command"; } </dev/null >/dev/null 2>&1 & exec 3<&-; exec "$@"';

/**
 * Starts a process that never outlives this one. It stands in a process group of its own, so that Ctrl-C reaches it
 * only through us, in the order we choose.
 * @throws Error when the command cannot be started.
 */
export function startGuarded(options: GuardedProcessOptions): GuardedProcess {
  const child = spawn('/bin/sh', ['-c', GUARDED, 'guard', options.command, ...options.args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
    ...options.user,
  });
  if (child.pid === undefined) throw new Error(`${options.command} could not be started`);
  const guard = child.stdio[3] as NodeJS.WritableStream;
  guard.on('error', () => undefined);
  readLines(child, options.onLine);

  let running = true;
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      running = false;
      guard.end('ended\n');
      resolve({ code, signal });
    });
  });
  return {
    pid: child.pid,
    exited,
    get running() {
      return running;
    },
    signal: (signal) => void child.kill(signal),
  };
}

function readLines(child: ChildProcess, onLine: ((line: string) => void) | undefined): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    if (!onLine) {
      stream.resume();
      continue;
    }
    let rest = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
    stream.on('end', () => {
      if (rest) onLine(rest);
    });
  }
}

/** Resolves when it is gone; what does not end by the signal in time is killed. */
export async function endGuarded(child: GuardedProcess | undefined, signal: NodeJS.Signals, withinMs: number): Promise<void> {
  if (!child?.running) return;
  child.signal(signal);
  const timer = setTimeout(() => child.signal('SIGKILL'), withinMs);
  await child.exited;
  clearTimeout(timer);
}
