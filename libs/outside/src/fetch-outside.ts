import { lookup as resolveName } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { request as plainRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { isLoopback, isPublicAddress } from './public-address.js';
import { encodingsOf, PACKINGS, readBounded } from './read-bounded.js';

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export interface OutsideOptions {
  /** Of the body, unpacked. */
  readonly maxBytes: number;
  /** For everything: names, redirects, the last byte. */
  readonly timeoutMs: number;
  /** Servers of this very machine may be asked, by plain HTTP and on any port: for a platform that runs on one machine. */
  readonly allowLoopback: boolean;
  /** Public addresses may be asked by plain HTTP, too. Default: by HTTPS alone. */
  readonly allowPlainHttp?: boolean | undefined;
  /** Sent along, in place of ours of the same name; names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Asks for packed content and unpacks it; else packed content is `broken`. */
  readonly unpack?: boolean | undefined;
  /** Default 3. */
  readonly maxRedirects?: number | undefined;
  /** Asked before a redirect is followed, beside the checks that hold for every address. */
  readonly mayFollow?: ((url: URL) => boolean | Promise<boolean>) | undefined;
  /** Default: the system's resolver. */
  readonly resolve?: Resolve | undefined;
}

/**
 * Why an address gives nothing, for good. `gone` is every other status that no waiting helps against; links that have run out are answered
 * with any of 401, 403, 404, 410.
 */
export type OutsideRefusal = 'forbidden-address' | 'forbidden-redirect' | 'too-many-redirects' | 'gone' | 'too-large' | 'broken';

export interface OutsideContent {
  readonly bytes: Buffer;
  /** As the server says it; not to be relied on. */
  readonly contentType: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** The content; that it is as it was (304); a refusal for good; or that it may work later, and at the earliest when. */
export type Outside = { readonly url: string; readonly status?: number | undefined } & (
  | { readonly content: OutsideContent }
  | { readonly unchanged: true }
  | { readonly refused: OutsideRefusal }
  /** `timeout`, `status-503`, or the code of the network's error in lower case. */
  | { readonly retry: string; readonly afterMs?: number | undefined }
);

type End = { readonly refused: OutsideRefusal } | { readonly retry: string };

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const LATER = new Set([408, 425, 429]);
const MAX_HEADER_BYTES = 16_384;
const MAX_WAIT_SECONDS = 600;

/** Thrown inside of this file; its answer is what the caller gets. */
class Ends extends Error {
  constructor(readonly answer: End) {
    super('nothing is to be had there');
  }
}

/**
 * Fetches from an address that somebody else chose. Only addresses of the open internet are connected to, and exactly those that were
 * checked: each redirect is checked anew, no connection is used again, nothing of ours is sent along that the caller did not name. Never
 * throws; `url` of the answer is the last address asked.
 */
export async function fetchOutside(address: string, options: OutsideOptions, signal: AbortSignal): Promise<Outside> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]);
  let url = address;
  try {
    for (let redirects = 0; redirects <= (options.maxRedirects ?? MAX_REDIRECTS); redirects += 1) {
      const target = checked(url, options);
      if (redirects > 0 && !((await options.mayFollow?.(target)) ?? true)) return { refused: 'forbidden-redirect', url };
      const response = await open(target, options, limit);
      const next = REDIRECTS.has(response.statusCode ?? 0) ? response.headers.location : undefined;
      if (next === undefined) return { ...(await read(response, options)), url, status: response.statusCode };
      response.destroy();
      url = URL.parse(next, url)?.href ?? '';
    }
    return { refused: 'too-many-redirects', url };
  } catch (error) {
    if (limit.aborted) return { retry: 'timeout', url };
    if (error instanceof Ends) return { ...error.answer, url };
    return { retry: codeOf(error), url };
  }
}

/** What of an address can be checked before its name is resolved. */
function checked(address: string, { allowLoopback, allowPlainHttp }: OutsideOptions): URL {
  const url = URL.parse(address);
  const forbidden = new Ends({ refused: 'forbidden-address' });
  if (!url || url.username !== '' || url.password !== '') throw forbidden;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // With an address in place of a name nothing is resolved, so nothing would be checked later.
  const isLocal = allowLoopback && (isLoopback(host) || host === 'localhost');
  if (isIP(host) !== 0 && !isLocal && !isPublicAddress(host)) throw forbidden;
  if (!isLocal && ((url.protocol !== 'https:' && !allowPlainHttp) || (url.port !== '' && !allowLoopback))) throw forbidden;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw forbidden;
  return url;
}

/** Resolves a name and gives on only addresses that may be asked; one that may not among them spoils them all. */
function guardedLookup({ allowLoopback, resolve = systemResolve }: OutsideOptions): LookupFunction {
  return (hostname, how, callback) => {
    resolve(hostname).then(
      (found) => {
        const isFine = found.length > 0 && found.every(({ address }) => isPublicAddress(address) || (allowLoopback && isLoopback(address)));
        if (!isFine) return callback(new Ends({ refused: 'forbidden-address' }), []);
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

function open(url: URL, options: OutsideOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const how: RequestOptions = {
    // A connection of its own: one that is kept alive was perhaps opened for another name.
    agent: false,
    lookup: guardedLookup(options),
    signal,
    maxHeaderSize: MAX_HEADER_BYTES,
    headers: {
      accept: '*/*',
      'accept-encoding': options.unpack ? PACKINGS.join(', ') : 'identity',
      'user-agent': 'Baton',
      ...options.headers,
    },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, how, resolve);
    request.on('error', reject);
    request.end();
  });
}

type Read = { readonly content: OutsideContent } | { readonly unchanged: true } | End;

async function read(response: IncomingMessage, { maxBytes, unpack }: OutsideOptions): Promise<Read> {
  const { statusCode = 0, headers } = response;
  try {
    if (statusCode >= 500 || LATER.has(statusCode)) {
      const afterMs = waitOf(headers['retry-after']);
      return { retry: `status-${statusCode}`, ...(afterMs !== undefined && { afterMs }) };
    }
    if (statusCode === 304) return { unchanged: true };
    if (statusCode !== 200) return { refused: 'gone' };
    const packed = encodingsOf(headers['content-encoding']);
    if (packed.length > (unpack ? 1 : 0)) return { refused: 'broken' };
    if (packed.length === 0 && Number(headers['content-length'] ?? 0) > maxBytes) return { refused: 'too-large' };
    const bytes = await readBounded(response, maxBytes, packed[0]);
    return typeof bytes === 'string' ? { refused: bytes } : { content: { bytes, contentType: headers['content-type'], headers } };
  } finally {
    response.destroy();
  }
}

function waitOf(retryAfter: string | undefined): number | undefined {
  const seconds = Number(retryAfter);
  return seconds > 0 ? Math.min(seconds, MAX_WAIT_SECONDS) * 1_000 : undefined;
}

function codeOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code.toLowerCase().slice(0, 64) : 'network';
}
