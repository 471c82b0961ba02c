import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface ConsoleFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  /** The name carries the content's hash: browsers may keep it for ever. */
  readonly lasts: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** No slash, no leading dot: nothing outside the directory has such a name. */
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}$/;
const HASHED = /-[A-Z0-9]{8}\.\w+$/;

const compress = promisify(gzip);

/** The built files of the console, held in memory and read again when they were built anew. */
export class ConsoleFiles {
  private readonly files = new Map<string, { readonly file: ConsoleFile; readonly modified: number }>();

  constructor(private readonly directory: string) {}

  /** Returns undefined when there is no such file. */
  async find(name: string): Promise<ConsoleFile | undefined> {
    const type = TYPES[extname(name)];
    if (type === undefined || !NAME.test(name)) return undefined;
    const path = join(this.directory, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const held = this.files.get(name);
    if (held && held.modified === found.mtimeMs) return held.file;
    const plain = await readFile(path);
    const file = { type, plain, gzip: await compress(plain, { level: 9 }), lasts: HASHED.test(name) };
    this.files.set(name, { file, modified: found.mtimeMs });
    return file;
  }

  /** The page, with a nonce for the styles that its components write; undefined when the console was not built. */
  async page(nonce: string): Promise<string | undefined> {
    const html = await readFile(join(this.directory, 'index.html'), 'utf8').catch(() => undefined);
    return html?.replaceAll('__NONCE__', nonce);
  }
}

/** One that was not used before. */
export const newNonce = (): string =>
  createHash('sha256')
    .update(crypto.getRandomValues(new Uint8Array(32)))
    .digest('base64url')
    .slice(0, 22);
