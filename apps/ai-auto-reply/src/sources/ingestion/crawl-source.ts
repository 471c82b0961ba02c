import { Crawler, distinctPages, listSitemap, siteOf, SourceError } from '@baton/knowledge';
import type { CrawlLimits, PageProblem, ProblemAt, Site, SourceReader, Visit } from '@baton/knowledge';
import type { Resolve } from '@baton/outside';
import { SOURCE_LIMITS } from '../source.js';
import type { Source } from '../source.js';
import type { PagesStore } from './pages.store.js';

export interface CrawlParts {
  readonly pages: PagesStore;
  readonly reader: Pick<SourceReader, 'read' | 'readSitemap'>;
  readonly allowLoopback: boolean;
  readonly resolve?: Resolve;
  readonly limits?: Partial<CrawlLimits>;
  /** See `CrawlerOptions.retryMs`. */
  readonly retryMs?: readonly number[];
}

/** After these a page may well be there again: what it gave before still counts. */
const PASSES = /^(?:page\.(?:timeout|network|robots-unreachable|status-\d+|e[a-z_]+)|source\.(?:too-many-bytes|out-of-time|too-slow))$/;

/**
 * Reads the pages of a source into its store; what an earlier try of the same run has read is not read again.
 * @returns what went wrong beside the pages themselves
 */
export async function crawlSource(
  parts: CrawlParts,
  source: Source,
  run: number,
  onPage: () => Promise<void>,
  signal: AbortSignal,
): Promise<ProblemAt[]> {
  const { pages, reader } = parts;
  const web = source.web!;
  const site: Site = {
    hosts: [...siteOf(web.urls).hosts, ...(web.hosts ?? [])],
    ...(source.kind === 'sitemap' && web.pathPrefixes && { pathPrefixes: web.pathPrefixes }),
  };
  const crawler = new Crawler({
    site,
    limits: { ...parts.limits, pages: Math.min(web.maxPages ?? SOURCE_LIMITS.pages, parts.limits?.pages ?? SOURCE_LIMITS.pages) },
    allowLoopback: parts.allowLoopback,
    signal,
    ...(parts.resolve && { resolve: parts.resolve }),
    ...(parts.retryMs && { retryMs: parts.retryMs }),
  });
  const listed =
    source.kind === 'sitemap'
      ? await listSitemap(crawler, web.urls[0]!, { site, parse: (text) => sitemapOf(reader, text, signal) })
      : distinctPages(web.urls);
  // A site that does not answer has not lost its pages.
  const isLost = listed.pages.length === 0 && listed.problems.some(({ code }) => PASSES.test(code));
  if (!isLost) await pages.expect(source.id, run, listed.pages);
  await onPage();
  if (isLost) return [...listed.problems];
  await crawler.visitAll(await pages.toVisit(source.id), async (visit) => {
    await keep(parts, source.id, visit, signal);
    await onPage();
  });
  return [...listed.problems];
}

async function sitemapOf(reader: CrawlParts['reader'], text: string, signal: AbortSignal): ReturnType<SourceReader['readSitemap']> {
  try {
    return await reader.readSitemap(text, signal);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

async function keep({ pages, reader }: CrawlParts, sourceId: string, visit: Visit, signal: AbortSignal): Promise<void> {
  const { url } = visit;
  if ('unchanged' in visit) return pages.keepUnchanged(sourceId, url);
  const fails = (code: PageProblem): Promise<void> => pages.keepProblem(sourceId, url, { where: url, code }, PASSES.test(code));
  if ('problem' in visit) return fails(visit.problem);
  const { content, finalUrl, etag, lastModified } = visit;
  try {
    const reading = await reader.read(
      {
        kind: 'file',
        bytes: content.bytes,
        hints: { url: finalUrl, name: nameOf(finalUrl), ...(content.contentType !== undefined && { contentType: content.contentType }) },
      },
      signal,
    );
    if (reading.page?.noindex) return await fails('page.noindex');
    await pages.keep(sourceId, {
      url,
      finalUrl: canonicalOf(reading.page?.canonical, finalUrl),
      chunks: reading.chunks,
      problems: reading.problems.map(({ code, where }) => ({ code, where: `${url} (${where})` })),
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
    });
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    await fails(error.code);
  }
}

/** A page may name the address under which it wants to be known, but not one of somebody else. */
function canonicalOf(named: string | undefined, finalUrl: string): string {
  return named !== undefined && URL.parse(named)?.host === new URL(finalUrl).host ? named : finalUrl;
}

/** A page without an ending is a page, not a file of that name. */
const nameOf = (url: string): string => /\.[a-z0-9]{2,5}$/i.exec(new URL(url).pathname)?.[0] ?? '';
