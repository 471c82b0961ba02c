import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * The command takes the shell's place and keeps its process id. The guard beside it waits on a pipe from here: a line
 * means that the command ended, the pipe's end that we are gone, even by SIGKILL; then it kills the command.
 */
const GUARDED = 'command=$$; { read -r _ <&3 || kill -KILL "$command"; } </dev/null >/dev/null 2>&1 & exec 3<&-; exec "$@"';

/** Ctrl-C in a terminal reaches us twice, from the terminal and from npm; the second within this time is the same one. */
const SAME_SIGNAL_MS = 500;

const LOOK_FOR_NPM_MS = 500;

const running = new Set();
let last;

/** Passes SIGINT, SIGTERM and SIGHUP on to what runs and leaves the end to it; ends here when nothing runs. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
  if (process.env.npm_lifecycle_event !== undefined) stopWithNpm();
}

function stop(signal) {
  if (last?.signal === signal && performance.now() - last.at < SAME_SIGNAL_MS) return;
  last = { signal, at: performance.now() };
  if (running.size === 0) process.exit(130);
  stopAll(signal === 'SIGHUP' ? 'SIGTERM' : signal);
}

/** A signal to npm alone ends npm and its shell, and neither passes it on. */
function stopWithNpm() {
  const shell = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    stop('SIGTERM');
  }, LOOK_FOR_NPM_MS);
  look.unref();
}

/** Whether a person or a supervisor asked us to stop. */
export function isStopping() {
  return last !== undefined;
}

export function stopAll(signal) {
  for (const child of running) child.kill(signal);
}

/** The project's own programs (Node 24 first among them) before everybody else's. */
export function projectEnv(root) {
  return { ...process.env, PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}` };
}

/**
 * Runs a command to its end, in a process group of its own so that signals reach it only through us.
 * Its lines go to `onLine` when given, else straight to our own output.
 */
export function runCommand({ command, args, root, env, onLine }) {
  const child = spawn('/bin/sh', ['-c', GUARDED, 'guard', command, ...args], {
    cwd: root,
    env: env ?? projectEnv(root),
    detached: true,
    stdio: onLine ? ['ignore', 'pipe', 'pipe', 'pipe'] : ['inherit', 'inherit', 'inherit', 'pipe'],
  });
  child.stdio[3].on('error', () => undefined);
  running.add(child);
  if (onLine) for (const stream of [child.stdout, child.stderr]) readLines(stream, onLine);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => child.stdio[3].end('ended\n'));
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
}

function readLines(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest) onLine(rest);
  });
}
