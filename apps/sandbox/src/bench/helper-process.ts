import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Servers run on one core, load and visitors on another, so that what is measured is not what measures. */
export const SERVER_CORE = process.env['SERVER_CORE'] ?? '0';
export const OTHER_CORE = process.env['OTHER_CORE'] ?? '1';

export function onCore(core: string, args: readonly string[]): [string, string[]] {
  return process.platform === 'linux' ? ['taskset', ['-c', core, process.execPath, ...args]] : [process.execPath, [...args]];
}

/** Runs `load` or `sink` with an order and resolves with the JSON of its last line; `onLine` sees the lines before. */
export function runHelper<Result>(file: 'load' | 'sink', order: object, onLine: (line: string) => void = () => {}): Promise<Result> {
  const [command, args] = onCore(OTHER_CORE, [fileURLToPath(new URL(`./${file}.js`, import.meta.url)), JSON.stringify(order)]);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let last = '';
    createInterface({ input: child.stdout }).on('line', (line) => {
      last = line;
      onLine(line);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(last) as Result) : reject(new Error(`${file} ended with code ${code}`)),
    );
  });
}

/** Starts any program on the servers' core. */
export function startProgram(program: string, args: readonly string[], env: Record<string, string>): ChildProcess {
  const pinned = process.platform === 'linux';
  const [command, all] = pinned ? ['taskset', ['-c', SERVER_CORE, program, ...args]] : [program, [...args]];
  return spawn(command, all, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Starts one role of a peer on the servers' core. */
export function startPeer(peer: 'stock-nest' | 'bare-fastify', env: Record<string, string>): ChildProcess {
  const [command, args] = onCore(SERVER_CORE, [fileURLToPath(new URL(`./peers/${peer}.js`, import.meta.url))]);
  return spawn(command, args, {
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Asks a process to end, waits for it, and says how long it took in seconds; SIGKILL after 10 s. */
export async function stopProcess(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null) return 0;
  const started = performance.now();
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(timer);
  return (performance.now() - started) / 1_000;
}
