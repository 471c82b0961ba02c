import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEPLOY, REPOSITORY } from '../../place.js';
import { environmentOf, instructionsOf } from '../dockerfile.js';
import { imageNamed } from '../images.js';
import { layOut, linkOrCopy } from '../lay-out.js';

/** The user of the images. */
const NONROOT = 65_532;

/**
 * What an image holds, laid out in a folder of its own: other packages of the repository are not found from there. Its programs run
 * as a user who may write nowhere in it, with the environment of the image and nothing of this process's.
 */
export class ImageTree {
  readonly app: string;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'baton-image-'));
  private readonly node: string;
  private readonly environment: Record<string, string>;

  constructor(readonly name: string) {
    this.app = path.join(this.folder, 'app');
    chmodSync(this.folder, 0o755);
    mkdirSync(this.app);
    this.node = path.join(this.folder, 'node');
    const dockerfile = instructionsOf(readFileSync(path.join(DEPLOY, 'Dockerfile'), 'utf8'));
    const env = environmentOf(dockerfile, name);
    this.environment = {
      ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, value.replace(/^\/app\b/, this.app)])),
      // Where nothing can be written, as below a read-only root without any volume.
      HOME: this.app,
      TMPDIR: this.app,
      NODE_COMPILE_CACHE: path.join(this.app, 'compiled'),
    };
  }

  build(): void {
    const image = imageNamed(this.name);
    const cpu = process.arch === 'arm64' ? 'arm64' : 'x64';
    layOut({
      image,
      repository: REPOSITORY,
      target: { os: 'linux', cpu },
      packagesTo: this.app,
      oursTo: this.app,
      hardLinks: true,
    });
    copyFileSync(path.join(DEPLOY, 'images/health.mjs'), path.join(this.app, 'health.mjs'));
    linkOrCopy(process.execPath, this.node);
    if (process.getuid?.() !== 0) chmodSync(this.app, 0o555);
  }

  /** Puts files of this machine where the image has them, such as the embedding model. */
  addFolder(from: string, below: string): void {
    mkdirSync(path.join(this.app, below), { recursive: true });
    for (const file of readdirSync(from)) linkOrCopy(path.join(from, file), path.join(this.app, below, file));
  }

  /** Takes a part of it away, to see who misses it. */
  remove(below: string): void {
    rmSync(path.join(this.app, below), { recursive: true });
  }

  /** Starts `node <arguments>` as a container of the image would. */
  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): ImageProcess {
    return new ImageProcess(this.node, args, this.app, { ...this.environment, ...env });
  }

  clear(): void {
    chmodSync(this.app, 0o755);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class ImageProcess {
  /** Everything that it wrote. */
  output = '';
  readonly ended: Promise<number | NodeJS.Signals>;
  private readonly child;

  constructor(node: string, args: readonly string[], cwd: string, env: Record<string, string>) {
    const user = process.getuid?.() === 0 ? { uid: NONROOT, gid: NONROOT } : {};
    this.child = spawn(node, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...user });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.ended = once(this.child, 'close').then(([code, signal]) => (code as number | null) ?? (signal as NodeJS.Signals));
    this.ended.catch(() => undefined);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Sends the signal and says with what it ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return this.ended;
  }
}
