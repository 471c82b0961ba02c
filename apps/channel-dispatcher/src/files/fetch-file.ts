import { lookup as resolveName } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { request as plainRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { isLoopback, isPublicAddress } from '@baton/outside';
import type { FileRefusal } from './refusal.js';

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export interface FetchOptions {
  readonly maxBytes: number;
  /** For everything: names, redirects, the last byte. */
  readonly timeoutMs: number;
  /** Servers of this very machine may be asked, by plain HTTP and on any port: for a platform that runs on one machine. */
  readonly allowLoopback: boolean;
  /** Default: the system's resolver. */
  readonly resolve?: Resolve | undefined;
}

/** The bytes; a refusal for good; or that it may work later, and at the earliest when. */
export type Fetched =
  { readonly bytes: Buffer } | { readonly refused: FileRefusal } | { readonly retry: string; readonly afterMs?: number | undefined };

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const LATER = new Set([408, 425, 429]);
const MAX_HEADER_BYTES = 16_384;

/** Thrown inside of this file; its answer is what the caller gets. */
class Ends extends Error {
  constructor(readonly answer: Exclude<Fetched, { bytes: Buffer }>) {
    super('the file is not to be had');
  }
}

/**
 * Fetches a file from an address that somebody else chose. Only addresses of the open internet are connected to, and exactly those that
 * were checked: each redirect is checked anew, no connection is used again, nothing of ours is sent along. Never throws.
 */
export async function fetchFile(address: string, options: FetchOptions, signal: AbortSignal): Promise<Fetched> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]);
  try {
    let url = address;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await open(checked(url, options), options, limit);
      const next = REDIRECTS.has(response.statusCode ?? 0) ? response.headers.location : undefined;
      if (next === undefined) return await read(response, options.maxBytes);
      response.destroy();
      url = URL.parse(next, url)?.href ?? '';
    }
    return { refused: 'file.too-many-redirects' };
  } catch (error) {
    if (limit.aborted) return { retry: 'file.timeout' };
    if (error instanceof Ends) return error.answer;
    return { retry: codeOf(error) };
  }
}

/** What of an address can be checked before its name is resolved. */
function checked(address: string, { allowLoopback }: FetchOptions): URL {
  const url = URL.parse(address);
  const forbidden = new Ends({ refused: 'file.forbidden-address' });
  if (!url || url.username !== '' || url.password !== '') throw forbidden;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // With an address in place of a name nothing is resolved, so nothing would be checked later.
  const isLocal = allowLoopback && (isLoopback(host) || host === 'localhost');
  if (isIP(host) !== 0 && !isLocal && !isPublicAddress(host)) throw forbidden;
  if (!isLocal && (url.protocol !== 'https:' || (url.port !== '' && !allowLoopback))) throw forbidden;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw forbidden;
  return url;
}

/** Resolves a name and gives on only addresses that may be asked; one that may not among them spoils them all. */
function guardedLookup({ allowLoopback, resolve = systemResolve }: FetchOptions): LookupFunction {
  return (hostname, how, callback) => {
    resolve(hostname).then(
      (found) => {
        const isFine = found.length > 0 && found.every(({ address }) => isPublicAddress(address) || (allowLoopback && isLoopback(address)));
        if (!isFine) return callback(new Ends({ refused: 'file.forbidden-address' }), []);
        if (how.all) return callback(null, found);
        callback(null, found[0]!.address, found[0]!.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

const systemResolve: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    resolveName(hostname, { all: true }, (error, found) => (error ? reject(error) : resolve(found)));
  });

function open(url: URL, options: FetchOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const how: RequestOptions = {
    // A connection of its own: one that is kept alive was perhaps opened for another name.
    agent: false,
    lookup: guardedLookup(options),
    signal,
    maxHeaderSize: MAX_HEADER_BYTES,
    headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Baton' },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, how, resolve);
    request.on('error', reject);
    request.end();
  });
}

async function read(response: IncomingMessage, maxBytes: number): Promise<Fetched> {
  const { statusCode = 0, headers } = response;
  try {
    if (statusCode >= 500 || LATER.has(statusCode)) return { retry: `file.status-${statusCode}`, afterMs: waitOf(headers['retry-after']) };
    // Links that have run out are answered with any of 401, 403, 404, 410.
    if (statusCode !== 200) return { refused: 'file.gone' };
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') return { refused: 'file.broken' };
    if (Number(headers['content-length'] ?? 0) > maxBytes) return { refused: 'file.too-large' };
    return await collect(response, maxBytes);
  } finally {
    response.destroy();
  }
}

/** Reads bytes until the end or until there are too many. */
export async function collect(source: AsyncIterable<Buffer>, maxBytes: number): Promise<{ bytes: Buffer } | { refused: FileRefusal }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) return { refused: 'file.too-large' };
    chunks.push(chunk);
  }
  return size === 0 ? { refused: 'file.empty' } : { bytes: Buffer.concat(chunks, size) };
}

function waitOf(retryAfter: string | undefined): number | undefined {
  const seconds = Number(retryAfter);
  return seconds > 0 ? Math.min(seconds, 600) * 1_000 : undefined;
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? `file.${code.toLowerCase().slice(0, 64)}` : 'file.network';
}
