import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../../bin/', import.meta.url));

export interface Launched {
  readonly child: ChildProcess;
  /** What was written so far. */
  output(): string;
  readonly ended: Promise<{ code: number | null; output: string }>;
}

/** A tiny checkout with the real launcher; npm, the compiler and the checks are stand-ins that note when they were called. */
export class Checkout {
  readonly root = mkdtempSync(path.join(tmpdir(), 'baton-launcher-'));
  private readonly children: ChildProcess[] = [];

  constructor() {
    cpSync(BIN, path.join(this.root, 'apps/sandbox/bin'), { recursive: true });
    this.file('package-lock.json', '{}');
    this.file('tsconfig.json', JSON.stringify({ references: [{ path: 'apps/sandbox' }] }));
    this.file('apps/sandbox/src/start.ts', '');
    this.file('apps/sandbox/dist/start.js', '');
    const install = 'mkdir -p node_modules/.bin; cp installed/* node_modules/.bin';
    this.tool('tools/npm', `echo "npm $*" >> calls; ${install}; ln -sf '${process.execPath}' node_modules/.bin/node`);
    this.tool('tools/java', 'true');
    for (const tool of ['tsc', 'eslint', 'prettier']) this.tool(`installed/${tool}`, `echo "${tool} $*" >> calls`);
    this.tool('installed/depcruise', 'echo "depcruise $*" >> calls; echo "no violations (12 modules, 20 dependencies cruised)"');
  }

  file(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.root, name)), { recursive: true });
    writeFileSync(path.join(this.root, name), text);
  }

  tool(name: string, script: string): void {
    this.file(name, `#!/bin/sh\nset -e\n${script}\n`);
    chmodSync(path.join(this.root, name), 0o755);
  }

  program(name: string, script: string): void {
    this.file(`apps/sandbox/dist/${name}.js`, script);
  }

  /** What was called, one line each. */
  calls(): string[] {
    const file = path.join(this.root, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  launch(args: readonly string[], env: NodeJS.ProcessEnv = {}): Launched {
    return this.spawn(process.execPath, [path.join(this.root, 'apps/sandbox/bin/launch.mjs'), ...args], env);
  }

  /** As npm does it: by a shell between, which is the child here. */
  launchByNpm(command: string): Launched {
    const line = `'${process.execPath}' '${path.join(this.root, 'apps/sandbox/bin/launch.mjs')}' ${command}; exit $?`;
    return this.spawn('/bin/sh', ['-c', line], { npm_lifecycle_event: command });
  }

  private spawn(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Launched {
    const child = spawn(command, args, {
      cwd: tmpdir(),
      env: { PATH: `${path.join(this.root, 'tools')}:/usr/bin:/bin`, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.children.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    return { child, output: () => output, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, output })) };
  }

  remove(): void {
    for (const child of this.children) child.kill('SIGKILL');
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
