/** What stands in the way of a page's calls. */
export interface PageState {
  /** ms; its token or permission does not work since then. */
  readonly stoppedAt?: number | undefined;
  readonly reason?: string | undefined;
  /** Of the token that did not work. */
  readonly tokenMark?: string | undefined;
  /** ms; when it was last tried all the same. */
  readonly probedAt?: number | undefined;
  /** ms; Meta wants no call before then. */
  readonly slowUntil?: number | undefined;
}

/** How long what waits for a stopped page leaves it alone before it looks again (ms). */
const LOOK_AGAIN_MS = 5_000;

export type MayCall = { readonly waitMs: number; readonly reason: string } | { readonly probe: boolean };

/** A stopped page is called again when its token is another one, and once in a while to see whether its permission came back. */
export function mayCall(
  page: PageState | undefined,
  { tokenMark, probeEveryMs, now }: { readonly tokenMark: string; readonly probeEveryMs: number; readonly now: number },
): MayCall {
  if (!page) return { probe: false };
  const { stoppedAt, probedAt, slowUntil = 0, reason = 'messenger.page-stopped' } = page;
  if (slowUntil > now) return { waitMs: slowUntil - now, reason: 'messenger.rate' };
  if (stoppedAt === undefined || page.tokenMark !== tokenMark) return { probe: false };
  const sinceProbe = now - (probedAt ?? stoppedAt);
  return sinceProbe < probeEveryMs ? { waitMs: Math.min(LOOK_AGAIN_MS, probeEveryMs - sinceProbe), reason } : { probe: true };
}
