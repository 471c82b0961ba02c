import { unpackBounded } from '@baton/outside';
import { cleanText } from '../extract/decode-text.js';
import type { Crawler } from './crawler.js';
import type { ProblemAt } from './page-problem.js';
import { canonicalUrl, isWithin } from './site.js';
import type { Site } from './site.js';
import { MAX_SITEMAP_BYTES, parseSitemap } from './sitemap.js';
import type { Sitemap } from './sitemap.js';

export interface Listed {
  /** Inside of the site, each once, in the order of the sitemap. */
  readonly pages: readonly string[];
  readonly problems: readonly ProblemAt[];
}

export interface ListOptions {
  readonly site: Site;
  /** Where much XML is read without keeping others waiting. Default: here. */
  readonly parse?: (text: string) => Promise<Sitemap | undefined>;
}

/** Told at most. */
const MAX_PROBLEMS = 50;

/**
 * The pages of a sitemap, or of an index of sitemaps, packed or not. For the front page of a site its sitemaps are looked for where
 * `robots.txt` says, else at `/sitemap.xml`.
 */
export async function listSitemap(
  crawler: Crawler,
  address: string,
  { site, parse = (text) => Promise.resolve(parseSitemap(text)) }: ListOptions,
): Promise<Listed> {
  const waiting = await beginningsOf(crawler, address);
  const seen = new Set(waiting);
  const pages = new Set<string>();
  const problems: ProblemAt[] = [];
  const tell = (where: string, code: ProblemAt['code']): void => void (problems.length < MAX_PROBLEMS && problems.push({ where, code }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const fetched = await sitemapAt(crawler, next, parse);
    if ('code' in fetched) {
      tell(next, fetched.code);
      continue;
    }
    for (const one of fetched.sitemaps) {
      const url = canonicalUrl(one, next);
      if (url === undefined || seen.has(url)) continue;
      if (seen.size >= crawler.limits.sitemaps) {
        tell(url, 'source.too-many-pages');
        break;
      }
      seen.add(url);
      waiting.push(url);
    }
    for (const one of fetched.pages) {
      const url = canonicalUrl(one, next);
      if (url === undefined || !isWithin(site, url))
        tell(cleanText(one.slice(0, 500)), url === undefined ? 'page.forbidden-address' : 'page.outside');
      else if (pages.size >= crawler.limits.pages && !pages.has(url)) {
        tell(url, 'source.too-many-pages');
        return { pages: [...pages], problems };
      } else pages.add(url);
    }
  }
  return { pages: [...pages], problems };
}

async function beginningsOf(crawler: Crawler, address: string): Promise<string[]> {
  const url = canonicalUrl(address);
  if (url === undefined) return [address];
  if (new URL(url).pathname !== '/') return [url];
  const { sitemaps } = await crawler.rulesOf(url);
  const named = sitemaps.flatMap((one) => canonicalUrl(one, url) ?? []);
  return named.length > 0 ? [...new Set(named)].slice(0, crawler.limits.sitemaps) : [new URL('/sitemap.xml', url).href];
}

async function sitemapAt(
  crawler: Crawler,
  url: string,
  parse: NonNullable<ListOptions['parse']>,
): Promise<Sitemap | { readonly code: ProblemAt['code'] }> {
  const fetched = await crawler.fetchSitemap(url, MAX_SITEMAP_BYTES);
  if ('problem' in fetched) return { code: fetched.problem };
  const { bytes } = fetched.content;
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isPacked ? await unpackBounded(bytes, MAX_SITEMAP_BYTES, 'gzip') : bytes;
  if (typeof plain === 'string') return { code: plain === 'too-large' ? 'page.too-large' : 'sitemap.broken' };
  return (await parse(plain.toString('utf8').replace(/^\ufeff/, ''))) ?? { code: 'sitemap.broken' };
}
