import type { World } from './world.js';

export interface CdnFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Where media lie, as at Meta: anybody who has the address may read it, until it expires. */
export class Cdn {
  /** The simulator's own address, known when it listens. */
  baseUrl = 'http://127.0.0.1';
  private readonly files = new Map<string, CdnFile>();

  constructor(private readonly world: World) {}

  /** Keeps a file. Returns its address, which holds for `faults.cdn_expires_ms` from now. */
  put(file: CdnFile): string {
    const id = this.world.newId();
    this.files.set(id, file);
    return this.linkTo(id, file.name);
  }

  /** A file by its id, `expired` when the address is too old. */
  get(id: string, expiry: string | undefined): CdnFile | 'expired' | undefined {
    const file = this.files.get(id);
    if (!file) return undefined;
    return Number.parseInt(expiry ?? '', 16) * 1_000 > this.world.now() ? file : 'expired';
  }

  clear(): void {
    this.files.clear();
  }

  private linkTo(id: string, name: string): string {
    const until = Math.ceil((this.world.now() + this.world.faults.cdn_expires_ms) / 1_000);
    return `${this.baseUrl}/cdn/${id}/${encodeURIComponent(name)}?oe=${until.toString(16)}`;
  }
}
