import { execFile } from 'node:child_process';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; 127 when there is none of this name. */
export function run(
  program: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; withinMs?: number } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args],
      { env: { ...process.env, ...options.env }, maxBuffer: 64 * 1_024 * 1_024, timeout: options.withinMs ?? 60_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 127;
        resolve({ code, stdout, stderr: stderr || (code === 0 ? '' : String(error?.message)) });
      },
    );
  });
}
