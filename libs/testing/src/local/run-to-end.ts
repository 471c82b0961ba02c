import { startGuarded, type GuardedProcessOptions } from './guarded-process.js';

const LAST_LINES = 20;

/**
 * Runs a command and returns its output.
 * @throws Error with its last lines when it fails.
 */
export async function runToEnd(options: GuardedProcessOptions): Promise<string> {
  const lines: string[] = [];
  const child = startGuarded({
    ...options,
    onLine: (line) => {
      lines.push(line);
      options.onLine?.(line);
    },
  });
  const { code, signal } = await child.exited;
  if (code !== 0) throw new Error(`${options.command} ended with ${signal ?? code}:\n${lines.slice(-LAST_LINES).join('\n')}`);
  return lines.join('\n');
}

/** Whether a program can be found on PATH. */
export async function isInstalled(command: string): Promise<boolean> {
  return runToEnd({ command: '/bin/sh', args: ['-c', 'command -v "$1" >/dev/null', 'which', command] }).then(
    () => true,
    () => false,
  );
}
