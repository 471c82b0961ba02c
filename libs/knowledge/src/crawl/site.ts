/** Which addresses belong to a source: hosts with their port, and beginnings of paths. */
export interface Site {
  /** Lower case, with a port where it is not the usual one; `www.` before them makes no difference. */
  readonly hosts: readonly string[];
  /** Without any, all paths. */
  readonly pathPrefixes?: readonly string[];
}

/** Parameters by which shops and newsletters follow people; the page is the same without them. */
const TRACKING = /^(?:utm_\w+|gclid|fbclid|msclkid|dclid|yclid|mc_[ce]id|_hs(?:enc|mi)|igshid|ref_src)$/i;
const MAX_URL = 2_048;

/** The one writing of an address under which a page is known; undefined where nothing can be fetched. */
export function canonicalUrl(address: string, base?: string): string | undefined {
  const url = URL.parse(address.trim(), base);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') return undefined;
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return url.href.length > MAX_URL ? undefined : url.href;
}

/** Whether an address lies inside of a site. */
export function isWithin(site: Site, address: string): boolean {
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false;
  const isHost = site.hosts.some((host) => withoutWww(host) === withoutWww(url.host));
  const prefixes = site.pathPrefixes ?? [];
  return isHost && (prefixes.length === 0 || prefixes.some((prefix) => url.pathname.startsWith(prefix)));
}

/** The site of these addresses, when nobody says more. */
export function siteOf(addresses: readonly string[]): Site {
  return { hosts: [...new Set(addresses.flatMap((address) => URL.parse(address)?.host ?? []))] };
}

const withoutWww = (host: string): string => host.toLowerCase().replace(/^www\./, '');
