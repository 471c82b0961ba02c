import type { World } from '../world.js';
import { attachmentTrouble } from './graph-error.js';

const FETCH_MS = 10_000;
const MIB = 1_048_576;

const LIMITS: Record<string, { bytes: number; contentType?: RegExp }> = {
  image: { bytes: 8 * MIB, contentType: /^image\// },
  audio: { bytes: 25 * MIB, contentType: /^audio\// },
  video: { bytes: 25 * MIB, contentType: /^video\// },
  file: { bytes: 25 * MIB },
};

/**
 * Fetches what a caller named by address, as Meta does before it takes a message, and keeps it.
 * @returns the address at the simulator. @throws GraphError 100/2018008 (no answer), 100/2018109 (too big), 100/2018047 (other type).
 */
export async function fetchMedia(world: World, type: string, address: unknown): Promise<string> {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw attachmentTrouble(2018047);
  if (!world.faults.fetches_urls) return url.href;
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) }).catch(() => undefined);
  if (!response?.ok) throw attachmentTrouble(2018008);
  const bytes = Buffer.from(await response.arrayBuffer());
  const contentType = response.headers.get('content-type') ?? 'application/octet-stream';
  const limit = LIMITS[type]!;
  if (bytes.length > limit.bytes) throw attachmentTrouble(2018109);
  if (limit.contentType && !limit.contentType.test(contentType)) throw attachmentTrouble(2018047);
  return world.cdn.put({ name: decodeURIComponent(url.pathname.split('/').at(-1) || type), contentType, bytes });
}
