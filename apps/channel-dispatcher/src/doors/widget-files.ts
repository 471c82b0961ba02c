import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface WidgetFile {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  /** Of the plain bytes; the same bytes always have the same. */
  readonly hash: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.mp3': 'audio/mpeg',
};

/** No slash, no leading dot: nothing outside the directory has such a name. */
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}$/;

const compress = promisify(gzip);

/** The built files of the widget, held in memory and read again when they were built anew. */
export class WidgetFiles {
  private readonly files = new Map<string, { readonly file: WidgetFile; readonly modified: number }>();

  constructor(private readonly directory: string) {}

  /** Returns undefined when there is no such file. */
  async find(name: string): Promise<WidgetFile | undefined> {
    const type = TYPES[extname(name)];
    if (type === undefined || !NAME.test(name)) return undefined;
    const path = join(this.directory, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const held = this.files.get(name);
    if (held && held.modified === found.mtimeMs) return held.file;
    const plain = await readFile(path);
    const file = {
      type,
      plain,
      gzip: await compress(plain, { level: 9 }),
      hash: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    };
    this.files.set(name, { file, modified: found.mtimeMs });
    return file;
  }
}
