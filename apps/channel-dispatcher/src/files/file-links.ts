import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { UuidSchema } from '@baton/contracts';

/** The parts of a link, as somebody gave them back. */
export interface GivenLink {
  readonly id: string;
  /** Seconds since 1970, in digits. */
  readonly until: string;
  readonly sig: string;
}

/** Signs and checks the addresses of hosted files: whoever has one may read that one file until it expires or is deleted. */
export class FileLinks {
  private readonly base: string;
  private readonly key: Buffer;

  /**
   * @param publicUrl where browsers reach this service
   * @param key 32 bytes, base64; the links get a key of their own out of it
   */
  constructor(publicUrl: string, key: string) {
    this.base = `${publicUrl.replace(/\/+$/, '')}/v1/files/`;
    this.key = Buffer.from(hkdfSync('sha256', Buffer.from(key, 'base64'), '', 'baton file links', 32));
  }

  /** The name is for people: it is not part of what is signed. */
  linkTo(id: string, name: string, until: Date): string {
    const seconds = String(Math.floor(until.getTime() / 1_000));
    return `${this.base}${id}/${encodeURIComponent(name)}?until=${seconds}&sig=${this.sign(id, seconds).toString('base64url')}`;
  }

  check({ id, until, sig }: GivenLink, now: Date): 'good' | 'wrong' | 'expired' {
    if (!UuidSchema.safeParse(id).success || !/^\d{1,12}$/.test(until)) return 'wrong';
    const given = Buffer.from(sig, 'base64url');
    const right = this.sign(id, until);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return 'wrong';
    return Number(until) * 1_000 <= now.getTime() ? 'expired' : 'good';
  }

  /** The parts of an address, when it is one of ours in form; whether it is genuine, `check` says. */
  read(url: string): GivenLink | undefined {
    if (!url.startsWith(this.base) || !URL.canParse(url)) return undefined;
    const { searchParams } = new URL(url);
    const id = url.slice(this.base.length).split('/', 1)[0] ?? '';
    return { id, until: searchParams.get('until') ?? '', sig: searchParams.get('sig') ?? '' };
  }

  private sign(id: string, until: string): Buffer {
    return createHmac('sha256', this.key).update(`${id}.${until}`).digest();
  }
}
