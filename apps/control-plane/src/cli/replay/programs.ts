import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Where this build stands. */
export const HERE = fileURLToPath(new URL('../../../../../', import.meta.url));
const PROGRAM = 'apps/escalation-orchestrator/dist/replay.js';

/** A program ended without doing what it was started for; what it said of that. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
}

/** @throws ProgramFailed when the build has no such program */
export function programOf(build: string): string {
  const program = path.resolve(build, PROGRAM);
  if (existsSync(program)) return program;
  throw new ProgramFailed(`There is no ${PROGRAM} in ${build}: is it built, and of a version that can judge again?`);
}

/** The orchestrator's own program of a build, spoken to in lines of JSON. */
export class Program {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly complaints: string[] = [];
  private readonly ended: Promise<number | null>;

  constructor(
    private readonly named: string,
    program: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
  ) {
    this.child = spawn(process.execPath, [program, ...args], { env, stdio: 'pipe' });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => this.complaints.push(text));
    // Whoever reads its lines is told how it ended.
    this.child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.child.on('error', () => resolve(null));
      this.child.on('close', (code) => resolve(code));
    });
  }

  async tell(line: object): Promise<void> {
    const { stdin } = this.child;
    if (stdin.writable && !stdin.write(`${JSON.stringify(line)}\n`)) await Promise.race([once(stdin, 'drain'), this.ended]);
  }

  tellNoMore(): void {
    this.child.stdin.end();
  }

  /** @throws ProgramFailed after its last line, when it did not end well */
  async *lines(): AsyncGenerator<unknown> {
    for await (const line of createInterface({ input: this.child.stdout, crlfDelay: Infinity })) yield JSON.parse(line) as unknown;
    const code = await this.ended;
    if (code !== 0) throw new ProgramFailed(this.complaints.join('').trim() || `${this.named} ended with ${code ?? 'a signal'}.`);
  }

  stop(): void {
    this.child.kill();
  }
}
