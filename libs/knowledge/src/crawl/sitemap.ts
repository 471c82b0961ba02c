import { XMLParser } from 'fast-xml-parser';

/** What a sitemap names: pages, or more sitemaps. https://www.sitemaps.org/protocol.html */
export interface Sitemap {
  readonly pages: readonly string[];
  readonly sitemaps: readonly string[];
}

/** Bytes of one sitemap, unpacked. The protocol allows 50 MB; 10 hold about 80,000 pages, far more than a source may have. */
export const MAX_SITEMAP_BYTES = 10 * 1_048_576;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a sitemap of XML, an index of such, or a list of one address a line; undefined where it is none of these. */
export function parseSitemap(text: string): Sitemap | undefined {
  if (/^\s*</.test(text)) return parseXml(text);
  const pages = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^https?:\/\/\S+$/i.test(line));
  return pages.length > 0 ? { pages, sitemaps: [] } : undefined;
}

function parseXml(text: string): Sitemap | undefined {
  // Entities that a document defines for itself are not followed.
  const parser = new XMLParser({ removeNSPrefix: true, processEntities: false, parseTagValue: false, ignoreDeclaration: true });
  try {
    const { urlset, sitemapindex } = parser.parse(text) as { urlset?: unknown; sitemapindex?: unknown };
    if (urlset === undefined && sitemapindex === undefined) return undefined;
    return { pages: locationsOf(urlset, 'url'), sitemaps: locationsOf(sitemapindex, 'sitemap') };
  } catch {
    return undefined;
  }
}

function locationsOf(list: unknown, name: string): string[] {
  const entries = [(Object(list) as Record<string, unknown>)[name]].flat();
  return entries.flatMap((entry) => {
    const { loc } = Object(entry) as { loc?: unknown };
    return typeof loc === 'string' && loc.trim() !== ''
      ? [loc.trim().replace(/&(\w+);/g, (all, entity: string) => ENTITIES[entity] ?? all)]
      : [];
  });
}
