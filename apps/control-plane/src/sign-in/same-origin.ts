/**
 * Whether a browser's request comes from a page of ours. Browsers that say from which site a request comes are believed; of others the
 * origin must be the console's address, or the host that was asked. What says neither is no browser.
 */
export function isFromOurPages(
  headers: { readonly 'sec-fetch-site'?: unknown; readonly origin?: unknown; readonly host?: unknown },
  consoleUrl: string,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (typeof origin !== 'string' || !URL.canParse(origin)) return false;
  return origin === new URL(consoleUrl).origin || (typeof host === 'string' && new URL(origin).host === host);
}
