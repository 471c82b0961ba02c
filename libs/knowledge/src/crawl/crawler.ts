import { setTimeout as pause } from 'node:timers/promises';
import { fetchOutside } from '@baton/outside';
import type { Outside, OutsideContent, OutsideOptions, Resolve } from '@baton/outside';
import { forbidsIndex } from '../extract/html.js';
import { cleanText } from '../extract/decode-text.js';
import { EXTRACT_LIMITS } from '../extract/extracted.js';
import { problemOf } from './page-problem.js';
import type { PageProblem, ProblemAt } from './page-problem.js';
import { MAX_ROBOTS_BYTES, rulesFrom, USER_AGENT } from './robots.js';
import type { RobotsRules } from './robots.js';
import { canonicalUrl, isWithin } from './site.js';
import type { Site } from './site.js';

/** Bounds of one run over a source. */
export interface CrawlLimits {
  readonly pages: number;
  /** Of one page. */
  readonly pageBytes: number;
  /** Of everything that was fetched. */
  readonly totalBytes: number;
  /** Of one page, with its redirects. */
  readonly pageMs: number;
  readonly totalMs: number;
  /** Pages at once, of all hosts. */
  readonly concurrency: number;
  /** Sitemaps of an index. */
  readonly sitemaps: number;
}

export const CRAWL_LIMITS: CrawlLimits = {
  pages: 1_000,
  pageBytes: EXTRACT_LIMITS.bytes,
  totalBytes: 500 * 1_048_576,
  pageMs: 20_000,
  totalMs: 3_600_000,
  concurrency: 2,
  sitemaps: 50,
};

export interface CrawlerOptions {
  readonly site: Site;
  readonly limits?: Partial<CrawlLimits>;
  /** Only for a sandbox. */
  readonly allowLoopback: boolean;
  readonly signal: AbortSignal;
  readonly resolve?: Resolve;
  /** Between two tries of a page that did not answer (ms). Default 1 s, then 4 s. */
  readonly retryMs?: readonly number[];
}

/** A page as it is asked for; with what its server said of it last time, it answers only when it changed. */
export interface PageToVisit {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

export type Visit = { readonly url: string } & (
  | {
      readonly content: OutsideContent;
      /** Where it was in the end, in its one writing. */
      readonly finalUrl: string;
      readonly etag?: string;
      readonly lastModified?: string;
    }
  | { readonly unchanged: true }
  | { readonly problem: PageProblem }
);

const RETRY_MS = [1_000, 4_000];
/** What a busy server asks us to wait is waited, up to this. */
const MAX_WAIT_MS = 30_000;
const MAX_REDIRECTS = 5;

/** Reads pages of one site, as its owner allows; one for each run. */
export class Crawler {
  readonly limits: CrawlLimits;
  private readonly rules = new Map<string, Promise<RobotsRules>>();
  /** When a host may be asked next. */
  private readonly nextAt = new Map<string, number>();
  private readonly deadline: number;
  private bytes = 0;

  constructor(private readonly options: CrawlerOptions) {
    this.limits = { ...CRAWL_LIMITS, ...options.limits };
    this.deadline = performance.now() + this.limits.totalMs;
  }

  /**
   * Visits pages, several at once, and tells of each as it comes. Pages beyond the bounds are told with what stopped them.
   * @throws AbortError when the signal is aborted; what was told until then was told
   */
  async visitAll(pages: readonly PageToVisit[], onVisit: (visit: Visit) => Promise<void>): Promise<void> {
    let next = 0;
    let hasFailed = false;
    const lane = async (): Promise<void> => {
      while (next < pages.length && !hasFailed) {
        const at = next++;
        const page = pages[at]!;
        this.options.signal.throwIfAborted();
        const visit = at >= this.limits.pages ? { url: page.url, problem: 'source.too-many-pages' as const } : await this.visit(page);
        await onVisit(visit);
      }
    };
    const lanes = Array.from({ length: Math.min(this.limits.concurrency, pages.length) }, () =>
      lane().catch((error: unknown) => {
        hasFailed = true;
        throw error;
      }),
    );
    // All have ended before this does: nobody is told of a page after that.
    const failed = (await Promise.allSettled(lanes)).find((ended) => ended.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** One page. Never throws but for an abort. */
  async visit(page: PageToVisit): Promise<Visit> {
    const { url } = page;
    const refused = await this.refusalOf(url);
    if (refused) return { url, problem: refused };
    const answer = await this.patiently(url, {
      maxBytes: this.limits.pageBytes,
      headers: {
        accept: 'text/html,application/xhtml+xml,text/plain,text/markdown,application/pdf;q=0.9,*/*;q=0.5',
        ...(page.etag !== undefined && { 'if-none-match': page.etag }),
        ...(page.lastModified !== undefined && { 'if-modified-since': page.lastModified }),
      },
      mayFollow: async (target) => (await this.refusalOf(target.href)) === undefined,
    });
    if ('unchanged' in answer) return { url, unchanged: true };
    if (!('content' in answer)) {
      const landed = 'refused' in answer && answer.refused === 'forbidden-redirect' ? await this.refusalOf(answer.url) : undefined;
      return { url, problem: landed === 'page.robots' ? landed : problemOf(answer) };
    }
    const { headers } = answer.content;
    if ([headers['x-robots-tag']].flat().some((tag) => tag !== undefined && forbidsIndex(tag))) return { url, problem: 'page.noindex' };
    return {
      url,
      content: answer.content,
      finalUrl: canonicalUrl(answer.url) ?? url,
      ...(headers.etag !== undefined && { etag: headers.etag }),
      ...(headers['last-modified'] !== undefined && { lastModified: headers['last-modified'] }),
    };
  }

  /** A sitemap, which may lie beside the paths of the source's pages. */
  async fetchSitemap(url: string, maxBytes: number): Promise<{ readonly content: OutsideContent } | { readonly problem: PageProblem }> {
    const site = { hosts: this.options.site.hosts };
    if (!isWithin(site, url)) return { problem: 'page.outside' };
    const answer = await this.patiently(url, { maxBytes, mayFollow: ({ href }) => isWithin(site, href) });
    return 'content' in answer ? { content: answer.content } : { problem: problemOf(answer) };
  }

  /** The rules of the host of an address; asked for once in a run. */
  async rulesOf(address: string): Promise<RobotsRules> {
    const { origin } = new URL(address);
    let rules = this.rules.get(origin);
    if (!rules) {
      const url = `${origin}/robots.txt`;
      rules = this.patiently(url, {
        maxBytes: MAX_ROBOTS_BYTES,
        mayFollow: ({ href }) => isWithin({ hosts: this.options.site.hosts }, href),
      }).then((answer) => rulesFrom(url, answer));
      this.rules.set(origin, rules);
    }
    return rules;
  }

  private async refusalOf(url: string): Promise<PageProblem | undefined> {
    if (!isWithin(this.options.site, url)) return 'page.outside';
    if (this.bytes > this.limits.totalBytes) return 'source.too-many-bytes';
    if (performance.now() > this.deadline) return 'source.out-of-time';
    return (await this.rulesOf(url)).refuses(url);
  }

  /** Asks again when it may work later, a few times. */
  private async patiently(url: string, more: Pick<OutsideOptions, 'maxBytes' | 'headers' | 'mayFollow'>): Promise<Outside> {
    const { signal, allowLoopback, resolve, retryMs = RETRY_MS } = this.options;
    for (let tries = 0; ; tries += 1) {
      await this.turnOf(url);
      const answer = await fetchOutside(
        url,
        {
          ...more,
          headers: { ...more.headers, 'user-agent': USER_AGENT },
          timeoutMs: this.limits.pageMs,
          allowLoopback,
          allowPlainHttp: true,
          unpack: true,
          maxRedirects: MAX_REDIRECTS,
          resolve,
        },
        signal,
      );
      signal.throwIfAborted();
      if ('content' in answer) this.bytes += answer.content.bytes.length;
      const waitMs = retryMs[tries];
      if (!('retry' in answer) || waitMs === undefined || performance.now() > this.deadline) return answer;
      await pause(Math.min(MAX_WAIT_MS, Math.max(waitMs, answer.afterMs ?? 0)), undefined, { signal });
    }
  }

  /** Waits as long as the host wants between two pages. */
  private async turnOf(url: string): Promise<void> {
    const { origin } = new URL(url);
    const known = this.rules.get(origin);
    // Rules that are being asked for say nothing of how to ask for them.
    const delayMs = known && !url.endsWith('/robots.txt') ? (await known).delayMs : 0;
    if (delayMs === 0) return;
    const now = performance.now();
    const at = Math.max(now, this.nextAt.get(origin) ?? 0);
    this.nextAt.set(origin, at + delayMs);
    if (at > now) await pause(Math.min(at, this.deadline) - now, undefined, { signal: this.options.signal });
  }
}

/** Pages under their one writing, each once; what cannot be fetched is left to the caller to tell. */
export function distinctPages(addresses: readonly string[]): { readonly pages: string[]; readonly problems: ProblemAt[] } {
  const pages = new Set<string>();
  const problems: ProblemAt[] = [];
  for (const address of addresses) {
    const url = canonicalUrl(address);
    if (url === undefined) problems.push({ where: cleanText(address.slice(0, 500)), code: 'page.forbidden-address' });
    else pages.add(url);
  }
  return { pages: [...pages], problems };
}
