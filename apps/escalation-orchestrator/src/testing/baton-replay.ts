import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BATON = fileURLToPath(new URL('../../../control-plane/dist/cli/baton.js', import.meta.url));

export interface Replayed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `baton replay` as somebody runs it, with nothing else in its environment. */
export function batonReplay(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Replayed> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env['PATH'], ...env }, maxBuffer: 256 * 1_024 * 1_024 };
    const child = execFile(process.execPath, [BATON, 'replay', ...args], options, (error, out, err) =>
      resolve({ code: error ? (child.exitCode ?? -1) : 0, out, err }),
    );
  });
}
